/**
 * Where other roads meet a road. Planners speak in crossings ("from People's Road to the river"), so the strip names
 * them and a stretch can be set from one to the next.
 */
import type { Road } from '../../api/roads/roads.contract.ts';
import type { RoadClass } from '../../api/http/shapes.ts';
import { flat, nearest, type MeasuredLine } from './measured-line.ts';

export type Crossing = { metres: number; road_id: number; name: string; class: RoadClass };

/** A road that ends within this distance meets the road: the import snaps ends to 0.5 m, drawing adds its own. */
const reach_m = 1.5;
/** Two meetings with one road closer than this are one crossing (a divided road, a bend touching twice). */
const same_m = 40;

const rank: Record<RoadClass, number> = { main: 0, secondary: 1, branch: 2, alley: 3, service: 4, path: 5, other: 6 };

/** Crossings with named roads on the same level, in order along the road. A flyover crosses nothing. */
export function crossingsOf(road: Road, line: MeasuredLine, others: readonly Road[]): Crossing[] {
  const found: Crossing[] = [];
  for (const other of others) {
    const { name, layer } = other.properties;
    if (other.id === road.id || !name || name === road.properties.name || layer !== road.properties.layer) continue;
    for (const metres of meetings(line, other.geometry.coordinates)) {
      found.push({ metres, road_id: other.id, name, class: other.properties.class });
    }
  }
  found.sort((a, b) => a.metres - b.metres || rank[a.class] - rank[b.class]);
  return found.filter(
    (one, i) => !found.slice(0, i).some((other) => other.name === one.name && one.metres - other.metres < same_m),
  );
}

/** The crossing to which a dragged handle jumps: the nearest within `within` metres, else none. */
export function crossingNear(crossings: readonly Crossing[], metres: number, within: number): Crossing | null {
  let best: Crossing | null = null;
  for (const one of crossings) {
    const off = Math.abs(one.metres - metres);
    if (off <= within && (!best || off < Math.abs(best.metres - metres))) best = one;
  }
  return best;
}

function meetings(line: MeasuredLine, coordinates: Road['geometry']['coordinates']): number[] {
  const metres: number[] = [];
  for (const end of [coordinates[0]!, coordinates.at(-1)!]) {
    const foot = nearest(line, end[0], end[1]);
    if (foot.distance <= reach_m) metres.push(foot.metres);
  }
  const points = coordinates.map(([lon, lat]) => flat(line, lon, lat));
  for (let i = 1; i < line.at.length; i++) {
    const [ax, ay, bx, by] = [line.x[i - 1]!, line.y[i - 1]!, line.x[i]!, line.y[i]!];
    for (let j = 1; j < points.length; j++) {
      const share = crossingShare(ax, ay, bx, by, points[j - 1]!, points[j]!);
      if (share !== null) metres.push(line.at[i - 1]! + share * (line.at[i]! - line.at[i - 1]!));
    }
  }
  return metres;
}

/** How far along a-b (0 to 1) it crosses c-d; null where it does not. */
function crossingShare(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  [cx, cy]: [number, number],
  [dx, dy]: [number, number],
): number | null {
  const turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (turn === 0) return null;
  const along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn;
  const across = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn;
  return along >= 0 && along <= 1 && across >= 0 && across <= 1 ? along : null;
}
