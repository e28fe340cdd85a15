/**
 * How long does it take to say in which zone every metre of every road lies? Beside it what one would take instead:
 * Turf (lineSplit, then booleanPointInPolygon) and PostGIS (ST_Intersection, with DATABASE_URL), which know no sides.
 * npm run bench -- zones-along
 */
import { readFileSync } from 'node:fs';
import { booleanPointInPolygon, lineSplit, lineString, multiPolygon } from '@turf/turf';
import type { FeatureCollection, MultiPolygon as GeoJsonMultiPolygon } from 'geojson';
import pg from 'pg';
import { fromWgs84 } from '../../api/geometry/crs.ts';
import { extentOf, extentsMeet } from '../../api/geometry/extent.ts';
import type { MultiPolygon } from '../../api/geometry/polygon.ts';
import { zonesAlong } from '../../api/geometry/zones-along.ts';
import { createZoneIndex } from '../../api/network/zone-index.ts';
import { dataFile } from '../../test/support/read-streets.ts';
import { seededRandom } from '../../test/support/shapes.ts';
import { crookedCells } from '../../test/support/zones.ts';
import { compare, printMachine } from './support/bench.ts';
import type { Job } from './support/bench.ts';
import { beijing, scaled } from './support/streets.ts';

const { name, roads } = await beijing();
const levels = zoneLevels();
printMachine();
const vertices = roads.reduce((sum, road) => sum + road.coordinates.length / 2, 0);
console.log(
  `${name}: ${roads.length} roads of ${vertices} vertices; zones ${levels.map(({ zones }) => zones.length).join(' + ')}`,
);

const [finest] = levels;
const index = createZoneIndex(finest!.zones);
const inside = roads.filter(({ coordinates, length_cm }) => zonesAlong(coordinates, length_cm, index)[0]!.zone !== -1);
const server = process.env.DATABASE_URL ? new pg.Client(process.env.DATABASE_URL) : null;
await server?.connect();
await compare('All roads, all levels', [
  {
    name: 'zonesAlong',
    items: roads.length * levels.length,
    run: () => {
      for (const { zones } of levels) alongAll(roads, zones);
    },
  },
]);
await compare(`The ${inside.length} roads inside, the finest level`, [
  { name: 'zonesAlong', items: inside.length, run: () => alongAll(inside, finest!.zones) },
  turfJob(inside.slice(0, 200)),
  ...(server ? [await postgisJob(server)] : []),
]);
await server?.end();
await compare(
  'Growth with the number of roads, the finest level',
  [0.1, 1, 3].map((times) => {
    // Copies beside the roads would lie in no zone.
    const some = times < 1 ? scaled(inside, times) : Array.from({ length: times }, () => inside).flat();
    return { name: `${times} times as many`, items: some.length, run: () => alongAll(some, finest!.zones) };
  }),
);

function alongAll(all: typeof roads, zones: MultiPolygon[]): void {
  const prepared = createZoneIndex(zones);
  for (const { coordinates, length_cm } of all) zonesAlong(coordinates, length_cm, prepared);
}

/** The finest first. */
function zoneLevels(): { level: string; zones: MultiPolygon[] }[] {
  const file = dataFile('beijing-2013/zones-voronoi.geojson');
  if (!file) {
    const cells = crookedCells(18, 18, 440, seededRandom(1)).map((zone) => zone.map((rings) => rings.map(moved)));
    return [{ level: 'cells', zones: cells }];
  }
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection<GeoJsonMultiPolygon>;
  const project = fromWgs84('EPSG:4548');
  return ['community', 'town', 'district'].map((level) => ({
    level,
    zones: features
      .filter(({ properties }) => properties?.['level'] === level)
      .map(({ geometry }) =>
        geometry.coordinates.map((rings) => rings.map((ring) => ring.flatMap(([x, y]) => project([x!, y!])))),
      ),
  }));
}

/** Onto the grid of support/streets.ts. */
function moved(ring: ArrayLike<number>): number[] {
  return Array.from(ring, (value, i) => value + (i % 2 === 0 ? 500_000 : 4_000_000));
}

function pairs(line: ArrayLike<number>): [number, number][] {
  return Array.from({ length: line.length / 2 }, (_, v) => [line[2 * v]!, line[2 * v + 1]!]);
}

/** With the first place again at the end, as GeoJSON and WKT want rings; twice does no harm. */
function closed(ring: ArrayLike<number>): number[] {
  return [...Array.from(ring), ring[0]!, ring[1]!];
}

/** Split at the boundary of every zone whose box it meets, then ask for the zone of each part. */
function turfJob(some: typeof roads): Job {
  const zones = finest!.zones.map((zone) => ({
    extent: extentOf(zone[0]![0]!),
    feature: multiPolygon(zone.map((rings) => rings.map((ring) => pairs(closed(ring))))),
  }));
  const lines = some.map(({ coordinates }) => lineString(pairs(coordinates)));
  const run = (): number => {
    let found = 0;
    for (const line of lines) {
      const extent = extentOf(line.geometry.coordinates.flat());
      let parts = [line];
      const near = zones.filter((zone) => extentsMeet(zone.extent, extent));
      for (const { feature } of near) {
        parts = parts.flatMap((part) => {
          const split = lineSplit(part, feature).features;
          return split.length > 0 ? split : [part];
        });
      }
      for (const part of parts) {
        const middle = part.geometry.coordinates[part.geometry.coordinates.length >> 1]!;
        found += near.findIndex(({ feature }) => booleanPointInPolygon(middle, feature));
      }
    }
    return found;
  };
  return { name: 'Turf lineSplit, 200 roads', items: some.length, run, runs: 3 };
}

async function postgisJob(client: pg.Client): Promise<Job> {
  const text = (line: ArrayLike<number>): string =>
    pairs(line)
      .map((place) => place.join(' '))
      .join();
  await client.query(
    'create temp table road_line (id int, geom geometry); create temp table zone_area (id int, geom geometry)',
  );
  await client.query(
    'insert into road_line select id, st_geomfromtext(text) from unnest($1::int[], $2::text[]) u (id, text)',
    [inside.map((road) => road.id), inside.map((road) => `LINESTRING(${text(road.coordinates)})`)],
  );
  const areas = finest!.zones.map((zone) => {
    const parts = zone.map((rings) => `(${rings.map((ring) => `(${text(closed(ring))})`).join()})`);
    return `MULTIPOLYGON(${parts.join()})`;
  });
  await client.query(
    'insert into zone_area select id, st_geomfromtext(text) from unnest($1::int[], $2::text[]) u (id, text)',
    [areas.map((_, zone) => zone), areas],
  );
  await client.query('create index on zone_area using gist (geom)');
  await client.query('analyze road_line; analyze zone_area');
  const question = `select sum(st_length(st_intersection(road_line.geom, zone_area.geom)))
                    from road_line join zone_area on st_intersects(road_line.geom, zone_area.geom)`;
  return { name: 'PostGIS ST_Intersection', items: inside.length, run: () => client.query(question), runs: 3 };
}
