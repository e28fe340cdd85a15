/** Parts of the network that cannot be reached from the rest: one entry for each, because one joint mends it. */
import { lengthOf, roadCount } from './lines.ts';
import { footOn } from './nearest.ts';
import type { Network } from './network.ts';
import { segmentsNear } from './segment-index.ts';

export type Disconnected = {
  /** Road numbers, in order. */
  roads: number[];
  length_m: number;
  /** Where one of its vertices comes nearest to another component; null when none is within REACH_M. */
  nearest: { x: number; y: number; other: number; other_at_cm: number; distance_m: number } | null;
};

/** What is further from everything than this is an island by nature, and nobody looks for its missing joint. */
const REACH_M = 100;

/** Vertices from one pause to the next. */
const VERTICES_AT_ONCE = 500;

/** @param components as `componentsOf` gives them. The longest one, in metres, is the network and is not listed. */
export function* findDisconnected(network: Network, components: Int32Array): Generator<void, Disconnected[]> {
  const parts = new Map<number, { roads: number[]; length_m: number }>();
  for (let road = 0; road < roadCount(network); road++) {
    if (components[road] === -1) continue;
    const part = parts.get(components[road]!) ?? { roads: [], length_m: 0 };
    part.roads.push(road);
    part.length_m += lengthOf(network, road);
    parts.set(components[road]!, part);
  }
  const others = [...parts.values()].toSorted((a, b) => b.length_m - a.length_m).slice(1);
  const disconnected: Disconnected[] = [];
  let vertices = 0;
  for (const part of others) {
    let nearest = null as Disconnected['nearest'];
    for (const road of part.roads) {
      for (let v = network.roadVertices[road]!; v < network.roadVertices[road + 1]!; v++) {
        if (++vertices % VERTICES_AT_ONCE === 0) yield;
        nearest = nearestElsewhere(network, components, v, nearest?.distance_m ?? REACH_M) ?? nearest;
      }
    }
    disconnected.push({ ...part, nearest });
  }
  return disconnected;
}

/** The nearest place of another component that is less than `reach` metres from a vertex. */
function nearestElsewhere(network: Network, components: Int32Array, v: number, reach: number): Disconnected['nearest'] {
  const { xy, vertexRoads } = network;
  const [x, y] = [xy[2 * v]!, xy[2 * v + 1]!];
  const { count, segments, roads, squares } = segmentsNear(network, x, y, reach);
  let nearest = -1;
  let square = reach * reach;
  for (let k = 0; k < count; k++) {
    if (components[roads[k]!] === components[vertexRoads[v]!] || squares[k]! >= square) continue;
    square = squares[k]!;
    nearest = segments[k]!;
  }
  if (nearest === -1) return null;
  const foot = footOn(network, nearest, x, y);
  return { x, y, other: foot.road, other_at_cm: foot.measure_cm, distance_m: foot.offset_m };
}
