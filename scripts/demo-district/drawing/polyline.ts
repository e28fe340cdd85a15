import { add, between, cross, direction, distance, dot, leftOf, subtract } from './shapes.ts';
import type { Point } from './shapes.ts';

export function lengthOf(points: readonly Point[]): number {
  let metres = 0;
  for (let i = 1; i < points.length; i++) metres += distance(points[i - 1] as Point, points[i] as Point);
  return metres;
}

/** The place so many metres along, with the unit vector of travel there. Beyond the ends: the end. */
export function pointAlong(points: readonly Point[], metres: number): { point: Point; heading: Point } {
  let left = metres;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const length = distance(a, b);
    if (left <= length || i === points.length - 1) {
      return {
        point: length === 0 ? b : between(a, b, Math.min(1, Math.max(0, left / length))),
        heading: direction(a, b),
      };
    }
    left -= length;
  }
  throw new Error('pointAlong() needs a line of two points or more');
}

/** The part of a line between two distances along it. */
export function partOf(points: readonly Point[], fromMetres: number, toMetres: number): Point[] {
  const part: Point[] = [pointAlong(points, fromMetres).point];
  const end = Math.min(toMetres, lengthOf(points));
  let metres = 0;
  for (let i = 1; i < points.length; i++) {
    metres += distance(points[i - 1] as Point, points[i] as Point);
    if (metres > fromMetres + 0.01 && metres < end - 0.01) part.push(points[i] as Point);
  }
  part.push(pointAlong(points, end).point);
  return part;
}

/** A line beside a line; positive metres lie to the left. Bends must be wider than the offset. */
export function beside(points: readonly Point[], metres: number): Point[] {
  return points.map((point, i) => {
    const before = direction(points[Math.max(0, i - 1)] as Point, points[Math.max(1, i)] as Point);
    const after = direction(
      points[Math.min(points.length - 2, i)] as Point,
      points[Math.min(points.length - 1, i + 1)] as Point,
    );
    const normal = leftOf(direction([0, 0], add(before, after)));
    // A mitre, so that the distance stays the same in the bend.
    return add(point, normal, metres / Math.max(0.5, dot(normal, leftOf(after))));
  });
}

export interface Foot {
  point: Point;
  /** Index of the segment's first point. */
  segment: number;
  /** Share of the segment, 0 to 1. */
  share: number;
  metres: number;
}

export function footOnSegment(point: Point, a: Point, b: Point): { point: Point; share: number } {
  const along = subtract(b, a);
  const squared = dot(along, along);
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, dot(subtract(point, a), along) / squared));
  return { point: between(a, b, share), share };
}

/** The nearest place on a line. */
export function footOnLine(point: Point, points: readonly Point[]): Foot {
  // Without a foot object per segment: this is the drawing's innermost loop, asked some ten million times.
  let segment = 0;
  let squared = Infinity;
  for (let i = 0; i < points.length - 1; i++) {
    const [east, north] = points[i] as Point;
    const [nextEast, nextNorth] = points[i + 1] as Point;
    const [alongEast, alongNorth] = [nextEast - east, nextNorth - north];
    const [toEast, toNorth] = [point[0] - east, point[1] - north];
    const length = alongEast * alongEast + alongNorth * alongNorth;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (toEast * alongEast + toNorth * alongNorth) / length));
    const [offEast, offNorth] = [toEast - share * alongEast, toNorth - share * alongNorth];
    const here = offEast * offEast + offNorth * offNorth;
    if (here < squared) [segment, squared] = [i, here];
  }
  const foot = footOnSegment(point, points[segment] as Point, points[segment + 1] as Point);
  return { ...foot, segment, metres: distance(point, foot.point) };
}

/** Where segments ab and cd cross, or null; ends that only touch within rounding count. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { point: Point; share: number } | null {
  const ab = subtract(b, a);
  const cd = subtract(d, c);
  const area = cross(ab, cd);
  if (Math.abs(area) < 1e-9) return null;
  const share = cross(subtract(c, a), cd) / area;
  const other = cross(subtract(c, a), ab) / area;
  const slack = 1e-9;
  if (share < -slack || share > 1 + slack || other < -slack || other > 1 + slack) return null;
  return { point: between(a, b, share), share };
}
