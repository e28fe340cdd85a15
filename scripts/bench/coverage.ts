/**
 * How long does an audit of a whole city take, of one community, and until a change is in it? On Wuhan (92,667 roads)
 * with 500,000 assignments and 2,000,000 passes of a month, on a PostgreSQL server; at 1/10 and 3 times the size too.
 * Beside it one of the questions by geometry, in the forms that are met: difference of the union of cut lines (fast to
 * write, and wrong), and the same on a grid of a millimetre or with a buffer of a centimetre (right).
 * npm run bench -- coverage [size, such as 0.1 1 3]   (with DATABASE_URL; in schemas that are dropped afterwards)
 */
import { performance } from 'node:perf_hooks';
import { applyChangeSet } from '../../api/assignments/assignments.ts';
import { changeSet } from '../../api/assignments/assignments.contract.ts';
import { coverageQuery, gapQuery, talliedKinds } from '../../api/coverage/coverage.contract.ts';
import { coverageOf } from '../../api/coverage/coverage.queries.ts';
import { listGaps } from '../../api/coverage/gaps.queries.ts';
import { ensureStanding } from '../../api/coverage/standing-faults.ts';
import { connect, quote, type Database } from '../../api/database/connect.ts';
import { migrate } from '../../api/database/migrate.ts';
import { refreshSegments } from '../../api/segments/segments.ts';
import { printMachine } from './support/bench.ts';
import { fillCity } from './support/city.ts';
import { scaled, wuhan } from './support/streets.ts';

const { DATABASE_URL } = process.env;
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
let turns = 0;

printMachine();
if (DATABASE_URL) for (const size of sizes.length > 0 ? sizes : [0.1, 1]) await measure(size, DATABASE_URL);
else console.log('DATABASE_URL is needed: the goal is for PostgreSQL.');

async function measure(size: number, database_url: string): Promise<void> {
  const district = { schema: `bench_coverage_${process.pid}`, srid: 4547, time_zone: 'Asia/Shanghai' };
  const { db, close } = await connect({ database_url, folder: null, ...district });
  try {
    await migrate(db, district);
    const { name, roads } = await wuhan();
    const { rows } = await db.raw<{ rows: { today: string }[] }>('select current_date::text as today');
    console.log(`\n${name} × ${size}: filling …`);
    await fillCity(db, scaled(roads, size), {
      towns: Math.max(2, Math.round(8 * Math.sqrt(size))),
      pieces: 2,
      patrols: Math.round(20_000 * size),
      passesEach: 100,
      days: 30,
      until: rows[0]!.today,
    });
    for (const table of ['roads', 'zones', 'assignments', 'segments', 'passes']) {
      const [counted] = await db(table).count<{ count: number }[]>();
      console.log(`  ${counted!.count.toLocaleString('en').padStart(10)} ${table}`);
    }
    await db.raw('set max_parallel_workers_per_gather to 0'); // one core, on whichever connection it is asked
    await ask(db);
  } finally {
    await db.raw(`drop schema ${quote(district.schema)} cascade`);
    await close();
  }
}

async function ask(db: Database): Promise<void> {
  const communities = await db('segments')
    .whereNotNull('community_id')
    .groupBy('community_id')
    .orderByRaw('count(*), community_id')
    .select<{ community_id: number; count: number }[]>('community_id', db.raw('count(*) as count'));
  const whole = (query: object) => async (): Promise<void> => {
    for (const kind of talliedKinds) await coverageOf(db, coverageQuery.parse({ kind, group: 'none', ...query }));
  };
  await time('first look at the inventory', () => ensureStanding(db), 1);
  await time('full audit: every kind, role and duty', async () => {
    await whole({})();
    await ensureStanding(db);
    await db('standing_faults').whereRaw('upper_inf(validity)').count();
  });
  for (const kind of talliedKinds)
    await time(
      `  of it ${kind}`,
      async () => void (await coverageOf(db, coverageQuery.parse({ kind, group: 'none' }))),
    );
  await time(
    'list of unheld and unwalked gaps, first 100',
    () => listGaps(db, gapQuery.parse({ kind: 'unheld,unwalked' })),
    3,
  );
  for (const share of [0.5, 0.9, 1]) {
    const { community_id, count } = communities[Math.ceil(share * communities.length) - 1]!;
    await time(
      `one community of ${count} segments (${100 * share} % are smaller)`,
      whole({ zone_id: community_id }),
      9,
    );
  }
  const [some] = await db('roads').where({ class: 'main' }).orderBy('id').limit(1).select<{ id: number }[]>('id');
  await time('one change: its road derived anew', () => refreshSegments(db, [some!.id]), 21);
  await time('one change set, with its effect', () => change(db), 21);
  await time('one change set, and every kind of that road', async () => whole({ road_id: await change(db) })(), 21);
  await byGeometry(db);
}

/** Gives the first hundred metres (or all) of a road to another chief. @returns the road. */
async function change(db: Database): Promise<number> {
  const road = await db('roads')
    .where({ class: 'main' })
    .orderBy('id')
    .offset((turns += 1))
    .first<{ id: number; length_cm: number }>('id', 'length_cm');
  const chief = await db('chiefs')
    .where({ role: 'town_l1' })
    .orderBy('id')
    .offset(turns % 50)
    .first<{ id: number }>('id');
  const to_m = Math.min(100, road!.length_cm / 100);
  const one = { op: 'assign', road_id: road!.id, from_m: 0, to_m, role: 'town_l1', chief_id: chief!.id, replace: true };
  await applyChangeSet(db, 'benchmark', changeSet.parse({ changes: [one] }));
  return road!.id;
}

/**
 * Metres that required roles lack in the whole city: as the product answers, by sets of centimetres out of the assignments,
 * and by geometry. The last take minutes, so they run once.
 */
async function byGeometry(db: Database): Promise<void> {
  const slots = `with slots as (
      select r.id, r.geom, r.length_cm, u.role
      from roads r join role_rules u on u.class = r.class and u.status = r.status and u.town_id is null and u.required
    )`;
  const held = (what: string): string => `${slots}, held as (
      select s.id, s.role, s.geom, s.length_cm, ${what}
      from slots s left join assignments a on a.road_id = s.id and a.role = s.role and a.validity @> now()
      group by s.id, s.role, s.geom, s.length_cm
    )`;
  const spans = held(`coalesce(range_agg(a.span), '{}') as spans`).replaceAll('s.geom, ', '');
  const line = held(`st_union(stretch_geom(s.geom, s.length_cm, a.span)) filter (where a.span is not null) as line`);
  const forms = {
    'sets of centimetres': `${spans}
      select sum((select coalesce(sum(upper(p) - lower(p)), 0) from unnest(int4multirange(int4range(0, h.length_cm)) - h.spans) as p)) / 100.0 as m from held h`,
    'difference of a union': `${line} select sum(st_length(coalesce(st_difference(geom, line), geom))) as m from held`,
    'the same on a grid of 1 mm': `${line} select sum(st_length(coalesce(st_difference(geom, line, 0.001), geom))) as m from held`,
    'the same with a buffer of 1 cm': `${line} select sum(st_length(coalesce(st_difference(geom, st_buffer(line, 0.01)), geom))) as m from held`,
  };
  console.log('\n  metres that a required role lacks, all roles and roads');
  const answer = coverageQuery.parse({ kind: 'unheld', group: 'none' });
  let metres = 0;
  const base = await time('  as the product answers', async () => {
    metres = (await coverageOf(db, answer)).total.missing_m;
  });
  console.log(`${' '.repeat(10)}${metres.toFixed(1)} m`);
  for (const [name, sql] of Object.entries(forms)) {
    const ask = async (): Promise<void> => {
      const { rows } = await db.raw<{ rows: { m: number }[] }>(sql);
      metres = rows[0]!.m;
    };
    const took = await time(`  ${name}`, ask, name.startsWith('sets') ? 5 : 1);
    console.log(`${' '.repeat(10)}${metres.toFixed(1)} m, × ${(took / base).toPrecision(2)}`);
  }
}

/** Prints the shortest and the median time; 5 runs after one to warm up. @returns the median. */
async function time(name: string, run: () => Promise<unknown>, runs = 5): Promise<number> {
  if (runs > 1) await run();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  const middle = times.toSorted((a, b) => a - b)[times.length >> 1]!;
  console.log(
    `  ${name.padEnd(48)} min ${Math.min(...times)
      .toFixed(1)
      .padStart(9)} ms   median ${middle.toFixed(1).padStart(9)} ms`,
  );
  return middle;
}
