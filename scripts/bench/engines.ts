/**
 * The embedded engine three ways and a server: how long are small questions, a large answer and a bulk load?
 * npm run bench -- engines   (DATABASE_URL adds the server). The decision these figures made: api/database/embedded.ts.
 */
import { cpus } from 'node:os';
import { PGlite } from '@electric-sql/pglite';
import { connect } from '../../api/database/connect.ts';

type Ask = (sql: string, values: unknown[]) => Promise<unknown>;
const ids = Array.from({ length: 100_000 }, (_, i) => i);
const texts = ids.map((i) => String(i).padEnd(200, 'x'));

const jobs: { name: string; runs: number; run: (ask: Ask) => Promise<void> }[] = [
  {
    name: '2,000 small questions',
    runs: 5,
    run: async (ask) => {
      for (let i = 0; i < 2000; i += 1) await ask('select $1::integer + 1 as x', [i]);
    },
  },
  {
    name: '100,000 rows of 200 characters read',
    runs: 5,
    run: async (ask) => {
      await ask(`select i, repeat('x', 200) as text from generate_series(1, $1::integer) i`, [100_000]);
    },
  },
  {
    name: '100,000 rows written with unnest',
    runs: 5,
    run: async (ask) => {
      await ask('truncate engine_bench', []);
      await ask('insert into engine_bench select * from unnest($1::integer[], $2::text[])', [ids, texts]);
    },
  },
];

async function measure(name: string, ask: Ask): Promise<number[]> {
  await ask('create temp table engine_bench (id integer, text text)', []);
  const medians: number[] = [];
  for (const job of jobs) {
    await job.run(ask); // warm
    const times: number[] = [];
    for (let run = 0; run < job.runs; run += 1) {
      const began = performance.now();
      await job.run(ask);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const median = times[times.length >> 1]!;
    medians.push(median);
    console.log(
      `${name.padEnd(44)} ${job.name.padEnd(38)} min ${times[0]!.toFixed(0).padStart(5)} ms   median ${median.toFixed(0).padStart(5)} ms`,
    );
  }
  return medians;
}

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}\n`);
const place = { folder: null, schema: 'public', time_zone: 'UTC' };

const { db, close } = await connect({ database_url: null, ...place });
const client = (await db.client.acquireConnection()) as { query: Ask };
const ours = await measure('embedded, pg over the in-process stream', (sql, values) => client.query(sql, values));
db.client.releaseConnection(client);
await close();

const bare = await PGlite.create();
const direct = await measure('embedded, in-process calls (blocks the loop)', (sql, values) => bare.query(sql, values));
await bare.close();

const report = (name: string, other: number[]): void =>
  console.log(
    `${name}: ${other.map((median, i) => `${(median / ours[i]!).toFixed(2)}×`).join('  ')} of the stream's time`,
  );
console.log('');
report('in-process calls', direct);

if (process.env.DATABASE_URL) {
  const server = await connect({ database_url: process.env.DATABASE_URL, ...place });
  const one = (await server.db.client.acquireConnection()) as { query: Ask };
  const native = await measure('server, pg over TCP', (sql, values) => one.query(sql, values));
  server.db.client.releaseConnection(one);
  await server.close();
  report('server', native);
}
