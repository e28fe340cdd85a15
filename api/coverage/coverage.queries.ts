/**
 * What is required, met and missing, by role and group. A segment says which roles the rules ask for and which of those
 * nobody holds, the audit of walks which duties were kept; the segments of a road partition both its sides, so
 * required = met + missing exactly.
 */
import type { Knex } from 'knex';
import { sqlText } from '../database/sql-file.ts';
import { roleKeys, type Role } from '../http/shapes.ts';
import { percent, roadMetres } from '../http/units.ts';
import { askedRoads, askedTime, type AskedTime, type Bindings } from './asked.ts';
import type { Coverage, CoverageQuery, TalliedKind } from './coverage.contract.ts';
import { grouped } from './grouped.ts';
import { warningsOf } from './warnings.ts';

const coverageFile = sqlText(new URL('./coverage.sql', import.meta.url));
/** Apart, so that a question about one kind does not plan the others. */
const talliedFiles: Record<TalliedKind, string> = {
  unheld: sqlText(new URL('./coverage-unheld.sql', import.meta.url)),
  unwalked: sqlText(new URL('./coverage-unwalked.sql', import.meta.url)),
  unzoned: sqlText(new URL('./coverage-unzoned.sql', import.meta.url)),
};

/** What each grouping groups by, of which columns it is made, and where the names of its groups stand. */
type Grouping = { key: string; columns: string[]; names: string | null; level: string };
const zoneNames = 'select id as key, name, level from zones where id = any (?)';
const holders = roleKeys.map((role) => `a.${role}`);
const groupings: Record<CoverageQuery['group'], Grouping> = {
  none: { key: 'null::integer', columns: [], names: null, level: 'null' },
  town: { key: 'a.town_id', columns: ['a.town_id'], names: zoneNames, level: 'level' },
  community: { key: 'a.community_id', columns: ['a.community_id'], names: zoneNames, level: 'level' },
  bureau: {
    key: `case when a.bureau_led then (select min(z.id) from zones z where z.level = 'bureau') end`,
    columns: ['a.bureau_led'],
    names: zoneNames,
    level: 'level',
  },
  class: { key: 'a.class', columns: ['a.class'], names: null, level: 'null' },
  road: {
    key: 'a.road_id',
    columns: ['a.road_id'],
    names: 'select id as key, name, null as level from roads where id = any (?)',
    level: 'null',
  },
  chief: {
    key: 'h.chief_id',
    columns: holders,
    names: 'select id as key, name, null as level from chiefs where id = any (?)',
    level: 'null',
  },
};

export type TallyRow = {
  key: number | string | null;
  road_weight: number;
  role: Role | null;
  duty: string | null;
  per: 'day' | 'week' | 'month' | null;
  period_from: Date | null;
  period_to: Date | null;
  required: number | null;
  met: number | null;
  tolerated: number | null;
};
export type Tally = { required: number; met: number; tolerated: number };

/** @throws Problem `not_found` for an unknown zone or road, `invalid` for a grid cell or a time still to be known. */
export async function coverageOf(db: Knex, query: CoverageQuery): Promise<Coverage> {
  const time = await askedTime(db, query);
  const rows = await tallyRows(db, query, time);
  const roles = query.kind === 'unzoned' ? [] : query.role ? [query.role] : [...roleKeys];
  const groups = grouped(rows, ({ key }) => key);
  const road_weight = [...groups.values()].reduce((sum, [first]) => sum + first!.road_weight, 0);
  const total = sumOf(rows);
  return {
    kind: query.kind,
    at: time.moment,
    known_at: time.known,
    road_m: roadMetres(road_weight),
    total: onWire(total),
    roles: byRole(rows, roles),
    duties: dutiesOf(rows),
    groups: query.group === 'none' ? [] : await groupsOf(db, query.group, groups, roles),
    warnings: await warningsOf(db, {
      kind: query.kind,
      time,
      required: total.required,
      road_weight,
      zone_id: query.zone_id,
      role: query.role,
      running: query.period === 'running',
    }),
  };
}

/** Side-centimetres by group, role and duty. */
export async function tallyRows(
  db: Knex,
  query: Pick<CoverageQuery, 'kind' | 'group' | 'role' | 'class' | 'zone_id' | 'road_id' | 'period'>,
  time: AskedTime,
): Promise<TallyRow[]> {
  const place = await askedRoads(db, query, 'a');
  const { key, columns } = groupings[query.group];
  const text = coverageFile
    .replaceAll(':tallied:', talliedFiles[query.kind])
    .replaceAll(':once:', time.kept ? 'not materialized' : 'materialized')
    .replaceAll(':roads:', place.roads)
    .replaceAll(':in_zone:', place.inZone)
    .replaceAll(':group_columns:', columns.map((column) => `${column}, `).join(''))
    .replaceAll(':holder:', query.group === 'chief' ? `holder_of(slot.role, ${holders.join(', ')})` : 'null::integer')
    .replaceAll(':group:', key);
  const { rows } = await db.raw<{ rows: TallyRow[] }>(text, {
    ...place.bindings,
    ...time,
    period: query.period,
    class: query.class ?? null,
    role: query.role ?? null,
    roles: (query.role ? [query.role] : [...roleKeys]) as unknown as Knex.RawBinding,
  } as Bindings);
  return rows;
}

async function groupsOf(
  db: Knex,
  kind: Exclude<CoverageQuery['group'], 'none'>,
  groups: Map<TallyRow['key'], TallyRow[]>,
  roles: Role[],
): Promise<Coverage['groups']> {
  const { names } = groupings[kind];
  type Named = { key: number; name: string | null; level: Coverage['groups'][number]['level'] };
  const known = new Map<TallyRow['key'], Named>();
  if (names) {
    const ids = [...groups.keys()].filter((key) => typeof key === 'number');
    const { rows } = await db.raw<{ rows: Named[] }>(names, [ids]);
    for (const row of rows) known.set(row.key, row);
  }
  return [...groups].map(([key, rows]) => ({
    kind,
    id: typeof key === 'number' ? key : null,
    name: known.get(key)?.name ?? (typeof key === 'string' ? key : null),
    level: known.get(key)?.level ?? null,
    road_m: roadMetres(rows[0]!.road_weight),
    ...onWire(sumOf(rows)),
    roles: byRole(rows, roles),
  }));
}

const byRole = (rows: TallyRow[], roles: Role[]): Coverage['roles'] =>
  roles.map((role) => ({ role, ...onWire(sumOf(rows.filter((row) => row.role === role))) }));

function dutiesOf(rows: TallyRow[]): Coverage['duties'] {
  const duties = grouped(
    rows.filter(({ duty }) => duty !== null),
    ({ duty, role, period_from }) => `${roleKeys.indexOf(role!)} ${duty} ${period_from!.toISOString()}`,
  );
  return [...duties]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...others]]) => ({
      duty: first!.duty!,
      role: first!.role!,
      per: first!.per!,
      period: { from: first!.period_from!.toISOString(), to: first!.period_to!.toISOString() },
      ...onWire(sumOf([first!, ...others])),
    }));
}

export function sumOf(rows: readonly Pick<TallyRow, 'required' | 'met' | 'tolerated'>[]): Tally {
  const sum: Tally = { required: 0, met: 0, tolerated: 0 };
  for (const { required, met, tolerated } of rows) {
    sum.required += required ?? 0;
    sum.met += met ?? 0;
    sum.tolerated += tolerated ?? 0;
  }
  return sum;
}

export function onWire({ required, met, tolerated }: Tally): Coverage['total'] {
  return {
    required_m: roadMetres(required),
    met_m: roadMetres(met),
    missing_m: roadMetres(required - met),
    met_percent: percent(met, required),
    tolerated_m: roadMetres(tolerated),
  };
}
