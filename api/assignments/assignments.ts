/**
 * Who gets which stretch: change sets, atomic and tried before they are made.
 *
 * A dry run is the same work in the same transaction, rolled back at the end, so that what is shown is what would
 * happen. Responsibility is never overwritten: it ends and a new row begins (R61).
 */
import type { Knex } from 'knex';
import { openChange, remember, touch } from '../database/change-log.ts';
import { momentSql } from '../http/moment.ts';
import type { Stretch } from '../geometry/sided-spans.ts';
import { centimetres, metres, roadMetres } from '../http/units.ts';
import { roleKeys, type Role } from '../http/shapes.ts';
import { utcText } from '../database/utc-text.ts';
import { notFound, Problem } from '../problems.ts';
import { chiefBriefs } from '../segments/segments.queries.ts';
import { ensureCurrent, refreshSegments } from '../segments/segments.ts';
import type { Assign, Change, ChangeSet, ChangeSetResult, Conflict, Release } from './assignments.contract.ts';
import { endHeld, heldById, heldOn, insertHeld, stretchOf, type HeldRow } from './assignments.queries.ts';
import { effectOf, type SegmentRow } from './effect.ts';
import { shared, weight, without } from './stretch.ts';

type Roads = Map<number, { id: number; name: string | null; length_cm: number }>;
type Window = { from: string; to: string | null };

/** Everything one change set works with. */
type Work = {
  trx: Knex;
  change_id: number;
  roads: Roads;
  conflicts: Conflict[];
  /** Rows of this very set, so that a conflict with them is told apart from one with what was there. */
  own: Set<number>;
  undo: { releases: Release[]; assigns: Assign[] };
};

class RolledBack extends Error {
  readonly result: ChangeSetResult;
  constructor(result: ChangeSetResult) {
    super('rolled back on purpose');
    this.result = result;
  }
}

/**
 * Applies a change set as a whole, or tries it (`dry_run`).
 * @throws Problem `conflict` with every conflict, when it is applied and meets other holders; nothing is changed then.
 * @throws Problem `invalid` for a span outside its road, `not_found` for roads, chiefs and assignments that are not there.
 */
export async function applyChangeSet(db: Knex, actor: string, set: ChangeSet): Promise<ChangeSetResult> {
  await ensureCurrent(db);
  try {
    return await db.transaction((trx) => work(trx, actor, set));
  } catch (error) {
    if (error instanceof RolledBack) return error.result;
    throw error;
  }
}

async function work(trx: Knex, actor: string, set: ChangeSet): Promise<ChangeSetResult> {
  const roads = await lockRoads(trx, set.changes);
  const change_id = await openChange(trx, {
    actor,
    kind: 'assignments',
    note: set.note,
    details: { changes: set.changes },
  });
  const now = await text(trx, undefined);
  const at = await effectMoment(trx, set.changes, now);
  const before = await segmentsAt(trx, roads, at);

  const doing: Work = { trx, change_id, roads, conflicts: [], own: new Set(), undo: { releases: [], assigns: [] } };
  for (const [index, change] of set.changes.entries()) await apply(doing, change, index, now);

  await refreshSegments(trx, [...roads.keys()]);
  await touch(trx, 'assignments');
  const after = await segmentsAt(trx, roads, at);
  const holders = [...before, ...after].flatMap((row) => Object.values(row.holders).filter((id) => id !== null));
  const effect = {
    at: new Date(at).toISOString(),
    ...effectOf(
      before,
      after,
      await chiefBriefs(trx, holders),
      new Map([...roads].map(([id, road]) => [id, road.name])),
    ),
  };
  const result: ChangeSetResult = {
    applied: false,
    change_id: null,
    effect,
    conflicts: doing.conflicts,
    undo: [...doing.undo.releases.toReversed(), ...doing.undo.assigns],
  };
  if (set.dry_run) throw new RolledBack(result);
  if (doing.conflicts.length > 0) throw conflictProblem(doing.conflicts, effect);
  return { ...result, applied: true, change_id };
}

async function apply(doing: Work, change: Change, index: number, now: string): Promise<void> {
  switch (change.op) {
    case 'assign':
      return assign(doing, change, index, now);
    case 'release':
      return release(doing, change, index, now);
    case 'end': {
      const held = await heldById(doing.trx, change.assignment_id);
      if (!held) throw notFound('assignment', change.assignment_id, `It is named by change ${index}.`);
      const at = await text(doing.trx, change.at);
      // Ending it again, by a second click or a stale screen, would move the end and rewrite who held what (R61).
      if (held.valid_to !== null && !earlier(at, held.valid_to)) throw endedAlready(held, index);
      return take(doing, held, held.stretch, { from: at, to: null }, now);
    }
  }
}

async function assign(doing: Work, change: Assign, index: number, now: string): Promise<void> {
  const { trx } = doing;
  const stretch = stretchOn(doing.roads, change, index);
  await requireChief(trx, change, index);
  const window = await windowOf(trx, change, index);
  const others: HeldRow[] = [];
  let free = [stretch];
  for (const held of await heldOn(trx, { road_id: change.road_id, role: change.role, stretch, ...window })) {
    // What the same chief holds already stays as it is: giving 0-300 m to who has 0-100 m gives 100-300 m.
    if (held.chief_id === change.chief_id && covers(held, window))
      free = free.flatMap((piece) => without(piece, held.stretch));
    else others.push(held);
  }
  const inTheWay = others.filter((held) => free.some((piece) => shared(piece, held.stretch)));
  if (inTheWay.length > 0 && !change.replace) {
    for (const held of inTheWay) doing.conflicts.push(await conflictWith(doing, index, held, stretch));
    return;
  }
  // Asked anew for every piece: taking one piece leaves other rows than there were.
  for (const piece of free) {
    for (const held of await heldOn(trx, { road_id: change.road_id, role: change.role, stretch: piece, ...window })) {
      await take(doing, held, piece, window, now);
    }
  }
  await give(
    doing,
    free.map((piece) => ({ ...change, stretch: piece, valid_from: window.from, valid_to: window.to })),
    now,
  );
}

async function release(doing: Work, change: Release, index: number, now: string): Promise<void> {
  const stretch = stretchOn(doing.roads, change, index);
  const window = await windowOf(doing.trx, { valid_from: change.at, valid_to: change.until }, index);
  for (const held of await heldOn(doing.trx, { road_id: change.road_id, role: change.role, stretch, ...window })) {
    const asked = change.chief_id === undefined || change.chief_id === held.chief_id;
    if (asked) await take(doing, held, stretch, window, now);
  }
}

/** Takes a stretch of a held stretch away for a window of time; what is not taken goes on with the same chief. */
async function take(doing: Work, held: HeldRow, stretch: Stretch, window: Window, now: string): Promise<void> {
  const { trx, change_id } = doing;
  const taken = shared(held.stretch, stretch);
  if (!taken) return;
  const from = later(held.valid_from, window.from);
  await remember(trx, change_id, 'assignments', [held.id]);
  await endHeld(trx, change_id, held.id, from);
  const rest = { ...held, valid_from: from };
  const comesBack = window.to !== null && (held.valid_to === null || earlier(window.to, held.valid_to));
  const back = comesBack ? [{ ...rest, stretch: taken, valid_from: window.to! }] : [];
  await insertHeld(trx, change_id, [
    ...without(held.stretch, stretch).map((piece) => ({ ...rest, stretch: piece })),
    ...back,
  ]);
  if (!doing.own.has(held.id)) {
    doing.undo.assigns.push(asAssign(held, taken, from, comesBack ? window.to : held.valid_to, now));
  }
}

async function give(
  doing: Work,
  rows: {
    road_id: number;
    stretch: Stretch;
    role: Role;
    chief_id: number;
    valid_from: string;
    valid_to: string | null;
  }[],
  now: string,
): Promise<void> {
  await insertHeld(doing.trx, doing.change_id, rows);
  for (const row of rows) {
    const made = await heldOn(doing.trx, { ...row, from: row.valid_from, to: row.valid_to });
    for (const { id } of made) doing.own.add(id);
    // Exactly what was given: this chief, this window. What others were given there meanwhile stays theirs.
    doing.undo.releases.push({
      op: 'release',
      ...onWire(row.road_id, row.stretch),
      role: row.role,
      chief_id: row.chief_id,
      ...(row.valid_from === now ? {} : { at: row.valid_from }),
      ...(row.valid_to === null ? {} : { until: row.valid_to }),
    });
  }
}

function asAssign(held: HeldRow, stretch: Stretch, from: string, to: string | null, now: string): Assign {
  return {
    op: 'assign',
    ...onWire(held.road_id, stretch),
    role: held.role,
    chief_id: held.chief_id,
    replace: false,
    ...(from === now ? {} : { valid_from: from }),
    ...(to === null ? {} : { valid_to: to }),
  };
}

const onWire = (road_id: number, { from_cm, to_cm, sides }: Stretch) => ({
  road_id,
  from_m: metres(from_cm),
  to_m: metres(to_cm),
  sides,
});

/** Locks the roads of a set in the order of their ids, so that two sets never wait for each other crosswise. */
async function lockRoads(trx: Knex, changes: Change[]): Promise<Roads> {
  const ended = changes.flatMap((change) => (change.op === 'end' ? [change.assignment_id] : []));
  const named = changes.flatMap((change) => (change.op === 'end' ? [] : [change.road_id]));
  const { rows } = await trx.raw<{ rows: { id: number; name: string | null; length_cm: number }[] }>(
    `select id, name, length_cm from roads
     where id in (select unnest(?::bigint[]) union all select road_id from assignments where id = any (?::bigint[]))
     order by id for no key update`,
    [named, ended],
  );
  const roads: Roads = new Map(rows.map((road) => [road.id, road]));
  const missing = changes.findIndex((change) => change.op !== 'end' && !roads.has(change.road_id));
  if (missing >= 0)
    throw notFound(
      'road',
      (changes[missing] as Assign).road_id,
      `It is named by change ${missing}; the roads are at /api/roads.`,
    );
  return roads;
}

function stretchOn(roads: Roads, change: Assign | Release, index: number): Stretch {
  const road = roads.get(change.road_id)!;
  const stretch = { from_cm: centimetres(change.from_m), to_cm: centimetres(change.to_m), sides: change.sides };
  if (stretch.from_cm >= stretch.to_cm || stretch.to_cm > road.length_cm) {
    throw new Problem(
      'invalid',
      `Change ${index}: ${change.from_m}-${change.to_m} m is not a stretch of ${road.name ?? 'road'} (id ${road.id}), which is ${metres(road.length_cm)} m long.`,
      {
        hint: `Use 0 ≤ from_m < to_m ≤ ${metres(road.length_cm)}.`,
        errors: [
          {
            path: `changes.${index}.to_m`,
            message: 'lies outside the road or not after from_m',
            came: [change.from_m, change.to_m],
          },
        ],
      },
    );
  }
  return stretch;
}

async function requireChief(trx: Knex, change: Assign, index: number): Promise<void> {
  const chief = await trx('chiefs')
    .where({ id: change.chief_id })
    .first<{ name: string; role: Role } | undefined>('name', 'role');
  if (!chief)
    throw notFound('chief', change.chief_id, `It is named by change ${index}; the chiefs are at /api/chiefs.`);
  if (chief.role !== change.role) {
    throw new Problem('invalid', `Change ${index}: ${chief.name} is ${chief.role}, not ${change.role}.`, {
      hint: `Choose a chief whose role is ${change.role}.`,
      errors: [
        { path: `changes.${index}.chief_id`, message: `is a chief of role ${chief.role}`, came: change.chief_id },
      ],
    });
  }
}

async function windowOf(trx: Knex, change: Pick<Assign, 'valid_from' | 'valid_to'>, index: number): Promise<Window> {
  const from = await text(trx, change.valid_from);
  const to = change.valid_to ? await text(trx, change.valid_to) : null;
  if (to !== null && !earlier(from, to)) {
    throw new Problem(
      'invalid',
      `Change ${index}: it would end (${change.valid_to}) before it begins (${change.valid_from ?? 'now'}).`,
      {
        hint: 'Leave valid_to out, or name a later moment.',
      },
    );
  }
  return { from, to };
}

/** A moment as the rows have theirs (utcText): comparable as text, and safe to send back. */
async function text(trx: Knex, moment: string | undefined): Promise<string> {
  const { rows } = await trx.raw<{ rows: { text: string }[] }>(`select ${utcText('?')} as text`, [
    momentSql(trx, moment),
  ]);
  return rows[0]!.text;
}

async function effectMoment(trx: Knex, changes: Change[], now: string): Promise<string> {
  let at = now;
  for (const change of changes) {
    const moment = change.op === 'assign' ? change.valid_from : change.at;
    if (moment !== undefined) at = later(at, await text(trx, moment));
  }
  return at;
}

const earlier = (a: string, b: string): boolean => a < b;
const later = (a: string, b: string): string => (a < b ? b : a);
const covers = (held: HeldRow, window: Window): boolean =>
  !earlier(window.from, held.valid_from) &&
  (held.valid_to === null || (window.to !== null && !earlier(held.valid_to, window.to)));

function endedAlready(held: HeldRow, index: number): Problem {
  return new Problem(
    'conflict',
    `Change ${index}: assignment ${held.id} of ${held.chief_name} ended already, at ${held.valid_to}.`,
    {
      hint: 'Load the road again; name an earlier `at` if it ended too late.',
    },
  );
}

async function conflictWith(doing: Work, index: number, held: HeldRow, stretch: Stretch): Promise<Conflict> {
  const overlap = shared(held.stretch, stretch)!;
  const chiefs = await chiefBriefs(doing.trx, [held.chief_id]);
  return {
    change: index,
    assignment_id: doing.own.has(held.id) ? null : held.id,
    role: held.role,
    ...onWire(held.road_id, overlap),
    road_name: doing.roads.get(held.road_id)?.name ?? null,
    overlap_m: roadMetres(weight(overlap)),
    holder: chiefs.get(held.chief_id)!,
  };
}

function conflictProblem(conflicts: Conflict[], effect: ChangeSetResult['effect']): Problem {
  const first = conflicts[0]!;
  const more = conflicts.length > 1 ? `, and ${conflicts.length - 1} more` : '';
  return new Problem(
    'conflict',
    `${first.holder.name} holds ${first.from_m}-${first.to_m} m of ${first.road_name ?? `road ${first.road_id}`} as ${first.role} (${first.overlap_m} m overlap)${more}.`,
    {
      hint: 'Shorten the stretch, end the other assignment first, or set "replace": true on the change.',
      more: { conflicts, effect },
    },
  );
}

type RawSegment = { road_id: number; span: string; sides: string; required: Role[]; missing: Role[] } & Record<
  Role,
  number | null
>;

async function segmentsAt(trx: Knex, roads: Roads, at: string): Promise<SegmentRow[]> {
  const { rows } = await trx.raw<{ rows: RawSegment[] }>('select * from segments_at(?::timestamptz, ?::integer[])', [
    at,
    [...roads.keys()],
  ]);
  return rows.map(({ road_id, span, sides, required, missing, ...row }) => ({
    road_id,
    stretch: stretchOf(span, sides),
    holders: Object.fromEntries(roleKeys.map((role) => [role, row[role]])) as SegmentRow['holders'],
    required,
    missing,
  }));
}
