import { expect } from 'chai';
import type { Point } from 'geojson';
import { readAll, refusal, temporaryFiles } from './temporary-file.ts';

const street = (id: number, more: object = {}): object => ({
  type: 'Feature',
  properties: { name: `街${id}` },
  geometry: {
    type: 'LineString',
    coordinates: [
      [116.39, 39.9],
      [116.4, 39.9],
    ],
  },
  ...more,
});
const collection = (features: unknown[], more: object = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

describe('GeoJSON files', () => {
  const write = temporaryFiles();

  it('reads a FeatureCollection, a Feature and a bare geometry', async () => {
    const { file, rows } = await readAll(write('a.geojson', collection([street(1), street(2)])));
    expect(file).to.deep.include({ format: 'geojson', encoding: 'utf-8', count: 2, columns: ['name'] });
    expect(rows.map(({ row }) => row)).to.deep.equal([1, 2]);
    expect(rows[1]!.properties).to.deep.equal({ name: '街2' });
    expect((await readAll(write('b.json', JSON.stringify(street(1), null, 2)))).rows).to.have.length(1);
    const bare = await readAll(write('c.json', '{"type":"Point","coordinates":[116.4,39.9]}'));
    expect(bare.rows).to.deep.equal([
      { row: 1, geometry: { type: 'Point', coordinates: [116.4, 39.9] }, properties: {} },
    ]);
  });

  it('says that WGS84 is assumed, and follows a crs member of old', async () => {
    const plain = await readAll(write('a.geojson', collection([street(1)])));
    expect(plain.file.crs).to.deep.equal({ found: null, used: 'wgs84' });
    expect(plain.file.notes.join(' ')).to.match(/read as WGS84, because GeoJSON \(RFC 7946\)/);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4548' } };
    const old = await readAll(
      write(
        'b.geojson',
        collection([street(1, { geometry: { type: 'Point', coordinates: [448129.9167989, 4418472.8823805] } })], {
          crs,
        }),
      ),
    );
    expect(old.file.crs).to.deep.equal({ found: 'EPSG:4548', used: 'EPSG:4548' });
    const point = old.rows[0]!.geometry as Point;
    expect(point.coordinates[0]).to.be.closeTo(116.3934744, 1e-9);
  });

  it('moves gcj02 to WGS84 when it is given, and suggests it when the name says so', async () => {
    const text = collection([
      street(1, { geometry: { type: 'Point', coordinates: [116.41024449916938, 39.91640428150164] } }),
    ]);
    const { rows } = await readAll(write('a.geojson', text), { crs: 'gcj02' });
    const [lon, lat] = (rows[0]!.geometry as Point).coordinates;
    expect(lon).to.be.closeTo(116.404, 1e-9);
    expect(lat).to.be.closeTo(39.915, 1e-9);
    expect((await readAll(write('district.gcj02.geojson', text))).file.notes.join(' ')).to.match(
      /name speaks of gcj02/,
    );
  });

  it('asks for a crs when the coordinates are metres', async () => {
    const path = write(
      'm.geojson',
      collection([street(1, { geometry: { type: 'Point', coordinates: [448129.9, 4418472.8] } })]),
    );
    expect(await refusal(path)).to.deep.include({ kind: 'invalid' });
    expect((await refusal(path)).text).to.match(/does not say.*metres or feet \(448130, 4418473\).*--crs EPSG:4549/);
    expect((await refusal(path, { crs: 'EPSG:2434' })).text).to.match(
      /"EPSG:2434" is no coordinate system we know.*Accepted are wgs84/,
    );
  });

  it('rejects broken features with what is wrong, and goes on', async () => {
    const broken: [object | null, RegExp][] = [
      [null, /Feature was expected, null came/],
      [{ type: 'Feature', properties: {} }, /member with the name "geometry"/],
      [street(1, { geometry: { type: 'LineString', coordinates: [[116, 39]] } }), /at least two/],
      [
        street(1, {
          geometry: {
            type: 'LineString',
            coordinates: [
              [116, null],
              [117, 39],
            ],
          },
        }),
        /null/,
      ],
      [
        street(1, {
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 0],
                [1, 1],
                [0, 1],
              ],
            ],
          },
        }),
        /first and last positions/,
      ],
      [street(1, { geometry: { type: 'Strasse', coordinates: [] } }), /type must be one of/],
      [street(1, { features: [] }), /"features" does not belong into a Feature/],
      [street(1, { properties: 3 }), /"properties" must be an object or null, 3 came/],
      [street(1, { geometry: { type: 'Point', coordinates: [39.9, 116.39] } }), /look swapped/],
      [street(1, { geometry: { type: 'Point', coordinates: ['infinite', 39.9] } }), /not a finite number/],
    ];
    const { rows, rejected } = await readAll(
      write(
        'broken.geojson',
        collection([...broken.map(([feature]) => feature), street(2)]).replace('"infinite"', '1e400'),
      ),
    );
    expect(rows.map(({ row }) => row)).to.deep.equal([broken.length + 1]);
    for (const [index, [, reason]] of broken.entries()) {
      expect(rejected[index]!.row).to.equal(index + 1);
      expect(rejected[index]!.rejected).to.match(reason);
    }
  });

  it('brings the id of a Feature among its properties, drops heights, keeps null geometry', async () => {
    const { rows } = await readAll(
      write(
        'a.geojson',
        collection([
          street(1, { id: 'way/1' }),
          street(2, { id: 5, properties: { '@id': 'way/2' } }),
          street(3, { geometry: { type: 'Point', coordinates: [116, 39, 50] } }),
          street(4, { geometry: null, properties: null }),
        ]),
      ),
    );
    expect(rows[0]!.properties).to.deep.equal({ id: 'way/1', name: '街1' });
    expect(rows[1]!.properties).to.deep.equal({ '@id': 'way/2' });
    expect(rows[2]!.geometry).to.deep.equal({ type: 'Point', coordinates: [116, 39] });
    expect(rows[3]).to.deep.equal({ row: 4, geometry: null, properties: {} });
  });

  it('reads GBK and a byte order mark', async () => {
    expect((await readAll(write('bom.geojson', `\ufeff${collection([street(1)])}`))).rows[0]!.properties.name).to.equal(
      '街1',
    );
    const [before, after] = collection([street(1)])
      .split('街')
      .map((part) => Buffer.from(part));
    const { file, rows } = await readAll(
      write('gbk.geojson', Buffer.concat([before!, Buffer.from([0xbd, 0xd6]), after!])),
    );
    expect(rows[0]!.properties.name).to.equal('街1');
    expect(file.encoding).to.equal('gb18030');
  });

  it('refuses what is no GeoJSON, saying what came', async () => {
    const cases: [string, RegExp][] = [
      [collection([street(1)]).slice(0, -5), /not valid JSON.*cut short/],
      [
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":NaN},"geometry":null}]}',
        /not valid JSON.*write null/,
      ],
      ['{"type":"FeatureCollection"}', /no array "features"/],
      ['{"type":"FeatureCollection","features":[],"coordinates":[1,2]}', /contradicts itself/],
      ['[{"type":"Feature"}]', /JSON array/],
      ['{"name":"x","version":1}', /not GeoJSON: its "type" is missing/],
    ];
    for (const [text, expected] of cases) {
      const { kind, text: said } = await refusal(write('x.geojson', text));
      expect(kind, text).to.equal('unreadable');
      expect(said).to.match(expected);
    }
  });

  it('parses a large document in a thread, with the same rows and the same refusals', async function () {
    this.timeout(30_000);
    const filler = 'x'.repeat(1_000);
    const features = Array.from({ length: 17_000 }, (_, index) =>
      street(
        index,
        index === 3 ? { geometry: { type: 'Point', coordinates: [1] } } : { properties: { filler, index } },
      ),
    );
    const text = collection(features);
    const { file, rows, rejected } = await readAll(write('large.geojson', text));
    expect([file.count, rows.length, rejected.map(({ row }) => row)]).to.deep.equal([17_000, 16_999, [4]]);
    expect(rows.at(-1)!.properties.index).to.equal(16_999);
    expect((await refusal(write('cut.geojson', text.slice(0, -3)))).text).to.match(/not valid JSON/);
  });
});

describe('newline-delimited GeoJSON', () => {
  const write = temporaryFiles();
  const lines = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => JSON.stringify(street(index + 1)));

  it('reads one feature a line, whatever the file is called', async () => {
    const { file, rows } = await readAll(write('roads.json', lines(3).join('\n')));
    expect(file.format).to.equal('geojson-lines');
    expect(rows.map(({ properties }) => properties.name)).to.deep.equal(['街1', '街2', '街3']);
    expect((await readAll(write('one.geojsonl', lines(1)[0]!))).rows).to.have.length(1);
  });

  it('reads record separators (RFC 8142), also over several lines', async () => {
    const text = [1, 2].map((id) => `\x1e${JSON.stringify(street(id), null, 2)}\n`).join('');
    const { file, rows } = await readAll(write('seq.geojsons', text));
    expect(file.format).to.equal('geojson-lines');
    expect(rows.map(({ properties }) => properties.name)).to.deep.equal(['街1', '街2']);
  });

  it('rejects a broken line and goes on; blank lines and \\r\\n do not matter', async () => {
    const [first, second, third] = lines(3);
    const { rows, rejected } = await readAll(
      write('b.ndjson', [first, '', second!.slice(0, 40), third, ''].join('\r\n')),
    );
    expect(rows.map(({ row }) => row)).to.deep.equal([1, 3]);
    expect(rejected).to.have.length(1);
    expect(rejected[0]!.row).to.equal(2);
    expect(rejected[0]!.rejected).to.match(/^line 3 is not valid JSON/);
  });

  it('refuses a line without end', async () => {
    const { splitLines } = await import('../../../api/interop/files/lines.ts');
    const endless = async function* (): AsyncGenerator<string> {
      for (;;) yield 'x'.repeat(1000);
    };
    const failure = await splitLines(endless(), 10_000)
      .next()
      .then(
        () => null,
        (error: Error) => error.message,
      );
    expect(failure).to.match(/longer than/);
  });
});
