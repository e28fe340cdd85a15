import { expect } from 'chai';
import { gatherFixes, type Gathering } from '../../../api/patrols/read-track/gather-fixes.ts';
import { readGeoJson } from '../../../api/patrols/read-track/geojson.ts';

const now = Date.UTC(2026, 5, 1);
const at = (second: number): string => new Date(Date.UTC(2026, 4, 1) + 1000 * second).toISOString();

async function read(document: unknown): Promise<Gathering> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const gathering = gatherFixes('position', now);
  async function* pieces(): AsyncIterable<string> {
    for (let i = 0; i < text.length; i += 7) yield text.slice(i, i + 7);
  }
  await readGeoJson(pieces(), gathering);
  return gathering;
}
const seen = ({ track }: Gathering): number[][] =>
  Array.from(track.times, (time, i) => [
    (time - Date.UTC(2026, 4, 1)) / 1000,
    track.positions[2 * i]!,
    track.positions[2 * i + 1]!,
  ]);
const line = (properties: object): object => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates: [[1, 2, 50], [3, 4]] }, // prettier-ignore
  properties,
});
const both = [
  [0, 1, 2],
  [5, 3, 4],
];

describe('GeoJSON tracks', () => {
  it('as lines, with the times where converters put them', async () => {
    const times = [at(0), at(5)];
    for (const properties of [
      { coordTimes: times },
      { times },
      { coordinateProperties: { times } },
      { name: { times: [1] }, times },
    ]) {
      expect(seen(await read(line(properties))), JSON.stringify(properties)).to.deep.equal(both);
    }
  });

  it('as points, in any order of members', async () => {
    const point = (second: number, position: number[]): object => ({
      properties: { accuracy: 3, time: at(second), speed: 1.5 },
      geometry: { coordinates: position, type: 'Point' },
      type: 'Feature',
    });
    const gathering = await read({ features: [point(0, [1, 2]), point(5, [3, 4])], type: 'FeatureCollection' });
    expect(seen(gathering)).to.deep.equal(both);
    expect([...gathering.track.accuracies_m]).to.deep.equal([3, 3]);
    expect([...gathering.track.speeds_m_s]).to.deep.equal([1.5, 1.5]);
  });

  it('as lines in parts, with times in the same parts or in one list', async () => {
    const parts = (times: unknown): object => ({
      type: 'Feature',
      geometry: { type: 'MultiLineString', coordinates: [[[1, 2]], [[3, 4]]] },
      properties: { coordTimes: times },
    });
    expect(seen(await read(parts([[at(0)], [at(5)]])))).to.deep.equal(both);
    expect(seen(await read(parts([at(0), at(5)])))).to.deep.equal(both);
    expect((await read(parts([[at(0), at(5)], []]))).dropped).to.deep.equal([]); // one list of both
    expect((await read(parts([[at(0), at(5)], [at(6)]]))).dropped).to.deep.equal([
      { because: 'no_time', fixes: 2, first: 'position 1' },
    ]);
  });

  it('count what has no time, and shapes that are no track, and go on', async () => {
    const polygon = { type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [0, 0]]] }, properties: { times: [] } }; // prettier-ignore
    const gathering = await read({
      type: 'FeatureCollection',
      features: [
        polygon,
        line({}),
        { type: 'Feature', geometry: null, properties: null },
        line({ times: [at(0), at(5)] }),
      ],
    });
    expect(seen(gathering)).to.deep.equal(both);
    expect(gathering.dropped).to.deep.equal([
      { because: 'unreadable', fixes: 3, first: 'position 1' },
      { because: 'no_time', fixes: 2, first: 'position 4' },
    ]);
  });
});
