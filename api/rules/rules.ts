/**
 * Changing rules: a rule is never overwritten, it ends and another begins, today or later, so that yesterday's audit
 * still follows yesterday's rules.
 */
import type { Knex } from 'knex';
import { openChange, touch } from '../database/change-log.ts';
import { roleKeys } from '../http/shapes.ts';
import { notFound, Problem } from '../problems.ts';
import { refreshAll } from '../segments/segments.ts';
import type { RuleChange, RuleChanges, RuleChangesResult } from './rules.contract.ts';
import { requiredAt } from './rules.queries.ts';

type Table = 'role_rules' | 'patrol_rules';
const tables = { role: 'role_rules', patrol: 'patrol_rules' } as const;

class RolledBack extends Error {
  readonly result: RuleChangesResult;
  constructor(result: RuleChangesResult) {
    super('rolled back on purpose');
    this.result = result;
  }
}

/**
 * Applies changes of rules as a whole, or tries them (`dry_run`).
 * @throws Problem `invalid` for a day before today, a zone that is no town, hours or companions that contradict each other;
 *   `conflict` for a rule that would begin before one that is set already; `not_found` for a rule that is not there.
 */
export async function changeRules(db: Knex, actor: string, asked: RuleChanges): Promise<RuleChangesResult> {
  try {
    return await db.transaction((trx) => work(trx, actor, asked));
  } catch (error) {
    if (error instanceof RolledBack) return error.result;
    throw error;
  }
}

async function work(trx: Knex, actor: string, asked: RuleChanges): Promise<RuleChangesResult> {
  await trx.raw('select from district for update'); // before the roads, as whoever derives segments anew
  // One set after the other: two that replace the same rule would both begin a new one.
  await trx.raw('lock table role_rules, patrol_rules in share row exclusive mode');
  const { from, now_in_force } = await effectiveFrom(trx, asked.effective_from);
  const change_id = await openChange(trx, {
    actor,
    kind: 'rules',
    note: asked.note,
    details: { effective_from: from, changes: asked.changes },
  });
  const before = await requiredAt(trx, from);
  const begun = { role_rules: new Set<number>(), patrol_rules: new Set<number>() };
  for (const [index, change] of asked.changes.entries()) await apply(trx, change, index, from, change_id, begun);
  const after = await requiredAt(trx, from);
  if (now_in_force) await refreshAll(trx);
  await touch(trx, 'rules');
  const result: RuleChangesResult = {
    applied: !asked.dry_run,
    change_id: asked.dry_run ? null : change_id,
    effective_from: new Date(from).toISOString(),
    effect: roleKeys.map((role) => ({
      role,
      required_before_m: before.get(role)!,
      required_after_m: after.get(role)!,
    })),
    warnings: await warningsOf(trx, from, after),
  };
  if (asked.dry_run) throw new RolledBack(result);
  return result;
}

async function effectiveFrom(trx: Knex, asked: string | undefined): Promise<{ from: string; now_in_force: boolean }> {
  const { rows } = await trx.raw<{ rows: { from: string; past: boolean; now_in_force: boolean }[] }>(
    `with asked as (select coalesce(?::timestamptz, now()) as "from")
     select "from"::text as "from", "from" < date_trunc('day', now()) as past, "from" <= now() as now_in_force from asked`,
    [asked ?? null],
  );
  const { from, past, now_in_force } = rows[0]!;
  if (!past) return { from, now_in_force };
  throw new Problem(
    'invalid',
    `Rules cannot begin at ${asked}, before today: what was judged by the old ones stays judged.`,
    {
      hint: 'Let them begin today or later.',
      errors: [{ path: 'effective_from', message: 'today or later', came: asked }],
    },
  );
}

async function apply(
  trx: Knex,
  change: RuleChange,
  index: number,
  from: string,
  change_id: number,
  begun: Record<Table, Set<number>>,
): Promise<void> {
  if (change.op === 'end') {
    const table = tables[change.rule];
    const rule = await trx(table).where({ id: change.id }).first<{ id: number } | undefined>('id');
    if (!rule)
      throw notFound(`${change.rule} rule`, change.id, `It is named by change ${index}; the rules are at /api/rules.`);
    return end(trx, table, change.id, index, from);
  }
  await requireTown(trx, change.town_id, index);
  const { op, ...rule } = change;
  const row = change.op === 'require' ? { ...rule } : patrolRow(change, index);
  if (change.op === 'patrol') await requireOneRole(trx, change, index, from);
  const table: Table = op === 'require' ? 'role_rules' : 'patrol_rules';
  const same = change.op === 'require' ? { role: change.role, status: change.status } : { duty: change.duty };
  const { rows } = await trx.raw<{ rows: { id: number; later: boolean }[] }>(
    `select id, lower(validity) >= ?::timestamptz as later
     from ${table}
     where ${Object.keys(same)
       .map((name) => `${name} = ?`)
       .join(' and ')}
       and class is not distinct from ? and town_id is not distinct from ? and zone_kind is not distinct from ? and bureau_led is not distinct from ?
       and (upper_inf(validity) or upper(validity) > ?::timestamptz)
     order by lower(validity) nulls first`,
    [from, ...Object.values(same), change.class, change.town_id, change.zone_kind, change.bureau_led, from],
  );
  for (const { id } of rows) {
    if (!begun[table].has(id)) continue;
    throw new Problem('invalid', `Change ${index} sets the same rule as one before it in this set.`, {
      hint: 'Name every rule once.',
      errors: [{ path: `changes.${index}`, message: 'comes twice' }],
    });
  }
  for (const { id } of rows) await end(trx, table, id, index, from);
  const [made] = await trx(table)
    .insert({ ...row, validity: trx.raw('tstzrange(?::timestamptz, null)', [from]), change_id })
    .returning<{ id: number }[]>('id');
  begun[table].add(made!.id);
}

/**
 * Ends a rule. One that has not begun yet was never in force: it is withdrawn, and the change log keeps what was set.
 * @throws Problem `conflict` for a rule that is over by then, or began today and later than that.
 */
async function end(trx: Knex, table: Table, id: number, index: number, from: string): Promise<void> {
  const ended = await trx.raw<{ rows: object[] }>(
    `update ${table} set validity = tstzrange(lower(validity), ?::timestamptz)
     where id = ? and (lower_inf(validity) or lower(validity) < ?::timestamptz) and (upper_inf(validity) or upper(validity) > ?::timestamptz)
     returning id`,
    [from, id, from, from],
  );
  if (ended.rows.length > 0) return;
  const withdrawn = await trx.raw<{ rows: object[] }>(
    `delete from ${table} where id = ? and lower(validity) >= ?::timestamptz and lower(validity) > now() returning id`,
    [id, from],
  );
  if (withdrawn.rows.length > 0) return;
  const { rows } = await trx.raw<{ rows: { begins: Date | null; ends: Date | null }[] }>(
    `select lower(validity) as begins, upper(validity) as ends from ${table} where id = ?`,
    [id],
  );
  const [{ begins, ends }] = rows as [(typeof rows)[number]];
  const since = begins ? `since ${begins.toISOString()}` : 'always';
  throw new Problem(
    'conflict',
    `Change ${index}: rule ${id} is in force ${since}${ends ? ` and until ${ends.toISOString()}` : ''}; it cannot end at ${from}.`,
    { hint: 'Choose a later effective_from, or look at /api/rules?history=true.' },
  );
}

type PatrolChange = Extract<RuleChange, { op: 'patrol' }>;

function patrolRow({ op: _op, hours, joint, ...rule }: PatrolChange, index: number): object {
  const wrong = (path: string, detail: string, message: string, came: unknown): Problem =>
    new Problem('invalid', `Change ${index}: ${detail}`, {
      hint: message,
      errors: [{ path: `changes.${index}.${path}`, message, came }],
    });
  if (hours && hours.from >= hours.to)
    throw wrong(
      'hours',
      `the hours ${hours.from} to ${hours.to} are none.`,
      'from before to, on one day; make two duties for hours over midnight',
      hours,
    );
  if (joint?.role === rule.role)
    throw wrong('joint.role', `${rule.role} cannot keep itself company.`, 'another role', joint.role);
  if (joint && rule.times !== null && rule.times !== 1)
    throw wrong(
      'times',
      `a joint walk ${rule.times} times a ${rule.per} cannot be told.`,
      'once a day, week or month',
      rule.times,
    );
  if (rule.days === 'working' && rule.per !== 'day')
    throw wrong('days', `a ${rule.per} is no working day.`, 'working days only with per "day"', rule.days);
  return {
    ...rule,
    from_time: hours?.from ?? null,
    to_time: hours?.to ?? null,
    joint_role: joint?.role ?? null,
    joint_minutes: joint?.minutes ?? null,
  };
}

async function requireTown(trx: Knex, town_id: number | null, index: number): Promise<void> {
  if (town_id === null) return;
  const zone = await trx('zones')
    .where({ id: town_id })
    .first<{ level: string; name: string } | undefined>('level', 'name');
  if (zone?.level === 'town') return;
  throw new Problem(
    'invalid',
    `Change ${index}: ${zone ? `${zone.name} is a ${zone.level}, not a town` : `there is no zone ${town_id}`}.`,
    {
      hint: 'Choose a town of /api/zones?level=town, or null for all.',
      errors: [{ path: `changes.${index}.town_id`, message: 'the id of a town', came: town_id }],
    },
  );
}

/** Two roles under one duty would stand in for each other. */
async function requireOneRole(trx: Knex, change: PatrolChange, index: number, from: string): Promise<void> {
  const other = await trx('patrol_rules')
    .where({ duty: change.duty })
    .whereNot({ role: change.role })
    .whereRaw('(upper_inf(validity) or upper(validity) > ?::timestamptz)', [from])
    .first<{ id: number; role: string } | undefined>('id', 'role');
  if (!other) return;
  throw new Problem(
    'conflict',
    `Change ${index}: the duty "${change.duty}" belongs to ${other.role} (rule ${other.id}), not to ${change.role}.`,
    {
      hint: 'Give the duty of another role another key.',
    },
  );
}

/** What can be set and yet is hardly meant. */
async function warningsOf(trx: Knex, from: string, required: Map<string, number>): Promise<string[]> {
  const { rows } = await trx.raw<{
    rows: { duty: string; role: string; joint_role: string | null; key_points: boolean; times: number | null }[];
  }>(
    `select distinct duty, role, joint_role, key_points, times from patrol_rules where validity @> ?::timestamptz order by duty`,
    [from],
  );
  const points = await trx('key_points').whereRaw('validity @> ?::timestamptz', [from]).first('id');
  return rows
    .filter(({ times }) => times !== null)
    .flatMap(({ duty, role, joint_role, key_points }) => [
      ...(required.get(role) === 0
        ? [`Duty "${duty}" is for ${role}, which no rule requires anywhere: nothing will be due.`]
        : []),
      ...(joint_role !== null && required.get(joint_role) === 0
        ? [`Duty "${duty}" needs the company of ${joint_role}, which no rule requires anywhere: it can hardly be kept.`]
        : []),
      ...(key_points && !points
        ? [`Duty "${duty}" is for key points, and none is registered: nothing will be due.`]
        : []),
    ]);
}
