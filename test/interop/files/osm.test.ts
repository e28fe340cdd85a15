import { expect } from 'chai';
import type { LineString } from 'geojson';
import { readAll, refusal, temporaryFiles } from './temporary-file.ts';

const node = (id: number, lon: number, lat: number): string => `<node id="${id}" lon="${lon}" lat="${lat}"/>`;
const nodes = [node(1, 116.3894982, 39.9061898), node(2, 116.389494, 39.9059978), node(3, 116.3897571, 39.9015146)];
const way = (id: number, refs: number[], tags: Record<string, string>): string =>
  `<way id="${id}">${refs.map((ref) => `<nd ref="${ref}"/>`).join('')}${Object.entries(tags)
    .map(([k, v]) => `<tag k="${k}" v="${v}"/>`)
    .join('')}</way>`;
const osm = (elements: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><osm version="0.6" generator="by hand">${elements.join('')}</osm>`;

describe('OpenStreetMap XML', function () {
  this.timeout(60_000);
  const write = temporaryFiles();
  const ways = [
    way(11, [1, 2], { highway: 'residential', name: '兵部洼胡同', 'name:en': 'A & B'.replace('&', '&amp;') }),
    way(12, [2, 3], { highway: 'path', layer: '1' }),
  ];

  it('reads ways with every tag and the id overpass turbo gives; shared nodes are equal coordinates', async () => {
    const { file, rows } = await readAll(write('a.osm', osm([...nodes, ...ways])));
    expect(file).to.deep.include({ format: 'osm-xml', crs: { found: null, used: 'wgs84' } });
    expect(rows.map(({ properties }) => properties)).to.deep.equal([
      { '@id': 'way/11', highway: 'residential', name: '兵部洼胡同', 'name:en': 'A & B' },
      { '@id': 'way/12', highway: 'path', layer: '1' },
    ]);
    const [one, other] = rows.map(({ geometry }) => (geometry as LineString).coordinates);
    expect(one).to.deep.equal([
      [116.3894982, 39.9061898],
      [116.389494, 39.9059978],
    ]);
    expect(other![0]).to.deep.equal(one![1]);
  });

  it('reads files whose nodes are not in order, or stand after the ways', async () => {
    expect((await readAll(write('b.osm', osm([...nodes.toReversed(), ...ways])))).rows).to.have.length(2);
    expect((await readAll(write('c.osm', osm([...ways, ...nodes])))).rows).to.have.length(2);
  });

  it('reads areas and points when that layer is named', async () => {
    const area = way(13, [1, 2, 3, 1], { amenity: 'school', name: '学校' });
    const path = write(
      'd.osm',
      osm([...nodes, node(4, 116.4, 39.9).replace('/>', '><tag k="highway" v="crossing"/></node>'), area, ...ways]),
    );
    const areas = await readAll(path, { layer: 'multipolygons' });
    expect(areas.rows.map(({ properties, geometry }) => [properties['@id'], geometry!.type])).to.deep.equal([
      ['way/13', 'MultiPolygon'],
    ]);
    expect((await readAll(path, { layer: 'points' })).rows[0]!.properties).to.deep.equal({
      '@id': 'node/4',
      highway: 'crossing',
    });
    expect((await refusal(path, { layer: 'roads' })).text).to.match(/no layer "roads".*points, lines/);
  });

  it('refuses a file cut short and one without ways', async () => {
    const text = osm([...nodes, ...ways]);
    expect((await refusal(write('cut.osm', text.slice(0, -30)))).text).to.match(/damaged or cut short/);
    expect((await refusal(write('nodes.osm', osm(nodes)))).text).to.match(/nothing in its layer "lines"/);
  });
});
