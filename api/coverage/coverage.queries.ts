/**
 * What is required, held and missing, read from the segments. A segment says which roles the rules ask for and which
 * of those nobody holds, and the segments of a road partition both its sides, so required = held + gap exactly.
 */
import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { readRange, roadMetres, stretchOnWire } from '../http/units.ts';
import { readCursor, writeCursor } from '../http/paging.ts';
import { roleKeys, type RoadClass, type Role } from '../http/shapes.ts';
import { segmentsSource } from '../segments/segments.queries.ts';
import { inZone } from '../zones/in-zone.ts';
import { notFound } from '../problems.ts';
import type { Coverage, CoverageQuery, Gap, GapList, GapQuery } from './coverage.contract.ts';

type Tally = { required: number; held: number };
type Filters = Pick<GapQuery, 'at' | 'role' | 'class' | 'zone_id' | 'road_id' | 'bbox'>;

/** What each grouping groups by, and where the name of a group stands. */
const groupings: Record<CoverageQuery['group'], { key: string; name: string; level: string; join: string }> = {
  none: { key: 'null::integer', name: 'null', level: 'null', join: '' },
  town: { key: 's.town_id', name: 'z.name', level: 'z.level', join: 'left join zones z on z.id = g.key' },
  community: { key: 's.community_id', name: 'z.name', level: 'z.level', join: 'left join zones z on z.id = g.key' },
  bureau: {
    key: `case when s.bureau_led then (select min(id) from zones where level = 'bureau') end`,
    name: 'z.name',
    level: 'z.level',
    join: 'left join zones z on z.id = g.key',
  },
  class: { key: 'r.class', name: 'g.key', level: 'null', join: '' },
  road: { key: 's.road_id', name: 'road.name', level: 'null', join: 'left join roads road on road.id = g.key' },
};

type GroupRow = {
  key: number | string | null;
  name: string | null;
  level: Coverage['groups'][number]['level'];
  road_weight: number;
  tallies: Partial<Record<Role, Tally>> | null;
};

/** Coverage per role, in total and per group. Metres of road; a side alone counts half. */
export async function coverageOf(db: Knex, query: CoverageQuery): Promise<Coverage> {
  const source = await segmentsSource(db, query.at);
  const where = await conditions(db, query);
  const grouping = groupings[query.group];
  const roles = query.role ? [query.role] : [...roleKeys];
  const { rows } = await db.raw<{ rows: GroupRow[] }>(
    `with
     asked as (
       select ${grouping.key} as key, side_cm(s.span, s.sides) as weight, s.required, s.missing
       from ${source.sql} s join roads r on r.id = s.road_id
       where ${where.sql}
     ),
     lengths as (select key, sum(weight) as road_weight from asked group by key),
     tallies as (
       select a.key, role, sum(a.weight) as required,
         coalesce(sum(a.weight) filter (where role <> all (a.missing)), 0) as held
       from asked a cross join unnest(a.required) as role
       where role = any (?)
       group by a.key, role
     ),
     groups as (
       select l.key, l.road_weight, json_object_agg(t.role, json_build_object('required', t.required, 'held', t.held))
         filter (where t.role is not null) as tallies
       from lengths l left join tallies t on t.key is not distinct from l.key
       group by l.key, l.road_weight
     )
     select g.key, ${grouping.name} as name, ${grouping.level} as level, g.road_weight, g.tallies
     from groups g ${grouping.join}
     order by g.road_weight desc, g.key`,
    [...source.bindings, ...where.bindings, roles],
  );
  const whole = sum(
    rows.map((row) => row.tallies ?? {}),
    roles,
  );
  return {
    at: await momentText(db, query.at),
    road_m: roadMetres(rows.reduce((total, row) => total + row.road_weight, 0)),
    total: tally(together(whole, roles)),
    roles: roleTallies(whole, roles),
    groups:
      query.group === 'none'
        ? []
        : rows.map((row) => ({
            kind: query.group as Exclude<CoverageQuery['group'], 'none'>,
            id: typeof row.key === 'number' ? row.key : null,
            name: row.name,
            level: row.level,
            road_m: roadMetres(row.road_weight),
            ...tally(together(row.tallies ?? {}, roles)),
            roles: roleTallies(row.tallies ?? {}, roles),
          })),
  };
}

const gapsFile = readFileSync(new URL('./gaps.sql', import.meta.url), 'utf8').replace(/--.*$/gm, '');

type GapRow = {
  road_id: number;
  role: Role;
  span: string;
  sides: string;
  weight: number;
  bureau_led: boolean;
  gap_count: number;
  gap_weight: number;
  road_name: string | null;
  class: RoadClass;
  town: { id: number; name: string } | null;
  community: { id: number; name: string } | null;
  geometry: Gap['geometry'];
  since: Date | null;
  last_holder: string | null;
};

/** Gaps of the kind *unheld*: maximal stretches that lack a required role, longest first. */
export async function listGaps(db: Knex, query: GapQuery): Promise<GapList> {
  const source = await segmentsSource(db, query.at);
  const where = await conditions(db, query);
  const roleOnly = query.role ? { sql: 'm.role = ?', bindings: [query.role] } : { sql: 'true', bindings: [] };
  const after = readCursor(query.cursor, ['number', 'number', 'string', 'number', 'number', 'number', 'number']);
  const text = gapsFile
    .replace(':segments:', () => positional(source.sql, 'source'))
    .replace(':conditions:', () => `${positional(where.sql, 'where')} and ${positional(roleOnly.sql, 'role')}`);
  const { rows } = await db.raw<{ rows: GapRow[] }>(text, {
    ...named(source.bindings, 'source'),
    ...named(where.bindings, 'where'),
    ...named(roleOnly.bindings, 'role'),
    min_length_cm: Math.round(query.min_length_m * 100),
    after_weight: after?.[0] ?? null,
    after_road: after?.[1] ?? null,
    after_role: after?.[2] ?? null,
    after_from: after?.[3] ?? null,
    after_side: after?.[4] ?? null,
    at: query.at ?? 'now',
    limit: query.limit + 1,
  } as Record<string, Knex.RawBinding>);
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  // The totals are those of the whole list, so a page beyond the last row takes them from its cursor.
  const count = rows[0]?.gap_count ?? Number(after?.[5] ?? 0);
  const weight = rows[0]?.gap_weight ?? Number(after?.[6] ?? 0);
  return {
    type: 'FeatureCollection',
    features: kept.map(gapFeature),
    count,
    gap_m: roadMetres(weight),
    next_cursor:
      last && rows.length > query.limit
        ? writeCursor([
            last.weight,
            last.road_id,
            last.role,
            readRange(last.span)[0],
            readRange(last.sides)[0],
            count,
            weight,
          ])
        : null,
  };
}

function gapFeature(row: GapRow): Gap {
  return {
    type: 'Feature',
    geometry: row.geometry,
    properties: {
      kind: 'unheld',
      role: row.role,
      road_id: row.road_id,
      road_name: row.road_name,
      class: row.class,
      ...stretchOnWire(row),
      town: row.town,
      community: row.community,
      bureau_led: row.bureau_led,
      since: row.since?.toISOString() ?? null,
      last_holder: row.last_holder,
    },
  };
}

async function conditions(db: Knex, filters: Filters): Promise<{ sql: string; bindings: Knex.RawBinding[] }> {
  const zone = await inZone(db, filters.zone_id, 's');
  const parts: { sql: string; bindings: Knex.RawBinding[] }[] = [zone];
  if (filters.class) parts.push({ sql: 'r.class = ?', bindings: [filters.class] });
  if (filters.road_id !== undefined) {
    if (!(await db('roads').where({ id: filters.road_id }).first('id'))) {
      throw notFound('road', filters.road_id, 'The roads are at /api/roads.');
    }
    parts.push({ sql: 's.road_id = ?', bindings: [filters.road_id] });
  }
  if (filters.bbox) {
    parts.push({
      sql: 'r.geom && (select asked_area(?, ?, ?, ?))',
      bindings: filters.bbox,
    });
  }
  return { sql: parts.map(({ sql }) => sql).join(' and '), bindings: parts.flatMap(({ bindings }) => bindings) };
}

/** `?` → `:name_0`, `:name_1` …: knex takes either positional or named bindings, never both. */
function positional(sql: string, name: string): string {
  let index = 0;
  return sql.replace(/\?/g, () => `:${name}_${index++}`);
}
const named = (bindings: Knex.RawBinding[], name: string): Record<string, Knex.RawBinding> =>
  Object.fromEntries(bindings.map((binding, index) => [`${name}_${index}`, binding]));

function sum(tallies: Partial<Record<Role, Tally>>[], roles: Role[]): Partial<Record<Role, Tally>> {
  return Object.fromEntries(
    roles.map((role) => [
      role,
      {
        required: tallies.reduce((total, each) => total + (each[role]?.required ?? 0), 0),
        held: tallies.reduce((total, each) => total + (each[role]?.held ?? 0), 0),
      },
    ]),
  );
}

function together(tallies: Partial<Record<Role, Tally>>, roles: Role[]): Tally {
  return {
    required: roles.reduce((total, role) => total + (tallies[role]?.required ?? 0), 0),
    held: roles.reduce((total, role) => total + (tallies[role]?.held ?? 0), 0),
  };
}

const roleTallies = (tallies: Partial<Record<Role, Tally>>, roles: Role[]): Coverage['roles'] =>
  roles.map((role) => ({ role, ...tally(tallies[role] ?? { required: 0, held: 0 }) }));

function tally({ required, held }: Tally): Coverage['total'] {
  return {
    required_m: roadMetres(required),
    held_m: roadMetres(held),
    gap_m: roadMetres(required - held),
    // Rounded down to a hundredth: 99.999 % is not "everything".
    held_percent: required === 0 ? null : Math.floor((held / required) * 10_000) / 100,
  };
}

async function momentText(db: Knex, at: string | undefined): Promise<string> {
  const { rows } = await db.raw<{ rows: { at: Date }[] }>('select ?::timestamptz as at', [at ?? 'now']);
  return rows[0]!.at.toISOString();
}
