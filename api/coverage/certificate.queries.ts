/** The questions a certificate asks, each in the transaction of its one state. */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { sqlFile, sqlText } from '../database/sql-file.ts';
import { utcText } from '../database/utc-text.ts';
import type { RoadClass, Role, ZoneLevel } from '../http/shapes.ts';
import { checkZones } from '../zones/zones.queries.ts';
import { askedRoads, type AskedTime, type Bindings } from './asked.ts';
import type { Certificate, LaterChanges, LaterChangesQuery } from './certificate.contract.ts';

const partitionFile = sqlText(new URL('./certificate-partition.sql', import.meta.url));
const heldFile = sqlText(new URL('./certificate-held.sql', import.meta.url));
const inputsFile = sqlText(new URL('./certificate-inputs.sql', import.meta.url));

/**
 * Fills in which roads a question is about: a bound array, as askedRoads gives it, null for all. The planner knows its
 * value, so the condition falls away where all are asked for.
 */
export const fillRoads = (file: string, roads: string): string =>
  file
    .replace(/:in_roads\(([\w.]+)\):/g, (_, column: string) => `(${roads} is null or ${column} = any (${roads}))`)
    .replaceAll(':roads:', roads);

type Asked = { time: AskedTime; zone_id?: number | undefined };

async function ask<Row>(trx: Knex, file: string, { time, zone_id }: Asked): Promise<Row[]> {
  const { roads, inZone, bindings } = await askedRoads(trx, { ...(zone_id !== undefined && { zone_id }) }, 'a');
  const text = fillRoads(file, roads).replaceAll(':in_zone:', inZone);
  return (await trx.raw<{ rows: Row[] }>(text, { ...bindings, ...time } as Bindings)).rows;
}

export type Partition = {
  roads: number;
  length_cm: number;
  segments: number;
  failing: number;
  failing_road: number | null;
  different: number;
  different_road: number | null;
};
export const partitionOf = async (trx: Knex, asked: Asked): Promise<Partition> =>
  (await ask<Partition>(trx, partitionFile, asked))[0]!;

export type Held = { class: RoadClass; role: Role; required: number; met: number; missing: number };
/** Side-centimetres by role and class, from the assignments themselves. */
export const heldDirectly = (trx: Knex, asked: Asked): Promise<Held[]> => ask(trx, heldFile, asked);

/** What each line of an input is; the order is that of the first members, then of the line. */
const inputLines: Record<string, string> = {
  roads: '[id, external_id, name, class, status, length_cm, created_at, SHA-256 of its WKB]',
  zones: '[id, code, level, name, kind, parent_id, SHA-256 of its WKB]',
  zone_stretches: '[road_id, zone_id, from_cm, to_cm, first side, last side]',
  assignments:
    '[road_id, role, from_cm, to_cm, first side, last side, chief_id, begin, end] begun by then; an end still to come then is null',
  chiefs: '[id, external_id, name, role] of those who held something',
  role_rules: '[id, role, required, status, class, town_id, zone_kind, bureau_led] in force',
  patrol_rules:
    '[id, duty, role, times, per, share_percent, from_time, to_time, joint_role, joint_minutes, key_points, days, class, town_id, zone_kind, bureau_led] in force',
  key_points: '[id, road_id, measure_cm, reach_cm] in force',
  passes:
    '[patrol_id, number, role, road_id, from_cm, to_cm, first side, last side, begin, end] credited, begun in the periods of the duties',
  earlier_walks:
    '[road_id, role, number of credited passes begun by then, sum of from_cm, sum of to_cm, sum of sides, last end]',
  calendar: '[day, working] of the 62 days before',
};
const sha256OfNothing = createHash('sha256').digest('hex');

export async function inputsOf(trx: Knex, asked: Asked): Promise<Certificate['inputs']> {
  const found = await ask<{ input: string; rows: number; sha256: string }>(trx, inputsFile, asked);
  return Object.entries(inputLines).map(([input, lines]) => {
    const { rows, sha256 } = found.find((one) => one.input === input) ?? { rows: 0, sha256: sha256OfNothing };
    return { input, rows, sha256, lines };
  });
}

type Parent = {
  id: number;
  code: string;
  level: ZoneLevel;
  name: string;
  children_level: ZoneLevel;
  children: number;
  all_borders_m: number;
} & Record<'area_m2' | 'children_m2' | 'covered_m2' | 'hole_m2' | 'overlap_m2' | 'outside_m2', number>;
const tiling = sqlFile<Parent>(new URL('./certificate-tiling.sql', import.meta.url));

export type Tiling = { parent: Certificate['tiling']['parents'][number]; all_borders_m: number };
/** Every parent with how its children lie in it. `tiles` is by zone-faults.sql, whose limits of width and area hold. */
export async function tilingOf(trx: Knex, zone_id: number | undefined): Promise<Tiling[]> {
  const { faults } = await checkZones(trx);
  const parentOf = new Map(
    (
      await trx('zones').select<{ id: number; parent_id: number | null; level: ZoneLevel }[]>(
        'id',
        'parent_id',
        'level',
      )
    ).map((zone) => [zone.id, zone] as const),
  );
  const isOff = (parent: number, level: ZoneLevel): boolean =>
    faults.some(({ fault, zone_ids }) => {
      const first = parentOf.get(zone_ids[0]!)!;
      if (fault === 'hole') return first.id === parent;
      return first.level === level && zone_ids.some((id) => parentOf.get(id)?.parent_id === parent);
    });
  const parents = await tiling(trx, { zone_id: zone_id ?? null });
  return parents.map(({ id, code, level, name, all_borders_m, ...measured }) => ({
    parent: { zone: { id, code, level, name }, ...measured, tiles: !isOff(id, measured.children_level) },
    all_borders_m,
  }));
}

/** The rules in force, as sentences can be made of. */
export async function rulesAt(trx: Knex, moment: string): Promise<Certificate['rules']> {
  const roles = await trx.raw<{ rows: Certificate['rules']['roles'] }>(
    `select r.role, r.required, r.status, r.class, z.code as town, r.zone_kind, r.bureau_led, r.source
     from role_rules r left join zones z on z.id = r.town_id
     where r.validity @> ?::timestamptz order by (select o.position from roles o where o.role = r.role), r.id`,
    [moment],
  );
  const duties = await trx.raw<{ rows: Certificate['rules']['duties'] }>(
    `select r.duty, r.role, r.times, r.per, r.share_percent, r.from_time::text || '-' || r.to_time::text as hours, r.joint_role,
       r.joint_minutes, r.key_points, r.days, r.class, z.code as town, r.zone_kind, r.bureau_led, r.source
     from patrol_rules r left join zones z on z.id = r.town_id
     where r.validity @> ?::timestamptz order by (select o.position from roles o where o.role = r.role), r.id`,
    [moment],
  );
  return { roles: roles.rows, duties: duties.rows };
}

/** Changes and patrols that came in after a moment, the first changes first. */
export async function laterChanges(db: Knex, { since, limit }: LaterChangesQuery): Promise<LaterChanges> {
  const changes = await db.raw<{ rows: (LaterChanges['changes'][number] & { count: number })[] }>(
    `select c.id, ${utcText('c.at')} as at, c.actor, c.kind, c.note, count(*) over () as count
     from change_log c where c.at > ?::timestamptz order by c.at, c.id limit ?`,
    [since, limit],
  );
  const patrols = await db.raw<{ rows: (LaterChanges['patrols'][number] & { count: number })[] }>(
    `select t.external_id, c.name as chief, t.role, ${utcText('t.started_at')} as started_at, ${utcText('t.received_at')} as received_at,
       count(*) over () as count
     from patrols t join chiefs c on c.id = t.chief_id
     where t.received_at > ?::timestamptz order by t.received_at, t.id limit ?`,
    [since, limit],
  );
  return {
    since,
    count: changes.rows[0]?.count ?? 0,
    changes: changes.rows.map(({ id, at, actor, kind, note }) => ({ id, at, actor, kind, note })),
    patrols: patrols.rows.map(({ external_id, chief, role, started_at, received_at }) => ({
      external_id,
      chief,
      role,
      started_at,
      received_at,
    })),
    patrol_count: patrols.rows[0]?.count ?? 0,
  };
}
