/** Dead ends that miss another road by a step: two lines that were meant to meet and do not. */
import { lengthOf, roadCount } from './lines.ts';
import { footOn } from './nearest.ts';
import type { Network } from './network.ts';
import { segmentsNear } from './segment-index.ts';
import { createPathFinder } from './shortest-path.ts';

export type EndGap = {
  /** Road numbers. */
  road: number;
  other: number;
  /** 0 or the length of the road. */
  at_cm: number;
  /** The place on the other road that is nearest. */
  other_at_cm: number;
  distance_m: number;
  /** The end, metres. */
  x: number;
  y: number;
};

/** Roads from one pause to the next: a few milliseconds. */
const ROADS_AT_ONCE = 2000;

/**
 * @param step_m how far an end may miss a road of its level; 0 is a road that touches another between two of its points.
 * @param connected_cm a way of at most that length between end and road is a connection: roads that part at a sharp angle.
 * @param crosses whether the two cross within a step of the end, which is told as a crossing.
 */
export function* findEndGaps(
  network: Network,
  { step_m, connected_cm }: { step_m: number; connected_cm: number },
  crosses: (road: number, at_cm: number, other: number) => boolean,
): Generator<void, EndGap[]> {
  const { xy, roadVertices, roadLengths_cm, roadGone } = network;
  const finder = createPathFinder(network);
  const gaps: EndGap[] = [];
  for (let road = 0; road < roadCount(network); road++) {
    if (road % ROADS_AT_ONCE === ROADS_AT_ONCE - 1) yield;
    if (roadGone[road] === 1 || lengthOf(network, road) <= 0) continue;
    for (const at_cm of [0, roadLengths_cm[road]!]) {
      if (!isDeadEnd(network, road, at_cm)) continue;
      const vertex = at_cm === 0 ? roadVertices[road]! : roadVertices[road + 1]! - 1;
      const [x, y] = [xy[2 * vertex]!, xy[2 * vertex + 1]!];
      const segment = nearestOfOthers(network, road, x, y, step_m);
      if (segment === -1) continue;
      const foot = footOn(network, segment, x, y);
      if (crosses(road, at_cm, foot.road)) continue;
      if (finder.find({ road, measure_cm: at_cm }, foot, connected_cm)) continue;
      gaps.push({ road, other: foot.road, at_cm, other_at_cm: foot.measure_cm, distance_m: foot.offset_m, x, y });
    }
  }
  return withoutMirrored(network, gaps);
}

/** Whether nothing that is there passes the node at an end of a road but this end. */
export function isDeadEnd(network: Network, road: number, at_cm: number): boolean {
  const { roadPassages, passageNodes, passageMeasures_cm, passageRoads, nodeOffsets, nodePassages, roadGone } = network;
  const passage = at_cm === 0 ? roadPassages[road]! : roadPassages[road + 1]! - 1;
  if (passageMeasures_cm[passage] !== at_cm) return true;
  const node = passageNodes[passage]!;
  for (let i = nodeOffsets[node]!; i < nodeOffsets[node + 1]!; i++) {
    if (nodePassages[i] !== passage && roadGone[passageRoads[nodePassages[i]!]!] === 0) return false;
  }
  return true;
}

/** The segment of another road of the same level that is nearest to a place, or -1; the lowest of equally near ones. */
function nearestOfOthers(network: Network, road: number, x: number, y: number, reach: number): number {
  const { count, segments, roads, squares } = segmentsNear(network, x, y, reach);
  let nearest = -1;
  let square = Infinity;
  for (let k = 0; k < count; k++) {
    if (roads[k] === road || network.roadLayers[roads[k]!] !== network.roadLayers[road]) continue;
    if (squares[k]! < square || (squares[k] === square && segments[k]! < nearest)) {
      square = squares[k]!;
      nearest = segments[k]!;
    }
  }
  return nearest;
}

/** Two ends that miss each other are one gap, told of the road with the smaller id. */
function withoutMirrored({ roadIds }: Network, gaps: EndGap[]): EndGap[] {
  const end = (road: number, at_cm: number): string => `${road} ${at_cm}`;
  const told = new Map(gaps.map((gap) => [end(gap.road, gap.at_cm), gap]));
  return gaps.filter(({ road, other, at_cm, other_at_cm }) => {
    const mirrored = told.get(end(other, other_at_cm));
    const isMirror = mirrored?.other === road && mirrored.other_at_cm === at_cm;
    return !isMirror || roadIds[road]! < roadIds[other]!;
  });
}
