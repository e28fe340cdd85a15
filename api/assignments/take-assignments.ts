/**
 * Taking assignments in, many at once, by external id. A row that meets another holder of the same role on the same
 * metres, side and time is refused and names that holder; the rest is taken.
 *
 * A register that comes again and says something else about an assignment: another end closes it or opens it again;
 * another stretch or chief from a later day on ends the old one there and begins a new one (R61); from the same day on
 * it is a correction, made in place with its history kept.
 */
import type { Knex } from 'knex';
import { remember } from '../database/change-log.ts';
import type { Role, Sides } from '../http/shapes.ts';
import { metres, readRange, sidesRange } from '../http/units.ts';

export type AssignmentDraft = {
  row: number;
  external_id: string | null;
  road_id: number;
  from_cm: number;
  to_cm: number;
  sides: Sides;
  role: Role;
  chief_id: number;
  /** As PostgreSQL reads it, in the district's time zone where it has no offset. null: now. */
  valid_from: string | null;
  valid_to: string | null;
};

export type TakenAssignments = {
  created: number;
  updated: number;
  unchanged: number;
  refused: { row: number; reason: string }[];
  road_ids: number[];
};

/** Times are microseconds since 1970, so that they compare exactly; an open end is Infinity. */
type Held = {
  id: number | null;
  external_id: string | null;
  road_id: number;
  from_cm: number;
  to_cm: number;
  sides: string;
  role: Role;
  chief_id: number;
  begins: number;
  ends: number;
  /** The row of the file that it came from, for what this import adds. */
  row: number | null;
};

export async function takeAssignments(
  trx: Knex,
  change_id: number,
  drafts: AssignmentDraft[],
): Promise<TakenAssignments> {
  const result: TakenAssignments = { created: 0, updated: 0, unchanged: 0, refused: [], road_ids: [] };
  const times = await readTimes(trx, drafts);
  const slots = new Map<string, Held[]>();
  const known = new Map<string, Held>(); // of several under one id, the one that began last
  for (const held of await readHeld(trx, drafts)) {
    slotOf(slots, held).push(held);
    if (held.external_id !== null) known.set(held.external_id, held);
  }

  const added: Held[] = [];
  const changed = new Map<number, Held>();
  const touched = new Set<number>();
  const seen = new Map<string, number>();
  for (const draft of drafts) {
    const refuse = (reason: string): void => void result.refused.push({ row: draft.row, reason });
    const { valid_from, valid_to, sides, ...rest } = draft;
    const key =
      draft.external_id ??
      JSON.stringify([draft.road_id, draft.from_cm, draft.to_cm, sides, draft.role, draft.chief_id, valid_from]);
    const before = seen.get(key);
    seen.set(key, draft.row);
    if (before !== undefined) {
      refuse(`the same assignment stands in row ${before} already`);
      continue;
    }
    const begins = times.at(valid_from);
    const ends = valid_to === null ? Infinity : times.at(valid_to);
    if (begins >= ends) {
      refuse(`it ends (${valid_to}) before it begins (${valid_from ?? 'now'})`);
      continue;
    }
    const wanted: Held = { ...rest, id: null, sides: sidesRange(sides), begins, ends };
    const found =
      (draft.external_id === null
        ? same(slotOf(slots, wanted), wanted, valid_from === null)
        : known.get(draft.external_id)) ?? null;
    // A register without a beginning says "in force": what is open on the same stretch with the same chief is that, and
    // goes on. What ended stays ended, and another chief or stretch begins now: the past keeps who held it (R61).
    const old = found && valid_from === null && found.ends <= begins ? null : found;
    if (old && valid_from === null && sameStretch(old, wanted)) wanted.begins = old.begins;
    if (old && equal(old, wanted)) {
      result.unchanged += 1;
      continue;
    }
    const ended =
      old && !sameStretch(old, wanted) && wanted.begins > old.begins
        ? { ...old, ends: Math.min(old.ends, wanted.begins) }
        : null;
    const inTheWay = slotOf(slots, wanted).filter((held) => held !== old && overlaps(held, wanted));
    if (inTheWay.length > 0) {
      refuse(await conflictReason(trx, inTheWay, wanted));
      continue;
    }
    touched.add(wanted.road_id);
    if (old) {
      touched.add(old.road_id);
      remove(slotOf(slots, old), old);
      result.updated += 1;
    } else result.created += 1;
    if (ended) {
      changed.set(ended.id!, ended);
      slotOf(slots, ended).push(ended);
    }
    const taken = old && !ended ? { ...wanted, id: old.id } : wanted;
    if (taken.id === null) added.push(taken);
    else changed.set(taken.id, taken);
    slotOf(slots, taken).push(taken);
  }
  await write(trx, change_id, added, [...changed.values()]);
  return { ...result, road_ids: [...touched] };
}

const slotOf = (slots: Map<string, Held[]>, { road_id, role }: Held): Held[] => {
  const key = `${road_id} ${role}`;
  const slot = slots.get(key) ?? [];
  slots.set(key, slot);
  return slot;
};

const remove = (slot: Held[], held: Held): void => void slot.splice(slot.indexOf(held), 1);

const sameStretch = (a: Held, b: Held): boolean =>
  a.road_id === b.road_id &&
  a.from_cm === b.from_cm &&
  a.to_cm === b.to_cm &&
  a.sides === b.sides &&
  a.role === b.role &&
  a.chief_id === b.chief_id;
const equal = (a: Held, b: Held): boolean => sameStretch(a, b) && a.begins === b.begins && a.ends === b.ends;
/** The assignment that a row without an id means: the same stretch, role and chief, from the same moment on (any, where none is given). */
const same = (slot: Held[], wanted: Held, anyBegin: boolean): Held | undefined =>
  slot.find(
    // What this very import added is no older row: two rows of a file that say the same overlap each other.
    (held) =>
      held.id !== null &&
      sameStretch(held, wanted) &&
      (anyBegin ? held.ends > wanted.begins : held.begins === wanted.begins),
  );

const overlaps = (a: Held, b: Held): boolean =>
  a.from_cm < b.to_cm && b.from_cm < a.to_cm && a.begins < b.ends && b.begins < a.ends && sidesMeet(a.sides, b.sides);
const sidesMeet = (a: string, b: string): boolean => a === b || a === '[0,2)' || b === '[0,2)';

async function conflictReason(trx: Knex, inTheWay: Held[], wanted: Held): Promise<string> {
  const other = inTheWay[0]!;
  const from = Math.max(other.from_cm, wanted.from_cm);
  const to = Math.min(other.to_cm, wanted.to_cm);
  const chief = (await trx('chiefs').where({ id: other.chief_id }).first<{ name: string }>('name'))!;
  const where = other.row === null ? 'since earlier' : `by row ${other.row}`;
  const more = inTheWay.length > 1 ? `, and ${inTheWay.length - 1} more assignments are in the way` : '';
  return `${chief.name} holds ${metres(from)}-${metres(to)} m there as ${wanted.role} (${metres(to - from)} m overlap, ${where})${more}; end that first, or shorten this one`;
}

type RawHeld = Omit<Held, 'from_cm' | 'to_cm' | 'row' | 'ends'> & { span: string; ends: number | null };

const heldColumns = `id, external_id, road_id, span, sides, role, chief_id,
  (extract(epoch from lower(validity)) * 1000000)::bigint as begins, (extract(epoch from upper(validity)) * 1000000)::bigint as ends`;

const heldOf = ({ span, ends, ...raw }: RawHeld): Held => {
  const [from_cm, to_cm] = readRange(span);
  return { ...raw, from_cm, to_cm, ends: ends ?? Infinity, row: null };
};

/** What is and was held on the roads that the rows name, and what has their ids, in the order of time. */
async function readHeld(trx: Knex, drafts: AssignmentDraft[]): Promise<Held[]> {
  const { rows } = await trx.raw<{ rows: RawHeld[] }>(
    `select ${heldColumns} from assignments where road_id = any (?) or external_id = any (?) order by lower(validity), id`,
    [[...new Set(drafts.map(({ road_id }) => road_id))], drafts.flatMap(({ external_id }) => external_id ?? [])],
  );
  return rows.map(heldOf);
}

/** The moments of all rows, read by PostgreSQL: it knows the district's time zone and its daylight saving of 1986-1991. */
async function readTimes(trx: Knex, drafts: AssignmentDraft[]): Promise<{ at: (time: string | null) => number }> {
  const texts = [...new Set(drafts.flatMap(({ valid_from, valid_to }) => [valid_from ?? [], valid_to ?? []].flat()))];
  const { rows } = await trx.raw<{ rows: { time: string; us: number }[] }>(
    `select time, (extract(epoch from time::timestamptz) * 1000000)::bigint as us from unnest(?::text[]) as time
     union all select 'now', (extract(epoch from now()) * 1000000)::bigint`,
    [texts],
  );
  const known = new Map(rows.map(({ time, us }) => [time, us]));
  return { at: (time) => known.get(time ?? 'now')! };
}

async function write(trx: Knex, change_id: number, added: Held[], changed: Held[]): Promise<void> {
  await remember(
    trx,
    change_id,
    'assignments',
    changed.map(({ id }) => id!),
  );
  await trx.raw('set constraints one_holder deferred'); // chiefs may change places
  await trx.raw(
    `update assignments a
     set road_id = r.id, road_length_cm = r.length_cm, span = int4range(d.from_cm, d.to_cm), sides = d.sides, role = d.role,
       chief_id = d.chief_id, validity = ${validity},
       ended_change_id = case when d.ends is not null then ?::bigint end
     from jsonb_to_recordset(?::jsonb) as d (id bigint, ${recordColumns}) join roads r on r.id = d.road_id
     where a.id = d.id`,
    [change_id, forJson(changed)],
  );
  await trx.raw(
    `insert into assignments (external_id, road_id, road_length_cm, span, sides, role, chief_id, validity, change_id)
     select d.external_id, r.id, r.length_cm, int4range(d.from_cm, d.to_cm), d.sides, d.role, d.chief_id, ${validity}, ?
     from jsonb_to_recordset(?::jsonb) as d (${recordColumns}) join roads r on r.id = d.road_id
     order by d.row`,
    [change_id, forJson(added)],
  );
  await trx.raw('set constraints one_holder immediate');
}

const recordColumns = `external_id text, road_id integer, from_cm integer, to_cm integer, sides int4range, role text,
  chief_id integer, begins bigint, ends bigint, row integer`;
// Whole microseconds through an interval: a double of seconds since 1970 would be off by one of them.
const validity = `tstzrange(
  timestamptz 'epoch' + d.begins * interval '1 microsecond',
  timestamptz 'epoch' + d.ends * interval '1 microsecond')`;
/** JSON has no Infinity: an open end is null there. */
const forJson = (rows: Held[]): string => JSON.stringify(rows);
