/**
 * How long does the API take to say on which road a position is, and to keep a report? 50 requests a second for 20 s, sent
 * when they are due whether or not the earlier ones are answered (so waiting counts), against a server in a process of its own
 * with the roads of Beijing in it.
 * npm run bench -- snap-api [requests a second]   (with DATABASE_URL; in a schema that is dropped afterwards)
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { dataFile } from '../../test/support/read-streets.ts';
import { seededRandom } from '../../test/support/shapes.ts';
import { printMachine } from './support/bench.ts';
import { beijing, positionsNear } from './support/streets.ts';

const SECONDS = 20;
const SCHEMA = 'bench_snap_api';

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
  const { url, stop } = await startServer();
  const file = dataFile('beijing-2013/roads.geojson');
  if (!file) console.log('no ../shared/data here: an empty district is measured');
  else {
    const answer = await fetch(`${url}/api/imports?kind=roads&name=roads.geojson`, {
      method: 'POST',
      headers: { 'content-type': 'application/geo+json' },
      body: await readFile(file),
    });
    const report = (await answer.json()) as { created?: number };
    console.log(`${answer.status}: ${JSON.stringify(report).slice(0, 200)}`);
  }
  const { roads } = await beijing();
  const random = seededRandom(3);
  const places = positionsNear(roads, 2 * SECONDS * perSecond, random);
  const project = toWgs84('EPSG:4548');
  const position = (i: number): [number, number] => project([places[2 * i]!, places[2 * i + 1]!]);
  const { categories } = (await (await fetch(`${url}/api/categories`)).json()) as {
    categories: { kind: string; code: string }[];
  };
  const { kind, code } = categories[0]!;
  const common = { crs: 'wgs84', accuracy_m: 10 };
  await load('POST /api/snap', perSecond, (i) => post(`${url}/api/snap`, { ...common, position: position(i) }));
  await load('POST /api/issues', perSecond, (i) =>
    post(`${url}/api/issues`, { ...common, position: position(i), kind, code, text: '路面破损' }),
  );
  stop();
  const client = new pg.Client(DATABASE_URL);
  await client.connect();
  await client.query(`drop schema ${SCHEMA} cascade`);
  await client.end();
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
}

/** Time counts from the moment at which a request was due. */
async function load(name: string, perSecond: number, send: (i: number) => Promise<void>): Promise<void> {
  for (let i = 0; i < 50; i++) await send(i);
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
