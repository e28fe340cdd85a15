/**
 * Does the service stay responsive while a patrol of 200,000 fixes is read, matched and written? Sent by another process
 * as one JSON object a line, GeoJSON and GPX; measured: how late the event loop of the service is (perf_hooks), how long a
 * small question beside it takes, and the time of the whole. Then a day of many people: 100 patrols of 2,000 fixes.
 * On inner Beijing; on the embedded database, and with DATABASE_URL on the server too.
 * npm run bench -- patrol-upload [fixes]
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import { openChange, touch } from '../../api/database/change-log.ts';
import { connect, quote, type Database } from '../../api/database/connect.ts';
import { migrate } from '../../api/database/migrate.ts';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { buildNetwork, type RoadInput } from '../../api/network/network.ts';
import type { Fix } from '../../api/network/track.ts';
import { seededRandom } from '../../test/support/shapes.ts';
import { fixesOf, walkAtRandom, type Walk } from '../../test/support/walks.ts';
import { printMachine } from './support/bench.ts';
import { beijing } from './support/streets.ts';

const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 200_000);
const district = { schema: `bench_${process.pid}`, srid: 4548, time_zone: 'Asia/Shanghai' };
/** 200,000 fixes in 44 hours, because a patrol lasts 48 at most; a brisk 1.75 m/s. */
const EVERY_S = 0.8;

printMachine();
const { name, roads } = await beijing();
const network = buildNetwork(roads, 1);
const degrees = toWgs84('EPSG:4548');
const folder = await mkdtemp(join(tmpdir(), 'luzhang-bench-'));
const long = longWalk(count);
console.log(
  `${name}: ${roads.length.toLocaleString('en')} roads; ${long.length.toLocaleString('en')} fixes, σ 10 m, lasting`,
);

const uploads = {
  'one JSON object a line': { type: 'application/x-ndjson', body: ndjson(long) },
  GeoJSON: { type: 'application/geo+json', body: geojson(long) },
  GPX: { type: 'application/gpx+xml', body: gpx(long) },
};
for (const [file, { body }] of Object.entries(uploads)) await writeFile(join(folder, file), body);
const people = Array.from({ length: 100 }, (_, i) => ndjson(longWalk(2_000, i + 10)));
for (const [i, body] of people.entries()) await writeFile(join(folder, `person ${i}`), body);

for (const database_url of process.env.DATABASE_URL ? [null, process.env.DATABASE_URL] : [null]) {
  console.log(`\n${database_url ? 'PostgreSQL server' : 'embedded database'}`);
  const { db, engine, close } = await connect({ database_url, folder: null, ...district });
  await migrate(db, district);
  const chief_id = await fill(db);
  const config = readConfig({ DISTRICT: district.schema, DISTRICT_SRID: '4548' });
  const server = createApp({ db, engine, config, log: pino({ level: 'warn' }) }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = (external_id: string): string =>
    `${base}/api/patrols?${new URLSearchParams({ external_id, chief_id: String(chief_id), crs: 'wgs84' })}`;

  row('', 'MB', 'seconds', 'delay p50', 'p99', 'worst ms', '/health p99');
  await measured('first patrol: the roads are read', [
    { file: 'person 0', type: 'application/x-ndjson', address: address('warm-up') },
  ]);
  for (const [file, { type }] of Object.entries(uploads))
    await measured(file, [{ file, type, address: address(file) }]);
  await measured(
    '100 patrols of 2,000 fixes, one by one',
    people.map((_, i) => ({ file: `person ${i}`, type: 'application/x-ndjson', address: address(`person ${i}`) })),
  );
  const { rows } = await db.raw<{ rows: object[] }>(
    `select external_id, fixes, round(walked_cm / 100000.0, 1)::float8 as walked_km, (select count(*) from passes where patrol_id = id) as passes
     from patrols order by id limit 2`,
  );
  console.log(rows);
  server.closeAllConnections();
  server.close();
  if (database_url) await db.raw(`drop schema ${quote(district.schema)} cascade`);
  await close();

  async function measured(what: string, sent: { file: string; type: string; address: string }[]): Promise<void> {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const health = askHealth(base);
    delay.enable();
    const start = performance.now();
    const bytes = await sendFromElsewhere(sent);
    const seconds = (performance.now() - start) / 1000;
    delay.disable();
    // The histogram counts from the resolution on: 5 ms is no delay.
    const ms = (nanoseconds: number): string => Math.max(0, nanoseconds / 1e6 - 5).toFixed(1);
    row(
      what,
      (bytes / 1e6).toFixed(1),
      seconds.toFixed(1),
      ms(delay.percentile(50)),
      ms(delay.percentile(99)),
      ms(delay.max),
      (await health.stop()).toFixed(1),
    );
  }
}
await rm(folder, { recursive: true });
process.exit(0);

/** To and fro on one walk until there are so many fixes. */
function longWalk(fixes: number, seed = 1): Fix[] {
  const random = seededRandom(seed);
  const { steps, length } = walkAtRandom(network, random);
  const back = steps.toReversed().map(({ road, from, to }) => ({ road, from: to, to: from }));
  const rounds = Math.ceil((fixes * 1.4) / (2 * length));
  const whole: Walk = {
    steps: Array.from({ length: rounds }, () => [...steps, ...back]).flat(),
    length: 2 * length * rounds,
  };
  return fixesOf(network, whole, { sigma: 10, lasting: true, every_s: 1 }, random).slice(0, fixes);
}

function timeOf({ at_s }: Fix): string {
  return new Date(Date.UTC(2026, 4, 1) + 1000 * EVERY_S * at_s).toISOString();
}
function placeOf({ x, y }: Fix): string {
  return `[${degrees([x, y])
    .map((value) => value.toFixed(7))
    .join()}]`;
}
function ndjson(fixes: Fix[]): string {
  return fixes.map((fix) => `{"time":"${timeOf(fix)}","position":${placeOf(fix)},"accuracy_m":10}\n`).join('');
}
function geojson(fixes: Fix[]): string {
  const times = fixes.map((fix) => `"${timeOf(fix)}"`).join();
  const places = fixes.map(placeOf).join();
  return `{"type":"Feature","properties":{"coordTimes":[${times}]},"geometry":{"type":"LineString","coordinates":[${places}]}}`;
}
function gpx(fixes: Fix[]): string {
  const points = fixes.map((fix) => {
    const [lon, lat] = degrees([fix.x, fix.y]);
    return `<trkpt lat="${lat.toFixed(7)}" lon="${lon.toFixed(7)}"><ele>45</ele><time>${timeOf(fix)}</time></trkpt>\n`;
  });
  return `<?xml version="1.0"?>\n<gpx version="1.1"><trk><trkseg>\n${points.join('')}</trkseg></trk></gpx>`;
}

/** The roads as rows, and a chief. */
async function fill(db: Database): Promise<number> {
  const change_id = await openChange(db, { actor: 'bench', kind: 'bench' });
  for (let i = 0; i < roads.length; i += 2000) {
    await db.raw(
      `insert into roads (id, class, geom, change_id)
       select id, class, st_geomfromtext(wkt, 4548), ? from jsonb_to_recordset(?::jsonb) as r (id integer, class text, wkt text)`,
      [
        change_id,
        JSON.stringify(roads.slice(i, i + 2000).map((one) => ({ id: one.id, class: one.class, wkt: wktOf(one) }))),
      ],
    );
  }
  await touch(db, 'roads');
  await db.raw('analyze roads');
  const [chief] = await db('chiefs')
    .insert({ name: 'A', role: 'community_l2', change_id })
    .returning<{ id: number }[]>('id');
  return chief!.id;
}

function wktOf({ coordinates }: RoadInput): string {
  const vertices = Array.from(
    { length: coordinates.length / 2 },
    (_, v) => `${coordinates[2 * v]} ${coordinates[2 * v + 1]}`,
  );
  return `LINESTRING(${vertices.join()})`;
}

/** Sends files from another process, so that sending costs this one nothing. @returns the bytes sent. */
async function sendFromElsewhere(sent: { file: string; type: string; address: string }[]): Promise<number> {
  const code = `
    import { readFileSync } from 'node:fs';
    let bytes = 0;
    for (const { file, type, address } of JSON.parse(process.argv[1])) {
      const body = readFileSync(file);
      const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': type }, body });
      if (answer.status !== 201) throw new Error(await answer.text());
      await answer.text();
      bytes += body.length;
    }
    console.log(bytes);`;
  const files = sent.map((one) => ({ ...one, file: join(folder, one.file) }));
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, JSON.stringify(files)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const status = await new Promise((resolve) => child.once('exit', resolve));
  if (status !== 0) throw new Error('sending failed');
  return Number(said);
}

/** Asks for something small every 20 ms. */
function askHealth(base: string): { stop: () => Promise<number> } {
  const times: number[] = [];
  const until = new AbortController();
  const asking = (async () => {
    while (!until.signal.aborted) {
      const start = performance.now();
      await (await fetch(`${base}/api/health`)).text();
      times.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      until.abort();
      await asking;
      return times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)] ?? NaN;
    },
  };
}

function row(first: string, ...cells: string[]): void {
  console.log(first.padEnd(40) + cells.map((cell) => cell.padStart(12)).join(''));
}
