/**
 * What happens to responsibility when a road is redrawn: it stays with the place. Each end of an assignment is looked for
 * on the new line within 30 m; what has no place there is clipped or taken out, kept in `history`, and listed for a person.
 */
import type { Knex } from 'knex';
import { remember } from '../database/change-log.ts';
import { carryOver } from '../geometry/carry-over.ts';
import { metres, readRange } from '../http/units.ts';

/**
 * 30 m: a carriageway's width and the error of a hand-drawn line together stay below it, the next parallel street of a
 * city is mostly beyond it.
 */
export const CARRY_TOLERANCE_M = 30;

export type Redrawn = {
  id: number;
  name: string | null;
  old_cm: number;
  new_cm: number;
  old_line: [x: number, y: number][];
  new_line: [x: number, y: number][];
};

export type CarriedAssignments = {
  moved: number;
  /** A sentence for each that was clipped or taken out. */
  needs_decision: string[];
  /** A road keeps every span inside it at every moment, so spans on roads that become shorter move first. */
  beforeRoads: () => Promise<void>;
  afterRoads: () => Promise<void>;
};

type Held = { id: number; road_id: number; span: string; sides: string; role: string; chief: string; over: boolean };
type Move = { id: number; span: string; sides: string; shorter: boolean };

/** Plans where the assignments of redrawn roads go. Nothing is written until `beforeRoads` and `afterRoads` are called. */
export async function planCarryOver(trx: Knex, change_id: number, roads: Redrawn[]): Promise<CarriedAssignments> {
  const { rows: held } = await trx.raw<{ rows: Held[] }>(
    `select a.id, a.road_id, a.span, a.sides, a.role, c.name as chief, upper(a.validity) <= now() as over
     from assignments a join chiefs c on c.id = a.chief_id
     where a.road_id = any (?::integer[]) order by a.id`,
    [roads.map(({ id }) => id)],
  );
  const moves: Move[] = [];
  const lost: number[] = [];
  const needs_decision: string[] = [];
  const heldBy = new Map<number, Held[]>();
  for (const row of held) heldBy.set(row.road_id, [...(heldBy.get(row.road_id) ?? []), row]);
  for (const road of roads) {
    const rows = heldBy.get(road.id) ?? [];
    if (rows.length === 0) continue;
    const cuts = rows.flatMap(({ span }) => readRange(span)).map(metres);
    const carried = carryOver(road.old_line.flat(), road.new_line.flat(), cuts, CARRY_TOLERANCE_M);
    const toCm = (at: number): number => Math.min(road.new_cm, Math.round((at / carried.length) * road.new_cm));
    for (const row of rows) {
      const [from_cm, to_cm] = readRange(row.span);
      const found = carried.span(metres(from_cm), metres(to_cm));
      const span: [number, number] = found ? [toCm(found.from), toCm(found.to)] : [0, 0];
      const who = `${row.chief} (${row.role}) on ${road.name ?? `road ${road.id}`}, ${metres(from_cm)}-${metres(to_cm)} m before`;
      if (span[0] >= span[1]) {
        lost.push(row.id);
        if (!row.over)
          needs_decision.push(
            `${who}: no place on the new line; the assignment was taken out, give it anew where it is meant.`,
          );
        continue;
      }
      if (found!.lost > CARRY_TOLERANCE_M && !row.over) {
        needs_decision.push(
          `${who}, now ${metres(span[0])}-${metres(span[1])} m: about ${Math.round(found!.lost)} m of it run elsewhere now; check its ends.`,
        );
      }
      const move = {
        id: row.id,
        span: `[${span[0]},${span[1]})`,
        sides: carried.reversed ? mirrored(row.sides) : row.sides,
      };
      if (move.span !== row.span || move.sides !== row.sides)
        moves.push({ ...move, shorter: road.new_cm < road.old_cm });
    }
  }
  return {
    moved: moves.length,
    needs_decision,
    async beforeRoads() {
      await trx.raw('set constraints one_holder deferred'); // a shift passes over its neighbours on the way
      await remember(trx, change_id, 'assignments', [...moves.map(({ id }) => id), ...lost]);
      if (lost.length > 0) await trx('assignments').whereIn('id', lost).delete();
      await move(
        trx,
        moves.filter(({ shorter }) => shorter),
      );
    },
    async afterRoads() {
      await move(
        trx,
        moves.filter(({ shorter }) => !shorter),
      );
      await trx.raw('set constraints one_holder immediate');
    },
  };
}

const mirrored = (sides: string): string => (sides === '[0,1)' ? '[1,2)' : sides === '[1,2)' ? '[0,1)' : sides);

async function move(trx: Knex, moves: Move[]): Promise<void> {
  if (moves.length === 0) return;
  await trx.raw(
    `update assignments a set span = m.span, sides = m.sides
     from jsonb_to_recordset(?::jsonb) as m (id bigint, span int4range, sides int4range) where a.id = m.id`,
    [JSON.stringify(moves)],
  );
}
