import type { Assignment } from '../people/assignments.ts';
import type { Road } from '../streets/finished-roads.ts';
import type { Streets } from './walk.ts';

/** Whose streets are whose on the reference date. */
export interface Minds {
  holds(chiefId: string): boolean;
  /** Whether the middle of a link is his. */
  of(chiefId: string): (link: number) => boolean;
}

export function mindsOf(
  { network, links }: Streets,
  roads: readonly Road[],
  assignments: readonly Assignment[],
): Minds {
  const numbers = new Map(roads.map((road, i) => [road, i]));
  const held = new Map<string, { road: number; from: number; to: number }[]>();
  for (const { chiefId, road, fromCm, toCm, to } of assignments) {
    if (to !== null) continue;
    const spans = held.get(chiefId) ?? [];
    spans.push({ road: numbers.get(road)!, from: fromCm / 100, to: toCm / 100 });
    held.set(chiefId, spans);
  }
  return {
    holds: (chiefId) => held.has(chiefId),
    of: (chiefId) => (link) => {
      const middle = links.starts[link]! + links.lengths[link]! / 2;
      const road = network.passageRoads[link]!;
      return (held.get(chiefId) ?? []).some((span) => span.road === road && span.from <= middle && middle < span.to);
    },
  };
}
