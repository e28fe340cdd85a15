/** Places at which two roads of one level cross and share no node: a junction that was forgotten, or a level that was. */
import { measureAt } from './lines.ts';
import type { Network } from './network.ts';

export type Crossing = {
  /** Road numbers. */
  road: number;
  other: number;
  at_cm: number;
  other_at_cm: number;
  x: number;
  y: number;
};

/**
 * Where two segments cross, or null. A place exactly on a line counts as on its left, for every segment that ends there,
 * so that a line that goes through a vertex of another is seen to cross it once and not never or twice.
 */
export function crossingOf(network: Network, v: number, w: number): Crossing | null {
  const { xy, along, vertexRoads } = network;
  const before = leftOf(xy, w, v);
  const after = leftOf(xy, w, v + 1);
  if (before >= 0 === after >= 0) return null;
  const otherBefore = leftOf(xy, v, w);
  const otherAfter = leftOf(xy, v, w + 1);
  if (otherBefore >= 0 === otherAfter >= 0) return null;
  const t = before / (before - after);
  const u = otherBefore / (otherBefore - otherAfter);
  const road = vertexRoads[v]!;
  const other = vertexRoads[w]!;
  return {
    road,
    other,
    at_cm: measureAt(network, road, along[v]! + t * (along[v + 1]! - along[v]!)),
    other_at_cm: measureAt(network, other, along[w]! + u * (along[w + 1]! - along[w]!)),
    x: xy[2 * v]! + t * (xy[2 * v + 2]! - xy[2 * v]!),
    y: xy[2 * v + 1]! + t * (xy[2 * v + 3]! - xy[2 * v + 1]!),
  };
}

/** Positive when a vertex lies on the left of a segment. */
function leftOf(xy: Float64Array, segment: number, vertex: number): number {
  const [x, y] = [xy[2 * segment]!, xy[2 * segment + 1]!];
  return (xy[2 * segment + 2]! - x) * (xy[2 * vertex + 1]! - y) - (xy[2 * segment + 3]! - y) * (xy[2 * vertex]! - x);
}

/** Whether the two roads pass a node they share within so many centimetres of a crossing along both of them. */
export function sharesNode(
  network: Network,
  { road, other, at_cm, other_at_cm }: Crossing,
  within_cm: number,
): boolean {
  const { roadPassages, passageNodes, passageMeasures_cm, passageRoads, nodeOffsets, nodePassages } = network;
  for (let passage = roadPassages[road]!; passage < roadPassages[road + 1]!; passage++) {
    if (Math.abs(passageMeasures_cm[passage]! - at_cm) > within_cm) continue;
    const node = passageNodes[passage]!;
    for (let i = nodeOffsets[node]!; i < nodeOffsets[node + 1]!; i++) {
      const there = nodePassages[i]!;
      if (passageRoads[there] === other && Math.abs(passageMeasures_cm[there]! - other_at_cm) <= within_cm) return true;
    }
  }
  return false;
}
