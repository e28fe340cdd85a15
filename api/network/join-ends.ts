/** Leads the ends of a proposed line to the registered roads from which people came and to which they went. */
import { footOn, nearest } from './nearest.ts';
import type { Network } from './network.ts';
import { visitSegments } from './segment-index.ts';

/** Ground is kept clear up to 30 m from the middle of the widest road, and a walk is first off it a step later, 17 m. */
const JOIN_M = 47;
/** Some walk must begin or end about there, two steps and an error off. Else the lane is a dead end. */
const CAME_FROM_M = 40;
/** How a lane goes over its last metres tells where it meets the road… */
const LAST_M = 24;
/** …unless errors bent it so that it would meet it far away: 45° at most. */
const LONGEST_WAY_ON = 1.4;

type End = { x: number; y: number; road_id: number };

/**
 * @param line x, y, …
 * @param turns x, y, … of where walks left the roads or came back to them.
 * @returns the line with one place more, on a road, at each end that leads to one; and the ids of these roads.
 */
export function joinEnds(
  network: Network,
  line: readonly number[],
  turns: readonly number[],
): { line: number[]; road_ids: number[] } {
  const end = roadAhead(network, line, turns);
  const start = roadAhead(network, backwards(line), turns);
  return {
    line: [...(start ? [start.x, start.y] : []), ...line, ...(end ? [end.x, end.y] : [])],
    road_ids: [...new Set([start, end].flatMap((place) => place?.road_id ?? []))],
  };
}

/** Where a line that goes on as it went meets a road; where it would not, or far away, the nearest place on one. */
function roadAhead(network: Network, line: readonly number[], turns: readonly number[]): End | null {
  const [x, y] = [line.at(-2)!, line.at(-1)!];
  const near = nearest(network, x, y, JOIN_M);
  if (!near) return null;
  let from = line.length - 4;
  while (from > 0 && Math.hypot(x - line[from]!, y - line[from + 1]!) < LAST_M) from -= 2;
  const [dx, dy] = [x - line[from]!, y - line[from + 1]!];
  let ahead: End = near;
  let most = (LONGEST_WAY_ON * near.offset_m) / Math.hypot(dx, dy);
  visitSegments(network, x, y, LONGEST_WAY_ON * near.offset_m, (segment) => {
    const [ax, ay, bx, by] = network.xy.subarray(2 * segment, 2 * segment + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const cross = dx * (by - ay) - dy * (bx - ax);
    if (cross === 0) return;
    const t = ((ax - x) * (by - ay) - (ay - y) * (bx - ax)) / cross;
    const share = ((ax - x) * dy - (ay - y) * dx) / cross;
    if (t < 0 || t > most || share < 0 || share > 1) return;
    most = t;
    const { road_id } = footOn(network, segment, x + t * dx, y + t * dy);
    ahead = { x: x + t * dx, y: y + t * dy, road_id };
  });
  return turnsAt(turns, ahead) ? ahead : null;
}

function turnsAt(turns: readonly number[], { x, y }: End): boolean {
  for (let i = 0; i < turns.length; i += 2) if (Math.hypot(turns[i]! - x, turns[i + 1]! - y) < CAME_FROM_M) return true;
  return false;
}

const backwards = (line: readonly number[]): number[] =>
  Array.from({ length: line.length }, (_, i) => line[line.length - 2 - i + 2 * (i % 2)]!);
