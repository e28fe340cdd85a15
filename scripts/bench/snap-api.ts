/**
 * How long does the API take to say on which road a position is, and to keep a report? 50 requests a second for 20 s, sent
 * when they are due whether or not the earlier ones are answered (so waiting counts), against a server in a process of its own
 * with the roads of Beijing in it, started after the import and its clearing up, as on a morning. Both processes collect
 * their garbage on the same cores, so the one that asks keeps little and has collected before it begins.
 * npm run bench -- snap-api [requests a second]   (with DATABASE_URL; in a schema that is dropped afterwards)
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { dataFile } from '../../test/support/read-streets.ts';
import { seededRandom } from '../../test/support/shapes.ts';
import { printMachine } from './support/bench.ts';
import { beijing, positionsNear } from './support/streets.ts';

const SECONDS = 20;
const SCHEMA = 'bench_snap_api';

/** Not by fetch: its garbage alone stops this process for 30 ms every few seconds. */
const agent = new Agent({ keepAlive: true });

const { DATABASE_URL } = process.env;
if (DATABASE_URL) await measure(Number(process.argv.slice(2).find((word) => Number(word) > 0) ?? 50));
else console.log('DATABASE_URL is needed: the goal is for PostgreSQL.');

/** Starts the product itself, on a port that is free. */
async function startServer(): Promise<{ url: string; stop: () => void }> {
  const port = 20_000 + (process.pid % 20_000);
  const env = { ...process.env, PORT: String(port), DISTRICT: SCHEMA, DISTRICT_SRID: '4548', DEMO: 'no' };
  const server = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 120; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return { url, stop: () => server.kill() };
  }
  server.kill();
  throw new Error('the server did not start within a minute');
}

async function measure(perSecond: number): Promise<void> {
  printMachine();
  let server = await startServer();
  try {
    await importRoads(server.url);
    const positions = await somePositions(2 * SECONDS * perSecond);
    server.stop();
    // What the database does by itself within minutes of an import, else in the middle of what is measured.
    await tell('vacuum analyze');
    server = await startServer();
    await ask(server.url, positions, perSecond);
  } finally {
    server.stop();
    await tell(`drop schema ${SCHEMA} cascade`);
  }
}

async function tell(sql: string): Promise<void> {
  const client = new pg.Client(DATABASE_URL);
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function importRoads(url: string): Promise<void> {
  const file = dataFile('beijing-2013/roads.geojson');
  if (!file) return console.log('no ../shared/data here: an empty district is measured');
  const answer = await fetch(`${url}/api/imports?kind=roads&name=roads.geojson`, {
    method: 'POST',
    headers: { 'content-type': 'application/geo+json' },
    body: await readFile(file),
  });
  const report = (await answer.json()) as { created?: number };
  console.log(`${answer.status}: ${JSON.stringify(report).slice(0, 200)}`);
}

/** Positions near the roads, WGS84. */
async function somePositions(count: number): Promise<[number, number][]> {
  const { roads } = await beijing();
  const places = positionsNear(roads, count, seededRandom(3));
  const project = toWgs84('EPSG:4548');
  return Array.from({ length: count }, (_, i) => project([places[2 * i]!, places[2 * i + 1]!]));
}

async function ask(url: string, positions: [number, number][], perSecond: number): Promise<void> {
  const { categories } = (await (await fetch(`${url}/api/categories`)).json()) as {
    categories: { kind: string; code: string }[];
  };
  const { kind, code } = categories[0]!;
  const common = { crs: 'wgs84', accuracy_m: 10 };
  collectGarbage();
  await load('POST /api/snap', perSecond, (i) => post(`${url}/api/snap`, { ...common, position: positions[i]! }));
  collectGarbage();
  await load('POST /api/issues', perSecond, (i) =>
    post(`${url}/api/issues`, { ...common, position: positions[i]!, kind, code, text: '路面破损' }),
  );
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function post(url: string, body: object): Promise<void> {
  const asked = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json' } });
  asked.end(JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const answered = await text(answer);
  if (answer.statusCode! >= 300) throw new Error(`${url} answered ${answer.statusCode}: ${answered}`);
}

/** Time counts from the moment at which a request was due. */
async function load(name: string, perSecond: number, send: (i: number) => Promise<void>): Promise<void> {
  for (let i = 0; i < 200; i++) await send(i);
  const start = performance.now();
  const asked = Array.from({ length: SECONDS * perSecond }, async (_, i) => {
    const due = start + (1000 * i) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    await send(i);
    return performance.now() - due;
  });
  const times = (await Promise.all(asked)).sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
  console.log(`${name}: ${times.length} at ${perSecond}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`);
}
