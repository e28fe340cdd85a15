import { crossing, footOnSegment, lengthOf } from './polyline.ts';
import { add, cross, direction, distance, dot, keyOf, leftOf, subtract } from './shapes.ts';
import type { Point, Ring } from './shapes.ts';

/** Signed area in m²; positive when the ring runs counter-clockwise. */
export function areaOf(ring: Ring): number {
  let doubled = 0;
  for (let i = 0; i < ring.length; i++) doubled += cross(ring[i] as Point, ring[(i + 1) % ring.length] as Point);
  return doubled / 2;
}

export function perimeterOf(ring: Ring): number {
  return lengthOf(closed(ring));
}

/** The ring with its first point repeated at the end, as a line round it. */
export function closed(ring: Ring): Point[] {
  return [...ring, ring[0] as Point];
}

/** Even-odd rule. */
export function contains(ring: Ring, point: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Point;
    const b = ring[j] as Point;
    if (a[1] > point[1] !== b[1] > point[1] && point[0] < ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]) + a[0]) {
      inside = !inside;
    }
  }
  return inside;
}

export function centroidOf(ring: Ring): Point {
  const origin = ring[0] as Point;
  let east = 0;
  let north = 0;
  let doubled = 0;
  for (let i = 1; i < ring.length - 1; i++) {
    const a = subtract(ring[i] as Point, origin);
    const b = subtract(ring[i + 1] as Point, origin);
    const weight = cross(a, b);
    east += (a[0] + b[0]) * weight;
    north += (a[1] + b[1]) * weight;
    doubled += weight;
  }
  return add(origin, [east / (3 * doubled), north / (3 * doubled)]);
}

/** Metres from a point to the ring's edge, inside or outside. */
export function metresToEdge(ring: Ring, point: Point): number {
  let metres = Infinity;
  for (let i = 0; i < ring.length; i++) {
    const foot = footOnSegment(point, ring[i] as Point, ring[(i + 1) % ring.length] as Point);
    metres = Math.min(metres, distance(point, foot.point));
  }
  return metres;
}

export interface OrientedBox {
  corner: Point;
  /** Unit vector of the longer side. */
  along: Point;
  across: Point;
  length: number;
  width: number;
}

/** The smallest box round a ring with one side parallel to one of its longer edges. */
export function orientedBox(ring: Ring): OrientedBox {
  let best: OrientedBox | undefined;
  const enough = perimeterOf(ring) / 40;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Point;
    const b = ring[(i + 1) % ring.length] as Point;
    if (distance(a, b) < enough && best !== undefined) continue;
    const box = boxAlong(ring, direction(a, b));
    if (best === undefined || box.length * box.width < best.length * best.width) best = box;
  }
  if (best === undefined) throw new Error('orientedBox() needs a ring of three points or more');
  return best;
}

export function boxAlong(ring: Ring, along: Point): OrientedBox {
  const across = leftOf(along);
  const us = ring.map((point) => dot(point, along));
  const vs = ring.map((point) => dot(point, across));
  const [u, v] = [Math.min(...us), Math.min(...vs)];
  const [length, width] = [Math.max(...us) - u, Math.max(...vs) - v];
  const corner: Point = [along[0] * u + across[0] * v, along[1] * u + across[1] * v];
  if (length >= width) return { corner, along, across, length, width };
  // The longer side goes first; the corner moves so that both vectors still point into the box.
  return {
    corner: add(corner, along, length),
    along: across,
    across: [-along[0], -along[1]],
    length: width,
    width: length,
  };
}

/** The longest piece of an endless straight line that lies inside the ring, or null. */
export function chordThrough(ring: Ring, point: Point, heading: Point): [Point, Point] | null {
  const a = add(point, heading, -10000);
  const b = add(point, heading, 10000);
  const hits: { point: Point; at: number }[] = [];
  for (let i = 0; i < ring.length; i++) {
    const hit = crossing(a, b, ring[i] as Point, ring[(i + 1) % ring.length] as Point);
    if (hit !== null) hits.push({ point: hit.point, at: hit.share });
  }
  hits.sort((one, other) => one.at - other.at);
  let best: [Point, Point] | null = null;
  for (let i = 0; i < hits.length - 1; i++) {
    const [from, to] = [(hits[i] as { point: Point }).point, (hits[i + 1] as { point: Point }).point];
    if (!contains(ring, add(from, subtract(to, from), 0.5))) continue;
    if (best === null || distance(from, to) > distance(best[0], best[1])) best = [from, to];
  }
  return best;
}

/** Cuts a ring in two along a line whose ends lie on its edge. */
export function splitRing(ring: Ring, cut: readonly Point[]): [Point[], Point[]] {
  const start = cut[0] as Point;
  const end = cut.at(-1) as Point;
  const whole = withVertex(withVertex(ring, start), end);
  const startKey = keyOf(start);
  const endKey = keyOf(end);
  const from = whole.findIndex((point) => keyOf(point) === startKey);
  const rolled = [...whole.slice(from), ...whole.slice(0, from)];
  const to = rolled.findIndex((point) => keyOf(point) === endKey);
  const inner = cut.slice(1, -1);
  return [
    [...rolled.slice(0, to + 1), ...inner.toReversed()],
    [...rolled.slice(to), start, ...inner],
  ];
}

function withVertex(ring: Ring, point: Point): Point[] {
  const key = keyOf(point);
  if (ring.some((vertex) => keyOf(vertex) === key)) return [...ring];
  let nearest = 0;
  let nearestMetres = Infinity;
  for (let i = 0; i < ring.length; i++) {
    const foot = footOnSegment(point, ring[i] as Point, ring[(i + 1) % ring.length] as Point);
    if (distance(point, foot.point) < nearestMetres) [nearest, nearestMetres] = [i, distance(point, foot.point)];
  }
  return [...ring.slice(0, nearest + 1), point, ...ring.slice(nearest + 1)];
}
