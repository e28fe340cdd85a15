/**
 * Which duties were kept, period by period (R21-R42). A period is judged by who held what, and by the rules that were in
 * force, at its last moment, so that yesterday's audit still follows yesterday's rules.
 */
import type { Knex } from 'knex';
import { sqlText } from '../database/sql-file.ts';
import { readCursor, writeCursor } from '../http/paging.ts';
import type { RoadClass, Role } from '../http/shapes.ts';
import { percent, roadMetres, stretchOnWire } from '../http/units.ts';
import { notFound, Problem } from '../problems.ts';
import { chiefBriefs } from '../segments/segments.queries.ts';
import { askedTime, type Bindings } from './asked.ts';
import type {
  Cadence,
  CadenceQuery,
  CadenceSegment,
  CadenceSegments,
  CadenceSegmentsQuery,
  DueQuery,
  StillDue,
} from './cadence.contract.ts';
import { auditBetween, roadsHeld } from './audit-between.ts';
import { warningsOf } from './warnings.ts';

const groupsFile = sqlText(new URL('./cadence.sql', import.meta.url));
const segmentsFile = sqlText(new URL('./cadence-segments.sql', import.meta.url));

const MOST_DAYS = 92;

/** @throws Problem `not_found` for an unknown zone, road or chief, `invalid` for no time, one still to come or more than 92 days. */
export async function cadenceOf(db: Knex, query: CadenceQuery): Promise<Cadence> {
  const { from, to } = await timeAsked(db, query);
  const { audit, place, bindings, any_late } = await auditBetween(db, query, from, to);
  const { key, names } = groupings[query.group];
  const text = groupsFile
    .replaceAll(':audit:', audit(false))
    .replaceAll(':in_time:', any_late ? audit(true) : `${audit(true)} limit 0`)
    .replaceAll(':in_zone:', place.inZone)
    .replaceAll(':key:', key);
  const { rows } = await db.raw<{ rows: GroupRow[] }>(text, {
    ...bindings,
    ...place.bindings,
    duty: query.duty ?? null,
    chief: query.chief_id ?? null,
    any_late,
  } as Bindings);
  const known = await namesOf(db, names, rows);
  const time = { moment: to, kept: false, known: null };
  const required = rows.reduce((sum, row) => sum + row.required, 0);
  return {
    from,
    to,
    total: tallyOnWire(rows.reduce(together, nothing)),
    groups:
      query.group === 'none'
        ? []
        : rows.map((row) => ({
            key: String(row.key ?? ''),
            name: row.key === null ? null : (known.get(String(row.key)) ?? null),
            role: query.group === 'role' || query.group === 'duty' || query.group === 'chief' ? row.role : null,
            period:
              query.group === 'period'
                ? { from: row.period_from.toISOString(), to: row.period_to.toISOString() }
                : null,
            ...tallyOnWire(row),
          })),
    warnings: await warningsOf(db, {
      kind: 'unwalked',
      time,
      required,
      road_weight: 1,
      zone_id: query.zone_id,
      role: query.role,
    }),
  };
}

/** @throws Problem as `cadenceOf`. */
export async function listCadence(db: Knex, query: CadenceSegmentsQuery): Promise<CadenceSegments> {
  const { from, to } = await timeAsked(db, query);
  const { audit, place, bindings } = await auditBetween(db, query, from, to);
  return segmentPage(db, audit(false), place.inZone, { ...bindings, ...place.bindings }, to, query);
}

/** What is left of the duties of one chief in the periods that are running. */
export async function stillDue(db: Knex, { chief_id, at }: DueQuery): Promise<StillDue> {
  const time = await askedTime(db, { ...(at !== undefined && { at }) });
  const chief = await db('chiefs')
    .where({ id: chief_id })
    .first<{ id: number; name: string; organisation: string | null; phone: string | null; role: Role } | undefined>(
      'id',
      'name',
      'organisation',
      'phone',
      'role',
    );
  if (!chief) throw notFound('chief', chief_id, 'The chiefs are at /api/chiefs.');
  const audit = `select * from walk_audit(:moment::timestamptz, :kept::boolean, :road_ids::integer[], 'running', null, null, :role::text)`;
  const road_ids = await roadsHeld(db, chief_id);
  const bindings: Bindings = { moment: time.moment, kept: time.kept, role: chief.role, road_ids };
  const mine = { duty: undefined, chief_id };
  const all = await db.raw<{
    rows: { duty: string; period_from: Date; period_to: Date; required: number; walked: number; short: number }[];
  }>(
    `select a.duty, lower(a.period) as period_from, upper(a.period) as period_to, sum(a.required_cm) as required, sum(a.walked_cm) as walked,
       coalesce(sum(a.required_cm - a.walked_cm) filter (where not a.is_met), 0) as short
     from (${audit}) a where a.chief_id = :chief::integer group by a.duty, a.period order by upper(a.period), a.duty`,
    { ...bindings, chief: chief_id } as Bindings,
  );
  const open = await segmentPage(db, audit, 'true', bindings, time.moment, { ...mine, state: 'due', limit: 1000 });
  const required = all.rows.reduce((sum, row) => sum + row.required, 0);
  return {
    chief,
    at: time.moment,
    duties: all.rows.map((row) => ({
      duty: row.duty,
      period: { from: row.period_from.toISOString(), to: row.period_to.toISOString() },
      required_m: roadMetres(row.required),
      walked_m: roadMetres(row.walked),
      short_m: roadMetres(row.short),
    })),
    features: open.features,
    warnings: await warningsOf(db, { kind: 'unwalked', time, required, road_weight: 1, role: chief.role }),
  };
}

type GroupRow = {
  key: number | string | null;
  role: Role;
  period_from: Date;
  period_to: Date;
} & Sums;
type Sums = { due: number; met: number; required: number; walked: number; kept: number; short: number; late: number };

const nothing: Sums = { due: 0, met: 0, required: 0, walked: 0, kept: 0, short: 0, late: 0 };
const together = (a: Sums, b: Sums): Sums => ({
  due: a.due + b.due,
  met: a.met + b.met,
  required: a.required + b.required,
  walked: a.walked + b.walked,
  kept: a.kept + b.kept,
  short: a.short + b.short,
  late: a.late + b.late,
});

const tallyOnWire = (sums: Sums): Cadence['total'] => ({
  due: sums.due,
  met: sums.met,
  missed: sums.due - sums.met,
  required_m: roadMetres(sums.required),
  walked_m: roadMetres(sums.walked),
  kept_m: roadMetres(sums.kept),
  short_m: roadMetres(sums.short),
  kept_percent: percent(sums.kept, sums.required),
  late_m: roadMetres(sums.late),
});

/** What each grouping groups by, and where the names of its groups stand. */
const groupings: Record<CadenceQuery['group'], { key: string; names: 'zones' | 'chiefs' | null }> = {
  none: { key: 'null::integer', names: null },
  town: { key: 'a.town_id', names: 'zones' },
  community: { key: 'a.community_id', names: 'zones' },
  chief: { key: 'a.chief_id', names: 'chiefs' },
  role: { key: 'a.role', names: null },
  duty: { key: 'a.duty', names: null },
  period: {
    key: `to_char(lower(a.period), 'YYYY-MM-DD') || ' ' || to_char(upper(a.period), 'YYYY-MM-DD')`,
    names: null,
  },
};

async function namesOf(db: Knex, table: 'zones' | 'chiefs' | null, rows: GroupRow[]): Promise<Map<string, string>> {
  if (!table) return new Map();
  const ids = rows.flatMap(({ key }) => (typeof key === 'number' ? [key] : []));
  const named = await db(table).whereIn('id', ids).select<{ id: number; name: string }[]>('id', 'name');
  return new Map(named.map(({ id, name }) => [String(id), name]));
}

async function timeAsked(db: Knex, query: { from?: string; to?: string }): Promise<{ from: string; to: string }> {
  const { rows } = await db.raw<{ rows: { from: Date; to: Date; now: Date; days: number }[] }>(
    `with asked as (
       select coalesce(:to::timestamptz, now()) as "to",
         coalesce(:from::timestamptz, date_trunc('day', coalesce(:to::timestamptz, now())) - interval '7 days') as "from"
     )
     select "from", "to", now() as now, ceil(extract(epoch from "to" - "from") / 86400)::integer as days from asked`,
    { from: query.from ?? null, to: query.to ?? null } as Bindings,
  );
  const { from, to, now, days } = rows[0]!;
  if (from >= now) {
    throw new Problem('invalid', `from is ${from.toISOString()}, which is still to come.`, {
      hint: 'Ask for days that are over.',
      errors: [{ path: 'from', message: 'lies in the future', came: query.from }],
    });
  }
  if (from < to && days <= MOST_DAYS) return { from: from.toISOString(), to: (to < now ? to : now).toISOString() };
  throw new Problem(
    'invalid',
    `From ${from.toISOString()} to ${to.toISOString()} is ${from < to ? `${days} days` : 'no time'}.`,
    {
      hint: `Ask for 1 to ${MOST_DAYS} days, from before to.`,
      errors: [{ path: 'to', message: `after from, at most ${MOST_DAYS} days`, came: query.to }],
    },
  );
}

type SegmentRow = {
  duty: string;
  role: Role;
  period_from: Date;
  period_to: Date;
  state: 'met' | 'missed' | 'due';
  chief_id: number | null;
  road_name: string | null;
  class: RoadClass;
  road_id: number;
  span: string;
  sides: string;
  required_cm: number;
  walked_cm: number;
  short_cm: number;
  is_met: boolean;
  key: string;
  total: number;
  total_short: number;
  geometry: CadenceSegment['geometry'];
};

async function segmentPage(
  db: Knex,
  audit: string,
  inZone: string,
  bindings: Bindings,
  now: string,
  query: Pick<CadenceSegmentsQuery, 'duty' | 'chief_id' | 'state' | 'cursor' | 'limit'>,
): Promise<CadenceSegments> {
  const after = readCursor(query.cursor, ['number', 'number', 'string', 'number', 'number']);
  const { rows } = await db.raw<{ rows: SegmentRow[] }>(
    segmentsFile.replaceAll(':audit:', audit).replaceAll(':in_zone:', inZone),
    {
      ...bindings,
      now,
      duty: query.duty ?? null,
      chief: query.chief_id ?? null,
      state: query.state ?? null,
      after_period_s: after?.[0] ?? null,
      after_short: after?.[1] ?? null,
      after_key: after?.[2] ?? null,
      limit: query.limit + 1,
    } as Bindings,
  );
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  const count = rows[0]?.total ?? Number(after?.[3] ?? 0);
  const short = rows[0]?.total_short ?? Number(after?.[4] ?? 0);
  const chiefs = await chiefBriefs(
    db,
    kept.flatMap(({ chief_id }) => chief_id ?? []),
  );
  return {
    type: 'FeatureCollection',
    features: kept.map((row) => ({
      type: 'Feature',
      geometry: row.geometry,
      properties: {
        duty: row.duty,
        role: row.role,
        period: { from: row.period_from.toISOString(), to: row.period_to.toISOString() },
        state: row.state,
        chief: (row.chief_id !== null && chiefs.get(row.chief_id)) || null,
        road_id: row.road_id,
        road_name: row.road_name,
        class: row.class,
        ...stretchOnWire(row),
        required_m: roadMetres(row.required_cm),
        walked_m: roadMetres(row.walked_cm),
        short_m: row.is_met ? 0 : roadMetres(row.short_cm),
      },
    })),
    count,
    short_m: roadMetres(short),
    next_cursor:
      last && rows.length > query.limit
        ? writeCursor([last.period_from.getTime() / 1000, last.short_cm, last.key, count, short])
        : null,
  };
}
