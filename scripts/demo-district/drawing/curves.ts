import { footOnSegment } from './polyline.ts';
import type { Chance } from './random.ts';
import { add, between, direction, distance, leftOf, subtract } from './shapes.ts';
import type { Point } from './shapes.ts';

/** A curve through hand-drawn points: centripetal Catmull-Rom (no loops at uneven spacing), thinned to 0.2 m. Points beyond the ends only bend it. */
export function smooth(controls: readonly Point[], beyond: { before?: Point; after?: Point } = {}): Point[] {
  if (controls.length < 3) return [...controls];
  const first = controls[0] as Point;
  const second = controls[1] as Point;
  const last = controls.at(-1) as Point;
  const beforeLast = controls.at(-2) as Point;
  const before = beyond.before ?? add(first, subtract(first, second));
  const after = beyond.after ?? add(last, subtract(last, beforeLast));
  const padded = [before, ...controls, after];
  const curve: Point[] = [first];
  for (let i = 1; i < padded.length - 2; i++) {
    const [p0, p1, p2, p3] = padded.slice(i - 1, i + 3) as [Point, Point, Point, Point];
    const steps = Math.max(1, Math.round(distance(p1, p2) / 10));
    for (let step = 1; step <= steps; step++)
      curve.push(step === steps ? p2 : catmullRom(p0, p1, p2, p3, step / steps));
  }
  return simplify(curve, 0.2);
}

function catmullRom(p0: Point, p1: Point, p2: Point, p3: Point, share: number): Point {
  const t1 = Math.sqrt(distance(p0, p1));
  const t2 = t1 + Math.sqrt(distance(p1, p2));
  const t3 = t2 + Math.sqrt(distance(p2, p3));
  const t = t1 + (t2 - t1) * share;
  const a1 = between(p0, p1, t / t1);
  const a2 = between(p1, p2, (t - t1) / (t2 - t1));
  const a3 = between(p2, p3, (t - t2) / (t3 - t2));
  return between(between(a1, a2, t / t2), between(a2, a3, (t - t1) / (t3 - t1)), (t - t1) / (t2 - t1));
}

/** A line as walked along ditches and field edges: the middle of every long piece is pushed aside, and again. */
export function wandering(points: readonly Point[], chance: Chance, shortestMetres = 120): Point[] {
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    return next === undefined ? [point] : [point, ...wanderingPiece(point, next, chance, shortestMetres)];
  });
}

function wanderingPiece(a: Point, b: Point, chance: Chance, shortestMetres: number): Point[] {
  const metres = distance(a, b);
  if (metres < shortestMetres) return [];
  const aside = add(
    between(a, b, chance.between(0.35, 0.65)),
    leftOf(direction(a, b)),
    metres * chance.between(-0.08, 0.08),
  );
  return [
    ...wanderingPiece(a, aside, chance, shortestMetres),
    aside,
    ...wanderingPiece(aside, b, chance, shortestMetres),
  ];
}

/** Douglas and Peucker 1973: leaves out points closer than the tolerance to the line without them. */
export function simplify(points: readonly Point[], toleranceMetres: number): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3) return [...points];
  let farthest = 0;
  let farthestMetres = toleranceMetres;
  for (let i = 1; i < points.length - 1; i++) {
    const metres = distance(points[i] as Point, footOnSegment(points[i] as Point, first, last).point);
    if (metres > farthestMetres) [farthest, farthestMetres] = [i, metres];
  }
  if (farthest === 0) return [first, last];
  return [
    ...simplify(points.slice(0, farthest + 1), toleranceMetres).slice(0, -1),
    ...simplify(points.slice(farthest), toleranceMetres),
  ];
}
