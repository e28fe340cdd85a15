/** What was walked by day and role, and how much of it had to be: span algebra in walked.sql. */
import type { Knex } from 'knex';
import { sqlText } from '../database/sql-file.ts';
import { roleKeys, type Role } from '../http/shapes.ts';
import { percent, roadMetres } from '../http/units.ts';
import { notFound, Problem } from '../problems.ts';
import { ensureCurrent } from '../segments/segments.ts';
import { inZone } from '../zones/in-zone.ts';
import type { Walked, WalkedQuery } from '../patrols/patrols.contract.ts';

const walkedFile = sqlText(new URL('./walked.sql', import.meta.url));
const MOST_DAYS = 92;

type Row = { day: string; role: Role; required: number; walked: number; elsewhere: number };

/** @throws Problem `not_found` for an unknown zone or road, `invalid` for a time that ends before it begins or is too long. */
export async function walkedOf(db: Knex, query: WalkedQuery): Promise<Walked> {
  const { from, to } = await timeAsked(db, query);
  const roles = query.role ? [query.role] : [...roleKeys];
  const conditions = await conditionsOf(db, query);
  await ensureCurrent(db);
  const { rows } = await db.raw<{ rows: Row[] }>(
    walkedFile.replaceAll(':conditions:', () => conditions.sql),
    {
      ...conditions.bindings,
      from,
      to,
      roles,
    } as Record<string, Knex.RawBinding>,
  );
  const days = new Map<string, Walked['days'][number]>();
  for (const row of rows) {
    const day = days.get(row.day) ?? { day: row.day, roles: [] };
    days.set(row.day, day);
    day.roles.push({
      role: row.role,
      required_m: roadMetres(row.required),
      walked_m: roadMetres(row.walked),
      walked_percent: percent(row.walked, row.required),
      elsewhere_m: roadMetres(row.elsewhere),
    });
  }
  return { days: [...days.values()] };
}

async function timeAsked(db: Knex, query: WalkedQuery): Promise<{ from: string; to: string }> {
  const { rows } = await db.raw<{ rows: { from: Date; to: Date; days: number }[] }>(
    `with ends as (select coalesce(:to::timestamptz, (now()::date + 1)::timestamptz) as "to"),
     asked as (
       select coalesce(:from::timestamptz, (("to" - interval '1 microsecond')::date - 6)::timestamptz) as "from", "to" from ends
     )
     select "from", "to", ("to" - interval '1 microsecond')::date - "from"::date + 1 as days from asked`,
    { from: query.from ?? null, to: query.to ?? null } as Record<string, Knex.RawBinding>,
  );
  const { from, to, days } = rows[0]!;
  if (from < to && days <= MOST_DAYS) return { from: from.toISOString(), to: to.toISOString() };
  throw new Problem(
    'invalid',
    `From ${from.toISOString()} to ${to.toISOString()} is ${from < to ? `${days} days` : 'no time'}.`,
    {
      hint: `Ask for 1 to ${MOST_DAYS} days, from before to.`,
      errors: [{ path: 'to', message: `after from, at most ${MOST_DAYS} days`, came: query.to }],
    },
  );
}

/** Conditions on `s`, a row of segments. */
async function conditionsOf(
  db: Knex,
  { zone_id, road_id }: WalkedQuery,
): Promise<{ sql: string; bindings: Record<string, number> }> {
  const zone = await inZone(db, zone_id, 's');
  const parts = [zone.sql.replace('?', ':zone_id')];
  if (road_id !== undefined) {
    if (!(await db('roads').where({ id: road_id }).first('id'))) {
      throw notFound('road', road_id, 'The roads are at /api/roads.');
    }
    parts.push('s.road_id = :road_id');
  }
  return {
    sql: parts.join(' and '),
    bindings: {
      ...(zone.bindings[0] !== undefined && { zone_id: zone.bindings[0] }),
      ...(road_id !== undefined && { road_id }),
    },
  };
}
