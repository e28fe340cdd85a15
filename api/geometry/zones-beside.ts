/**
 * The zones that a line passes when it is walked beside its centre: `offset` metres to its left (negative: right; zero:
 * on it). One of the three readings from which zones-along.ts judges a road.
 *
 * Beside segment i means on its parallel; where the line bends, the walker steps straight from one parallel to the next.
 */
import { distanceToMeasure, measureToDistance, segmentAt } from './line.ts';
import type { FlatLine } from './line.ts';
import type { Run } from './zone-runs.ts';

/** The zones of one level, numbered from 0, as a question this folder can ask (network/zone-index.ts answers it). */
export type ZoneSource = {
  /** All boundaries, x0, y0, x1, y1 for each edge, metres. */
  readonly edges: Float64Array;
  /** The numbers of the edges whose box meets a box. */
  edgesIn(minx: number, miny: number, maxx: number, maxy: number): number[];
  /** The zone that holds a place, or -1. */
  zoneAt(x: number, y: number): number;
  /** The zone with the nearest boundary, or -1 when that is farther than `within` metres. */
  nearestZone(x: number, y: number, within: number): number;
};

/** Half the width below which a gap between polygons is a fault of drawing, metres. */
const HALF_SLIT = 0.5;
/** Rounding may put a crossing at the very end of an edge just beyond it; a cut too many does no harm. */
const END = 1e-9;

/** The zones beside the line in turn, each run of one zone as long as it can be; together they are [0, length_cm). */
export function zonesBeside(
  line: FlatLine,
  distances: Float64Array,
  length_cm: number,
  zones: ZoneSource,
  offset: number,
): Run[] {
  const walker = beside(line, distances, offset);
  const length = distances.at(-1)!;
  const cuts = crossings(walker, distances, zones).map((at) => distanceToMeasure(at, length_cm, length));
  const measures = [...new Set([0, ...cuts, length_cm])].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (let i = 1; i < measures.length; i++) {
    const from = measureToDistance(measures[i - 1]!, length_cm, length);
    const to = measureToDistance(measures[i]!, length_cm, length);
    const zone = zoneBetween(walker, from, to, zones);
    const last = runs.at(-1);
    if (last?.left === zone) last.to_cm = measures[i]!;
    else runs.push({ from_cm: measures[i - 1]!, to_cm: measures[i]!, left: zone, right: zone });
  }
  return runs;
}

type Walker = {
  /** x0, y0, x1, y1 of the parallel of each segment. */
  parallels: Float64Array;
  at(distance: number): [x: number, y: number];
};

function beside(line: FlatLine, distances: Float64Array, offset: number): Walker {
  const parallels = new Float64Array(4 * (distances.length - 1));
  for (let i = 0; i < distances.length - 1; i++) {
    const dx = line[2 * i + 2]! - line[2 * i]!;
    const dy = line[2 * i + 3]! - line[2 * i + 1]!;
    const length = distances[i + 1]! - distances[i]!;
    const share = length > 0 ? offset / length : 0;
    parallels[4 * i] = line[2 * i]! - dy * share;
    parallels[4 * i + 1] = line[2 * i + 1]! + dx * share;
    parallels[4 * i + 2] = line[2 * i + 2]! - dy * share;
    parallels[4 * i + 3] = line[2 * i + 3]! + dx * share;
  }
  const at = (distance: number): [number, number] => {
    const i = segmentAt(distances, distance);
    const t = (distance - distances[i]!) / (distances[i + 1]! - distances[i]!);
    const x = parallels[4 * i]! + t * (parallels[4 * i + 2]! - parallels[4 * i]!);
    const y = parallels[4 * i + 1]! + t * (parallels[4 * i + 3]! - parallels[4 * i + 1]!);
    return [x, y];
  };
  return { parallels, at };
}

/** The distances at which the walker may change zones: every crossing with a boundary, and some that are none. */
function crossings({ parallels }: Walker, distances: Float64Array, zones: ZoneSource): number[] {
  const found: number[] = [];
  for (let i = 0; i < distances.length - 1; i++) {
    const [x0, y0, x1, y1] = [parallels[4 * i]!, parallels[4 * i + 1]!, parallels[4 * i + 2]!, parallels[4 * i + 3]!];
    const length = distances[i + 1]! - distances[i]!;
    for (const t of crossingShares(x0, y0, x1, y1, zones)) found.push(distances[i]! + t * length);
    const [x2, y2] = [parallels[4 * i + 4] ?? x1, parallels[4 * i + 5] ?? y1];
    const steps = x2 !== x1 || y2 !== y1;
    if (steps && crossingShares(x1, y1, x2, y2, zones).length > 0) found.push(distances[i + 1]!);
  }
  return found;
}

/** Where, as shares of the way from 0 to 1, boundaries cross it. */
function crossingShares(x0: number, y0: number, x1: number, y1: number, { edges, edgesIn }: ZoneSource): number[] {
  const shares: number[] = [];
  const [dx, dy] = [x1 - x0, y1 - y0];
  for (const edge of edgesIn(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))) {
    const [ax, ay] = [edges[4 * edge]! - x0, edges[4 * edge + 1]! - y0];
    const [ex, ey] = [edges[4 * edge + 2]! - x0 - ax, edges[4 * edge + 3]! - y0 - ay];
    const cross = dx * ey - dy * ex;
    if (cross === 0) continue; // parallel: the edges before and after it do the cutting
    const along = (ax * ey - ay * ex) / cross;
    const onEdge = (ax * dy - ay * dx) / cross;
    if (along < -END || along > 1 + END || onEdge < -END || onEdge > 1 + END) continue;
    shares.push(Math.min(Math.max(along, 0), 1));
  }
  return shares;
}

/** The zone of a part of the walk that crosses no boundary: that of its middle, unless it runs in a slit. */
function zoneBetween({ at }: Walker, from: number, to: number, zones: ZoneSource): number {
  const middle = at((from + to) / 2);
  const zone = zones.zoneAt(...middle);
  return zone === -1 && inSlit(at, from, to, zones) ? zones.nearestZone(...middle, HALF_SLIT) : zone;
}

/** Whether a zone is within half a metre all the way: looked at every 5 m, at three places at least. */
function inSlit(at: Walker['at'], from: number, to: number, zones: ZoneSource): boolean {
  const looks = Math.max(3, Math.ceil((to - from) / 5));
  for (let look = 0; look < looks; look++) {
    const place = at(from + ((look + 0.5) / looks) * (to - from));
    if (zones.nearestZone(...place, HALF_SLIT) === -1) return false;
  }
  return true;
}
