import { nearestOnSegment, sideOf } from '../geometry/locate.ts';
import type { Side } from '../geometry/side.ts';
import { measureAt } from './lines.ts';
import type { Lines } from './lines.ts';
import type { Network, NetworkPlace } from './network.ts';
import { segmentsNear } from './segment-index.ts';

/** A place on the network as seen from a position: measures in cm, the rest in metres. */
export type Foot = NetworkPlace & {
  road_id: number;
  /** Distance from the position, never negative. */
  offset_m: number;
  side: Side;
  x: number;
  y: number;
};

/** Most roads are found at once within it, and few segments meet it. */
const FIRST_LOOK_M = 25;

/**
 * The nearest road and nothing but the nearest: no accuracy, no doubt (snap.ts has both). For bulk work, where a caller
 * knows that nearest is what he wants. The lowest number of equally near segments wins.
 *
 * @param x, y metres in the CRS of the network.
 * @returns null when no road is within `furthest_m`.
 */
export function nearest(network: Network, x: number, y: number, furthest_m: number = 100): Foot | null {
  for (let reach = Math.min(FIRST_LOOK_M, furthest_m); ; reach = Math.min(2 * reach, furthest_m)) {
    const { count, segments, squares } = segmentsNear(network, x, y, reach);
    let square = Infinity;
    let segment = -1;
    for (let k = 0; k < count; k++) {
      if (squares[k]! < square || (squares[k] === square && segments[k]! < segment)) {
        square = squares[k]!;
        segment = segments[k]!;
      }
    }
    if (segment !== -1) return footOn(network, segment, x, y);
    if (reach >= furthest_m) return null;
  }
}

/** The place on a segment that is nearest to a position. */
export const footOn = (lines: Lines, segment: number, x: number, y: number): Foot =>
  footAt(lines, segment, nearestOnSegment(lines.xy, segment, x, y), x, y);

/** The same where it is known at which share of the segment it is. */
export function footAt(lines: Lines, segment: number, t: number, x: number, y: number): Foot {
  const { xy, along, vertexRoads, roadVertices } = lines;
  const road = vertexRoads[segment]!;
  const inner = t > 0 && t < 1;
  const footX = xy[2 * segment]! + t * (xy[2 * segment + 2]! - xy[2 * segment]!);
  const footY = xy[2 * segment + 1]! + t * (xy[2 * segment + 3]! - xy[2 * segment + 1]!);
  const distance = along[segment]! + t * (along[segment + 1]! - along[segment]!);
  return {
    road,
    road_id: lines.roadIds[road]!,
    measure_cm: measureAt(lines, road, distance),
    offset_m: Math.sqrt((footX - x) ** 2 + (footY - y) ** 2),
    // Beside a segment it takes no look at its neighbours.
    side: inner
      ? sideOf(xy, segment, t, x, y)
      : sideOf(xy, segment, t, x, y, roadVertices[road]!, roadVertices[road + 1]! - 2),
    x: footX,
    y: footY,
  };
}
