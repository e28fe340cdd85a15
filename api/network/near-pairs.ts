/**
 * All pairs of segments of different roads on one level that come near each other, each pair once: what finding crossings
 * and repeated stretches begin with.
 *
 * Every leaf of the index is asked which leaves meet its box: the 92,667 segments of Wuhan and the 206,000 pairs within 2.5 m
 * take 60 to 90 ms. Asking for the segments around each (segmentsNear) would need circles as wide as the longest segment.
 */
import { findBoxesWithin, foundBoxes } from './packed-boxes.ts';
import { LEAF } from './segment-index.ts';
import type { Indexed, SegmentIndex } from './segment-index.ts';

/** Leaves from one pause to the next: a millisecond or two. */
const LEAVES_AT_ONCE = 200;

/**
 * @param reach metres; pairs whose boxes are nearer than that in x and in y are shown, and some that are a little further.
 * @returns a generator that pauses every few hundred segments; pairs are shown in no order.
 */
export function* visitNearPairs(
  indexed: Indexed,
  reach: number,
  visit: (segment: number, other: number) => void,
): Generator<void> {
  const { indexes } = indexed;
  for (const [i, own] of indexes.entries()) {
    for (const other of indexes.slice(i)) yield* visitPairsBetween(indexed, own, other, reach, visit);
  }
}

function* visitPairsBetween(
  { roadGone, roadLayers }: Indexed,
  own: SegmentIndex,
  other: SegmentIndex,
  reach: number,
  visit: (segment: number, other: number) => void,
): Generator<void> {
  const boxes = own.leaves[0]!;
  for (let leaf = 0; leaf < boxes.length / 4; leaf++) {
    if (leaf % LEAVES_AT_ONCE === LEAVES_AT_ONCE - 1) yield;
    const found = findBoxesWithin(
      other.leaves,
      boxes[4 * leaf]! - reach,
      boxes[4 * leaf + 1]! - reach,
      boxes[4 * leaf + 2]! + reach,
      boxes[4 * leaf + 3]! + reach,
    );
    for (let k = 0; k < found; k++) {
      const otherLeaf = foundBoxes[k]!;
      if (own === other && otherLeaf < leaf) continue;
      for (let a = LEAF * leaf; a < Math.min(LEAF * (leaf + 1), own.segments.length); a++) {
        const road = own.roads[a]!;
        if (roadGone[road] === 1) continue;
        const first = own === other && otherLeaf === leaf ? a + 1 : LEAF * otherLeaf;
        for (let b = first; b < Math.min(LEAF * (otherLeaf + 1), other.segments.length); b++) {
          const otherRoad = other.roads[b]!;
          if (otherRoad === road || roadGone[otherRoad] === 1 || roadLayers[otherRoad] !== roadLayers[road]) continue;
          if (apart(own.ends, a, other.ends, b, reach)) continue;
          visit(own.segments[a]!, other.segments[b]!);
        }
      }
    }
  }
}

/** Whether the boxes around two segments are further apart than `reach`, in x or in y. */
function apart(ends: Float64Array, a: number, others: Float64Array, b: number, reach: number): boolean {
  for (let axis = 0; axis < 2; axis++) {
    const [from, to] = [ends[4 * a + axis]!, ends[4 * a + 2 + axis]!];
    const [otherFrom, otherTo] = [others[4 * b + axis]!, others[4 * b + 2 + axis]!];
    if (Math.min(from, to) > Math.max(otherFrom, otherTo) + reach) return true;
    if (Math.max(from, to) < Math.min(otherFrom, otherTo) - reach) return true;
  }
  return false;
}
