/**
 * What a change set does, in metres: the segments of the touched roads before and after, compared piece by piece.
 * Pure: two lists of segments in, the effect out.
 */
import { roleKeys, type Role } from '../http/shapes.ts';
import { metres, roadMetres } from '../http/units.ts';
import { fromStretches, toStretches, type Stretch } from '../geometry/sided-spans.ts';
import { shared, weight } from './stretch.ts';
import type { Effect } from './assignments.contract.ts';

export type SegmentRow = {
  road_id: number;
  stretch: Stretch;
  holders: Record<Role, number | null>;
  required: Role[];
  missing: Role[];
};
type ChiefBrief = Effect['chiefs'][number]['chief'];
type Piece = { role: Role; road_id: number; stretch: Stretch };

/** @param chiefs every chief that holds anything before or after. */
export function effectOf(
  before: SegmentRow[],
  after: SegmentRow[],
  chiefs: Map<number, ChiefBrief>,
  roadNames: Map<number, string | null>,
): Omit<Effect, 'at'> {
  const gained = new Map<string, number>();
  const lost = new Map<string, number>();
  const add = (tally: Map<string, number>, role: Role, chief: number, amount: number): void => {
    const key = `${role} ${chief}`;
    tally.set(key, (tally.get(key) ?? 0) + amount);
  };
  const changedRoads = new Set<number>();
  const closed: Piece[] = [];
  const opened: Piece[] = [];
  for (const { old, now, stretch } of overlay(before, after)) {
    for (const role of roleKeys) {
      const [was, is] = [old.holders[role], now.holders[role]];
      if (was !== is) {
        changedRoads.add(old.road_id);
        if (was !== null) add(lost, role, was, weight(stretch));
        if (is !== null) add(gained, role, is, weight(stretch));
      }
      const [wasGap, isGap] = [old.missing.includes(role), now.missing.includes(role)];
      if (wasGap && !isGap) closed.push({ role, road_id: old.road_id, stretch });
      if (!wasGap && isGap) opened.push({ role, road_id: old.road_id, stretch });
    }
  }
  const of = (tally: Map<string, number>, role: Role): number =>
    [...tally].reduce((total, [key, amount]) => (key.startsWith(`${role} `) ? total + amount : total), 0);
  const required = (rows: SegmentRow[], role: Role, kind: 'required' | 'missing'): number =>
    rows.reduce((total, row) => (row[kind].includes(role) ? total + weight(row.stretch) : total), 0);
  const named = (piece: Piece): Effect['gaps_closed'][number] => ({
    role: piece.role,
    road_id: piece.road_id,
    road_name: roadNames.get(piece.road_id) ?? null,
    from_m: metres(piece.stretch.from_cm),
    to_m: metres(piece.stretch.to_cm),
    sides: piece.stretch.sides,
    length_m: metres(piece.stretch.to_cm - piece.stretch.from_cm),
  });
  const keys = [...new Set([...gained.keys(), ...lost.keys()])];
  return {
    roads: changedRoads.size,
    roles: roleKeys
      .map((role) => ({
        role,
        gained_m: roadMetres(of(gained, role)),
        lost_m: roadMetres(of(lost, role)),
        required_m: roadMetres(required(after, role, 'required')),
        gap_before_m: roadMetres(required(before, role, 'missing')),
        gap_after_m: roadMetres(required(after, role, 'missing')),
      }))
      .filter((row) => row.gained_m > 0 || row.lost_m > 0),
    chiefs: keys.map((key) => {
      const [role, chief] = key.split(' ') as [Role, string];
      return {
        chief: chiefs.get(Number(chief))!,
        role,
        gained_m: roadMetres(gained.get(key) ?? 0),
        lost_m: roadMetres(lost.get(key) ?? 0),
      };
    }),
    gaps_closed: joined(closed).map(named),
    gaps_opened: joined(opened).map(named),
  };
}

/** Every piece on which both the old and the new segment are one. */
function* overlay(
  before: SegmentRow[],
  after: SegmentRow[],
): Generator<{ old: SegmentRow; now: SegmentRow; stretch: Stretch }> {
  const byRoad = new Map<number, SegmentRow[]>();
  for (const row of after) byRoad.set(row.road_id, [...(byRoad.get(row.road_id) ?? []), row]);
  for (const old of before) {
    for (const now of byRoad.get(old.road_id) ?? []) {
      const stretch = shared(old.stretch, now.stretch);
      if (stretch) yield { old, now, stretch };
    }
  }
}

/** Puts pieces of one road and role together again to maximal stretches. */
function joined(pieces: Piece[]): Piece[] {
  const sets = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = `${piece.road_id} ${piece.role}`;
    sets.set(key, [...(sets.get(key) ?? []), piece]);
  }
  return [...sets.values()].flatMap((set) =>
    toStretches(fromStretches(set.map(({ stretch }) => stretch))).map((stretch) => ({ ...set[0]!, stretch })),
  );
}
