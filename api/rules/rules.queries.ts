/** Rows of rules, as they are kept and as the wire says them. */
import type { Knex } from 'knex';
import type { Role } from '../http/shapes.ts';
import { roleKeys } from '../http/shapes.ts';
import { roadMetres } from '../http/units.ts';
import type { PatrolRule, RoleRule, Rules, RulesQuery } from './rules.contract.ts';

type Dated = { valid_from: Date | null; valid_to: Date | null };
type PatrolRow = Omit<PatrolRule, 'hours' | 'joint' | 'valid_from' | 'valid_to'> &
  Dated & { from_time: string | null; to_time: string | null; joint_role: Role | null; joint_minutes: number | null };
type RoleRow = Omit<RoleRule, 'valid_from' | 'valid_to'> & Dated;

const dated = `r.id, z.name as town_name, r.source, r.class, r.town_id, r.zone_kind, r.bureau_led,
  lower(r.validity) as valid_from, upper(r.validity) as valid_to`;
const inForce = `left join zones z on z.id = r.town_id
  where :history::boolean or r.validity @> coalesce(:at::timestamptz, now())`;

/** Rules in force at a moment, or of all times; the general ones before the particular. */
export async function listRules(db: Knex, { at, history }: RulesQuery): Promise<Rules> {
  const asked = { at: at ?? null, history } as Record<string, Knex.RawBinding>;
  const order = `rule_rank(r.class, r.town_id, r.zone_kind, r.bureau_led), r.class, r.town_id, lower(r.validity) nulls first, r.id`;
  const roles = await db.raw<{ rows: RoleRow[] }>(
    `select ${dated}, r.role, r.status, r.required from role_rules r join roles o on o.role = r.role ${inForce} order by o.position, ${order}`,
    asked,
  );
  const patrols = await db.raw<{ rows: PatrolRow[] }>(
    `select ${dated}, r.duty, r.role, r.times, r.per, r.share_percent, r.from_time, r.to_time, r.joint_role, r.joint_minutes, r.key_points, r.days
     from patrol_rules r join roles o on o.role = r.role ${inForce} order by o.position, r.duty, ${order}`,
    asked,
  );
  const kinds = await db('zones').where({ level: 'town' }).distinct<{ kind: string }[]>('kind').orderBy('kind');
  const { rows } = await db.raw<{ rows: { at: Date }[] }>('select coalesce(?::timestamptz, now()) as at', [at ?? null]);
  return {
    at: rows[0]!.at.toISOString(),
    roles: roles.rows.map((row) => ({ ...row, ...datesOf(row) })),
    patrols: patrols.rows.map(patrolOnWire),
    zone_kinds: kinds.map(({ kind }) => kind),
  };
}

const datesOf = ({ valid_from, valid_to }: Dated): { valid_from: string | null; valid_to: string | null } => ({
  valid_from: valid_from?.toISOString() ?? null,
  valid_to: valid_to?.toISOString() ?? null,
});

function patrolOnWire({ from_time, to_time, joint_role, joint_minutes, ...row }: PatrolRow): PatrolRule {
  return {
    ...row,
    ...datesOf(row),
    hours: from_time === null ? null : { from: from_time.slice(0, 5), to: to_time!.slice(0, 5) },
    joint: joint_role === null ? null : { role: joint_role, minutes: joint_minutes! },
  };
}

/** Metres on which each role is required at a moment. */
export async function requiredAt(db: Knex, moment: string): Promise<Map<Role, number>> {
  const { rows } = await db.raw<{ rows: { role: Role; weight: number }[] }>(
    `select role, sum(side_cm(s.span, s.sides)) as weight
     from segments_at(?::timestamptz, null) s, unnest(s.required) as role group by role`,
    [moment],
  );
  const weights = new Map(rows.map(({ role, weight }) => [role, weight]));
  return new Map(roleKeys.map((role) => [role, roadMetres(weights.get(role) ?? 0)]));
}
