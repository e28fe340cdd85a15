/** The files of ../shared/data, as cities and offices publish them; skipped where the folder is not there. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { LineString } from 'geojson';
import { guessColumns, pickFields } from '../../../api/interop/files/columns.ts';
import { openFile } from '../../../api/interop/files/open-file.ts';
import { roadClassOf } from '../../../api/interop/files/road-class.ts';
import { type FileOptions, isRejected } from '../../../api/interop/files/source-file.ts';
import { joinWays } from '../../../api/roads/join-ways.ts';
import type { Way } from '../../../api/roads/way.ts';
import { readAll } from './temporary-file.ts';

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

type Expected = { format: string; crs: string; encoding: string | null; rows: number; first: [number, number] };

const files: [path: string, options: FileOptions, expected: Expected][] = [
  [
    'imports/dongcheng-roads-epsg4548-gbk-no-cpg.zip',
    {},
    { format: 'shapefile', crs: 'EPSG:4548', encoding: 'gb18030', rows: 1602, first: [116.3934744, 39.8988392] },
  ],
  [
    'imports/dongcheng-roads.gpkg',
    {},
    { format: 'geopackage', crs: 'EPSG:4326', encoding: null, rows: 4113, first: [116.3894982, 39.9061898] },
  ],
  [
    'imports/liechtenstein-latest.osm.pbf',
    {},
    { format: 'osm-pbf', crs: 'wgs84', encoding: null, rows: 5235, first: [9.5495838, 47.1878835] },
  ],
  [
    'imports/shenzhen-nanshan.osm',
    {},
    { format: 'osm-xml', crs: 'wgs84', encoding: null, rows: 1354, first: [113.9265213, 22.5429349] },
  ],
  [
    'imports/taiwan-villages.topo.json',
    { layer: 'villages' },
    { format: 'topojson', crs: 'wgs84', encoding: null, rows: 7701, first: [120.3677, 22.4956] },
  ],
  [
    'imports/tsinghua-mixed-geometry.geojson',
    {},
    { format: 'geojson', crs: 'wgs84', encoding: 'utf-8', rows: 931, first: [116.3215877, 40.0033805] },
  ],
  [
    'imports/zhengzhou-roads.geojson',
    {},
    { format: 'geojson', crs: 'wgs84', encoding: 'utf-8', rows: 1085, first: [113.8093139, 34.6852288] },
  ],
  [
    'beijing-2013/roads.geojson',
    {},
    { format: 'geojson', crs: 'wgs84', encoding: 'utf-8', rows: 19198, first: [116.3894982, 39.9061898] },
  ],
  [
    'beijing-2013/zones-voronoi.geojson',
    {},
    { format: 'geojson', crs: 'wgs84', encoding: 'utf-8', rows: 309, first: [116.4018873, 39.8969438] },
  ],
  [
    'beijing-2013/district-110101.gcj02.geojson',
    { crs: 'gcj02' },
    { format: 'geojson', crs: 'gcj02', encoding: 'utf-8', rows: 1, first: [116.4353, 39.9437] },
  ],
  [
    'beijing-2013/divisions-110101.gcj02.csv',
    {},
    { format: 'csv', crs: 'gcj02', encoding: 'utf-8', rows: 200, first: [116.4102, 39.9269] },
  ],
  [
    'syracuse-ny/potholes.csv',
    {},
    { format: 'csv', crs: 'wgs84', encoding: 'utf-8', rows: 7392, first: [-76.10625021, 43.05527688] },
  ],
  [
    'syracuse-ny/street_shapefile.zip',
    {},
    {
      format: 'shapefile',
      crs: 'NAD_1983_StatePlane_New_York_Central_FIPS_3102_Feet',
      encoding: 'utf-8',
      rows: 6825,
      first: [-76.1569058, 43.0547065],
    },
  ],
  [
    'codes/gbt47678.5-2026.csv',
    {},
    { format: 'csv', crs: 'wgs84', encoding: 'utf-8', rows: 403, first: [Number.NaN, 0] },
  ],
];

describe('real files', function () {
  this.timeout(120_000);
  before(function () {
    if (existsSync(shared)) return;
    console.log('    skipped: ../shared/data is not here');
    this.skip();
  });

  for (const [path, options, expected] of files)
    it(`reads ${path}`, async () => {
      const { file, rows, rejected } = await readAll(shared + path, options);
      expect(file.format).to.equal(expected.format);
      expect(file.crs.used).to.equal(expected.crs);
      expect(file.encoding).to.equal(expected.encoding);
      expect(rejected).to.deep.equal([]);
      expect(rows.length).to.equal(expected.rows);
      if (file.count !== null) expect(file.count).to.equal(expected.rows);
      if (Number.isNaN(expected.first[0])) return;
      const [lon, lat] = firstPosition(rows[0]!.geometry);
      expect(lon).to.be.closeTo(expected.first[0], 1e-4);
      expect(lat).to.be.closeTo(expected.first[1], 1e-4);
    });

  it('finds the roads of the GBK Shapefile in metres where the GeoPackage has them in degrees', async () => {
    const lines = new Map<string, number[][]>();
    for (const { geometry } of (await readAll(`${shared}imports/dongcheng-roads.gpkg`)).rows)
      lines.set(
        (geometry as LineString).coordinates
          .flat()
          .map((degree) => degree.toFixed(7))
          .join(),
        (geometry as LineString).coordinates,
      );
    const { rows } = await readAll(`${shared}imports/dongcheng-roads-epsg4548-gbk-no-cpg.zip`);
    const same = rows.filter(({ geometry }) =>
      lines.has(
        (geometry as LineString).coordinates
          .flat()
          .map((degree) => degree.toFixed(7))
          .join(),
      ),
    );
    expect(same.length / rows.length).to.be.above(0.99);
    expect(rows.map(({ properties }) => properties.name)).to.include('兵部洼胡同');
  });

  it('notices that the columns of the second Syracuse file are swapped', async () => {
    const { file, rows } = await readAll(`${shared}syracuse-ny/potholes-swapped-columns.csv`);
    expect(rows).to.have.length(7538);
    expect(file.notes.join(' ')).to.match(/7538 of 7538 positions.*look swapped/);
    const right = await readAll(`${shared}syracuse-ny/potholes-swapped-columns.csv`, {
      columns: { lon: 'Latitude', lat: 'Longitude' },
    });
    expect(right.file.notes.join(' ')).not.to.match(/swapped/);
    expect(firstPosition(right.rows[0]!.geometry)).to.deep.equal([-76.1062502319, 43.0552769127]);
  });

  it('reads the 92,667 edges of Wuhan and joins them in seconds', async () => {
    const file = await openFile(`${shared}wuhan-2024/roads.osm.pbf`);
    const guess = guessColumns('roads', file.columns);
    const ways: Way[] = [];
    for await (const row of file.rows()) {
      if (isRejected(row) || row.geometry?.type !== 'LineString') continue;
      const { external_id, name, class: word } = pickFields(guess, 'roads', row.properties);
      const coordinates = row.geometry.coordinates as [number, number][];
      ways.push({
        id: String(external_id),
        coordinates,
        name: name as string | null,
        class: roadClassOf(word).class,
        layer: 0,
        oneway: false,
        properties: row.properties,
      });
    }
    expect(ways).to.have.length(92_667);
    const start = performance.now();
    const { roads, rejected } = joinWays(ways);
    expect(performance.now() - start).to.be.below(10_000); // 1.5 s; the rest is for a machine that is busy
    expect(roads.flatMap(({ way_ids }) => way_ids).length + rejected.length).to.equal(92_667);
    expect(rejected.every(({ reason }) => reason.startsWith('is the same line as'))).to.equal(true);
    expect(roads.length).to.be.within(8_000, 10_000);
  });
});

/** The first position of any geometry but a collection. */
function firstPosition(geometry: unknown): number[] {
  let nested = (geometry as { coordinates: unknown[] }).coordinates;
  while (Array.isArray(nested[0])) nested = nested[0] as unknown[];
  return nested as number[];
}
