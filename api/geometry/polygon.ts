/**
 * Which polygon a place is in.
 *
 * Boundary convention: polygons that tile the plane share out every place, also those on their common boundary, so that
 * each lies in exactly one of them. A place belongs to a polygon when a ray from it to the east crosses the boundary an
 * odd number of times; an edge counts its lower end and not its upper one, and a place on the edge counts as east of it.
 * So the west and south edges of a square are in it, the east and north edges are not.
 */
import type { FlatLine } from './line.ts';

/** Rings as flat lines, closed or not, in either direction: the outer one first, then the holes. */
export type Polygon = readonly FlatLine[];
export type MultiPolygon = readonly Polygon[];

/** Whether a place is in the multipolygon (holes are out). */
export const inMultiPolygon = (polygons: MultiPolygon, x: number, y: number): boolean =>
  polygons.some((polygon) => inPolygon(polygon, x, y));

/** Whether a place is in the polygon and in none of its holes. */
export function inPolygon(polygon: Polygon, x: number, y: number): boolean {
  // Counting the crossings of all rings together is the even-odd rule: inside a hole there is one more.
  let odd = false;
  for (const ring of polygon) if (crossesOdd(ring, x, y)) odd = !odd;
  return odd;
}

function crossesOdd(ring: FlatLine, x: number, y: number): boolean {
  let odd = false;
  let previous = ring.length - 2;
  for (let i = 0; i < ring.length; previous = i, i += 2) {
    if (ring[i + 1]! > y !== ring[previous + 1]! > y && eastOf(ring, previous, i, x, y)) odd = !odd;
  }
  return odd;
}

/** Whether the edge between coordinates a and b passes east of the place, at its height. */
function eastOf(ring: FlatLine, a: number, b: number, x: number, y: number): boolean {
  // Always from the lower end upwards: neighbours list their common edge in opposite directions, and must get the
  // same rounding to share out its places.
  const [low, high] = ring[a + 1]! < ring[b + 1]! ? [a, b] : [b, a];
  const [x0, y0] = [ring[low]!, ring[low + 1]!];
  return (ring[high]! - x0) * (y - y0) > (x - x0) * (ring[high + 1]! - y0);
}
