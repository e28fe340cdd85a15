import { linesNear } from '../drawing/network.ts';
import type { Line, Network } from '../drawing/network.ts';
import { contains } from '../drawing/polygon.ts';
import { crossing, footOnLine, lengthOf, partOf, pointAlong } from '../drawing/polyline.ts';
import { boxOf } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { outline } from '../plan/limits.ts';

/** How far a sketched end may reach beyond the street it stops at, or fall short of it. */
const reachMetres = 130;

/** Lets ends that overshoot stop at the outermost line they cross, and ends that fall short reach the nearest one. */
export function withJoinedEnds(
  network: Network,
  points: readonly Point[],
  joins: { start: boolean; end: boolean },
  filter: (line: Line) => boolean,
): Point[] {
  const forward = joins.end ? withJoinedEnd(network, points, filter) : [...points];
  return joins.start ? withJoinedEnd(network, forward.toReversed(), filter).toReversed() : forward;
}

function withJoinedEnd(network: Network, points: readonly Point[], filter: (line: Line) => boolean): Point[] {
  const whole = lengthOf(points);
  const end = points.at(-1) as Point;
  const near = linesNear(network, boxOf([end], reachMetres)).filter((line) => line.layer === 0 && filter(line));
  const stub = partOf(points, Math.max(0, whole - reachMetres), whole);
  const crossings = near.map((line) => metresWhereMet(stub, line.points)).filter((metres) => Number.isFinite(metres));
  if (crossings.length > 0) return partOf(points, 0, Math.max(0, whole - reachMetres) + Math.max(...crossings));
  const feet = near.map((line) => footOnLine(end, line.points)).filter((foot) => foot.metres < reachMetres);
  const nearest = feet.toSorted((a, b) => a.metres - b.metres)[0];
  return nearest === undefined ? [...points] : [...points, nearest.point];
}

/** Metres along a line to its last meeting with another; NaN when they do not meet. */
export function metresWhereMet(points: readonly Point[], other: readonly Point[]): number {
  let metres = 0;
  let met = Number.NaN;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    for (let j = 1; j < other.length; j++) {
      const hit = crossing(a, b, other[j - 1] as Point, other[j] as Point);
      if (hit !== null) met = metres + hit.share * lengthOf([a, b]);
    }
    metres += lengthOf([a, b]);
  }
  return met;
}

/** The part of a line inside the district, ending exactly on its outline. */
export function withinDistrict(points: readonly Point[]): Point[] {
  const metres: number[] = [];
  for (let at = 0; at <= lengthOf(points); at += 5) {
    if (contains(outline, pointAlong(points, at).point)) metres.push(at);
  }
  const first = metres[0] ?? 0;
  const last = metres.at(-1) ?? 0;
  // Up to 5 m beyond the outline on either side; then exactly on it.
  return onOutline(onOutline(partOf(points, Math.max(0, first - 5), last + 5)).toReversed()).toReversed();
}

function onOutline(points: Point[]): Point[] {
  if (contains(outline, points.at(-1) as Point)) return points;
  const met = metresWhereMet(points, [...outline, outline[0] as Point]);
  return Number.isNaN(met) ? points : partOf(points, 0, met);
}
