/**
 * How fast is the network: built, asked for the nearest road, asked with doubt, brought up to date, walked?
 * Beside it what one would take instead: Turf on what a spatial index finds, and PostGIS (with DATABASE_URL).
 * npm run bench -- snap
 */
import { lineString, nearestPointOnLine, point } from '@turf/turf';
import Flatbush from 'flatbush';
import pg from 'pg';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { describeNetwork } from '../../api/network/describe.ts';
import { inSpatialOrder } from '../../api/network/hilbert.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { NetworkPlace, RoadInput } from '../../api/network/network.ts';
import { nearest } from '../../api/network/nearest.ts';
import { createPathFinder } from '../../api/network/shortest-path.ts';
import { snap } from '../../api/network/snap.ts';
import { updateNetwork } from '../../api/network/update.ts';
import { seededRandom } from '../../test/support/shapes.ts';
import { compare, printMachine } from './support/bench.ts';
import type { Job } from './support/bench.ts';
import { positionsNear, scaled, wuhan } from './support/streets.ts';

const random = seededRandom(1);
const { name, roads: inFile } = await wuhan();
const roads = inSpatialOrder(inFile); // as the product loads them
printMachine();
console.log(
  `${name}: ${roads.length} roads, ${Math.round(roads.reduce((sum, road) => sum + road.length_cm, 0) / 1e5)} km`,
);

const network = buildNetwork(roads, 1);
const { vertices, megabytes } = describeNetwork(network);
console.log(`${vertices.toLocaleString('en')} vertices, ${megabytes} MB`);
const positions = positionsNear(roads, 100_000, random);
const few = positions.subarray(0, 4000);

const server = process.env.DATABASE_URL ? new pg.Client(process.env.DATABASE_URL) : null;
await server?.connect();
await compare('Which road is nearest?', [
  each('nearest', positions, (x, y) => nearest(network, x, y)),
  each('snap, accuracy 10 m', positions.subarray(0, 40_000), (x, y) => snap(network, { x, y })),
  each('snap, accuracy 50 m', positions.subarray(0, 10_000), (x, y) => snap(network, { x, y, accuracy_m: 50 })),
  { ...turfJob(few.subarray(0, 1000)), runs: 3 },
  ...(server ? [await postgisJob(server, few)] : []),
]);

await server?.end();

const finder = createPathFinder(network);
const pairs = Array.from({ length: 5000 }, nearbyPair);
await compare('The network', [
  { name: 'build', items: roads.length, run: () => buildNetwork(inSpatialOrder(inFile), 1) },
  {
    name: 'update of 3 roads',
    items: 3,
    run: () => updateNetwork(network, { changed: roads.slice(0, 3), removed: [] }, 2),
  },
  {
    name: 'paths of up to 2 km',
    items: pairs.length,
    run: () => pairs.map(([from, to]) => finder.find(from, to, 200_000)),
  },
]);

const sizes = [0.1, 1, 3].map((times) => {
  const some = inSpatialOrder(scaled(inFile, times));
  const name = `${times} times as many: ${some.length.toLocaleString('en')} roads`;
  return { name, roads: some, network: buildNetwork(some, 1), near: positionsNear(some, 100_000, random) };
});
await compare(
  'Growth of building',
  sizes.map((size) => ({ name: size.name, items: size.roads.length, run: () => buildNetwork(size.roads, 1) })),
);
await compare(
  'Growth of nearest',
  sizes.map((size) => each(size.name, size.near, (x, y) => nearest(size.network, x, y))),
);
await compare(
  'Growth of snap',
  sizes.map((size) => each(size.name, size.near.subarray(0, 40_000), (x, y) => snap(size.network, { x, y }))),
);

function each(name: string, places: Float64Array, ask: (x: number, y: number) => unknown): Job {
  const run = (): void => {
    for (let i = 0; i < places.length; i += 2) ask(places[i]!, places[i + 1]!);
  };
  return { name, items: places.length / 2, run };
}

/** Turf knows degrees only. It gets the roads within 50 m, as found by the boxes of whole roads. */
function turfJob(places: Float64Array): Job {
  const project = toWgs84('EPSG:4547');
  const degrees = (coordinates: RoadInput['coordinates']): [number, number][] =>
    Array.from({ length: coordinates.length / 2 }, (_, v) => project([coordinates[2 * v]!, coordinates[2 * v + 1]!]));
  const lines = roads.map((road) => lineString(degrees(road.coordinates)));
  const boxes = new Flatbush(lines.length);
  for (const { coordinates } of roads) {
    const all = Array.from(coordinates);
    const [xs, ys] = [all.filter((_, i) => i % 2 === 0), all.filter((_, i) => i % 2 === 1)];
    boxes.add(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  }
  boxes.finish();
  return each('Turf nearestPointOnLine over Flatbush', places, (x, y) => {
    const here = point(project([x, y]));
    let best = Infinity;
    for (const i of boxes.search(x - 50, y - 50, x + 50, y + 50)) {
      best = Math.min(best, nearestPointOnLine(lines[i]!, here).properties.pointDistance);
    }
    return best;
  });
}

/** One question for all positions, so that the way to the server does not count. */
async function postgisJob(client: pg.Client, places: Float64Array): Promise<Job> {
  await client.query('create temp table line (id int, geom geometry)');
  const texts = roads.map(({ coordinates }) => {
    const vertices = Array.from(
      { length: coordinates.length / 2 },
      (_, v) => `${coordinates[2 * v]} ${coordinates[2 * v + 1]}`,
    );
    return `LINESTRING(${vertices.join()})`;
  });
  await client.query(
    'insert into line select id, st_geomfromtext(text) from unnest($1::int[], $2::text[]) u (id, text)',
    [roads.map((road) => road.id), texts],
  );
  await client.query('create index on line using gist (geom)');
  await client.query('analyze line');
  const [xs, ys] = [0, 1].map((axis) => Array.from(places).filter((_, i) => i % 2 === axis));
  const run = (): Promise<unknown> =>
    client.query(
      `select count(near.id), sum(near.measure)
       from unnest($1::float8[], $2::float8[]) as place (x, y),
            lateral (
              select id, st_linelocatepoint(geom, st_point(x, y)) as measure from line order by geom <-> st_point(x, y) limit 1
            ) near`,
      [xs, ys],
    );
  return { name: 'PostGIS order by geom <-> place limit 1', items: places.length / 2, run };
}

/** Two places on the network up to 400 m apart. */
function nearbyPair(): [from: NetworkPlace, to: NetworkPlace] {
  for (;;) {
    const i = 2 * Math.floor((random() * positions.length) / 2);
    const [x, y] = [positions[i]!, positions[i + 1]!];
    const from = nearest(network, x, y);
    const to = nearest(network, x + 600 * (random() - 0.5), y + 600 * (random() - 0.5));
    if (from && to) return [from, to];
  }
}
