/** Rows of assignments: what is held, by whom, when. */
import type { Knex } from 'knex';
import { utcText } from '../database/utc-text.ts';
import { momentSql } from '../http/moment.ts';
import { page, readCursor } from '../http/paging.ts';
import { readRange, sidesRange, sidesWord, stretchOnWire } from '../http/units.ts';
import type { Role } from '../http/shapes.ts';
import type { Assignment, AssignmentList, AssignmentQuery } from './assignments.contract.ts';
import type { Stretch } from '../geometry/sided-spans.ts';

/** An assignment as the rules see it. Times are text, so that no microsecond is lost on the way. */
export type HeldRow = {
  id: number;
  road_id: number;
  stretch: Stretch;
  role: Role;
  chief_id: number;
  chief_name: string;
  valid_from: string;
  valid_to: string | null;
};

type RawHeld = Omit<HeldRow, 'stretch'> & { span: string; sides: string };

const heldColumns = `a.id, a.road_id, a.span, a.sides, a.role, a.chief_id, c.name as chief_name,
  ${utcText('lower(a.validity)')} as valid_from, ${utcText('upper(a.validity)')} as valid_to`;

export const stretchOf = (span: string, sides: string): Stretch => {
  const [from_cm, to_cm] = readRange(span);
  return { from_cm, to_cm, sides: sidesWord(sides) };
};
const spanOf = ({ from_cm, to_cm }: Stretch): string => `[${from_cm},${to_cm})`;

/** Assignments of a role that touch a stretch of a road at any time of a window. */
export async function heldOn(
  trx: Knex,
  where: { road_id: number; role: Role; stretch: Stretch; from: string; to: string | null },
): Promise<HeldRow[]> {
  const { rows } = await trx.raw<{ rows: RawHeld[] }>(
    `select ${heldColumns} from assignments a join chiefs c on c.id = a.chief_id
     where a.road_id = ? and a.role = ? and a.span && ?::int4range and a.sides && ?::int4range
       and a.validity && tstzrange(?::timestamptz, ?::timestamptz)
     order by lower(a.span), a.id`,
    [where.road_id, where.role, spanOf(where.stretch), sidesRange(where.stretch.sides), where.from, where.to],
  );
  return rows.map(heldRow);
}

export async function heldById(trx: Knex, id: number): Promise<HeldRow | null> {
  const { rows } = await trx.raw<{ rows: RawHeld[] }>(
    `select ${heldColumns} from assignments a join chiefs c on c.id = a.chief_id where a.id = ?`,
    [id],
  );
  return rows[0] ? heldRow(rows[0]) : null;
}

const heldRow = ({ span, sides, ...row }: RawHeld): HeldRow => ({ ...row, stretch: stretchOf(span, sides) });

export type NewHeld = Omit<HeldRow, 'id' | 'chief_name'>;

export async function insertHeld(trx: Knex, change_id: number, rows: NewHeld[]): Promise<void> {
  for (const row of rows) {
    await trx.raw(
      `insert into assignments (road_id, road_length_cm, span, sides, role, chief_id, validity, change_id)
       select r.id, r.length_cm, ?::int4range, ?::int4range, ?, ?, tstzrange(?::timestamptz, ?::timestamptz), ?
       from roads r where r.id = ?`,
      [
        spanOf(row.stretch),
        sidesRange(row.stretch.sides),
        row.role,
        row.chief_id,
        row.valid_from,
        row.valid_to,
        change_id,
        row.road_id,
      ],
    );
  }
}

/** Ends an assignment; one that has not begun by then is taken out (its row stays in `history`). */
export async function endHeld(trx: Knex, change_id: number, id: number, at: string): Promise<void> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `delete from assignments where id = ? and lower(validity) >= ?::timestamptz`,
    [id, at],
  );
  if (rowCount > 0) return;
  await trx.raw(
    `update assignments set validity = tstzrange(lower(validity), ?::timestamptz), ended_change_id = ? where id = ?`,
    [at, change_id, id],
  );
}

type ListRow = {
  id: number;
  road_id: number;
  road_name: string | null;
  span: string;
  sides: string;
  role: Role;
  chief: Assignment['chief'];
  valid_from: Date;
  valid_to: Date | null;
  assigned_by: string;
  ended_by: string | null;
};

/** Assignments in force at a moment, or all there ever were (`history`), in the order of their ids. */
export async function listAssignments(db: Knex, query: AssignmentQuery): Promise<AssignmentList> {
  const after = readCursor(query.cursor, ['number']);
  const rows = await db('assignments as a')
    .join('roads as r', 'r.id', 'a.road_id')
    .join('chiefs as c', 'c.id', 'a.chief_id')
    .join('change_log as began', 'began.id', 'a.change_id')
    .leftJoin('change_log as ended', 'ended.id', 'a.ended_change_id')
    .modify((builder) => {
      if (query.road_id !== undefined) void builder.where('a.road_id', query.road_id);
      if (query.chief_id !== undefined) void builder.where('a.chief_id', query.chief_id);
      if (query.role) void builder.where('a.role', query.role);
      if (query.history === 'false') void builder.whereRaw('a.validity @> ?', [momentSql(db, query.at)]);
      if (after) void builder.where('a.id', '>', after[0]!);
    })
    .orderBy('a.id')
    .limit(query.limit + 1)
    .select<ListRow[]>(
      'a.id',
      'a.road_id',
      'r.name as road_name',
      'a.span',
      'a.sides',
      'a.role',
      db.raw('lower(a.validity) as valid_from'),
      db.raw('upper(a.validity) as valid_to'),
      db.raw(
        `json_build_object('id', c.id, 'name', c.name, 'organisation', c.organisation, 'phone', c.phone) as chief`,
      ),
      'began.actor as assigned_by',
      'ended.actor as ended_by',
    );
  const { rows: kept, next_cursor } = page(rows, query.limit, (row) => [row.id]);
  return { assignments: kept.map(assignmentOf), next_cursor };
}

function assignmentOf({ span, sides, valid_from, valid_to, ...row }: ListRow): Assignment {
  return {
    ...row,
    ...stretchOnWire({ span, sides }),
    valid_from: valid_from.toISOString(),
    valid_to: valid_to?.toISOString() ?? null,
  };
}
