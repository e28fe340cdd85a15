/** East and north in metres from the district's origin. Everything is drawn in these and projected at the very end. */
export type Point = readonly [east: number, north: number];

/** Longitude and latitude in degrees, WGS84. */
export type Position = readonly [lon: number, lat: number];

/** A closed ring without its repeated last point, counter-clockwise. */
export type Ring = readonly Point[];

export interface Box {
  minEast: number;
  minNorth: number;
  maxEast: number;
  maxNorth: number;
}

/** Points that are meant to be the same place have the same key; a millimetre is finer than anything drawn here. */
export function keyOf(point: Point): string {
  return `${Math.round(point[0] * 1000)},${Math.round(point[1] * 1000)}`;
}

export function add(a: Point, b: Point, times = 1): Point {
  return [a[0] + b[0] * times, a[1] + b[1] * times];
}

export function subtract(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** Unit vector from a to b; east when the two coincide. */
export function direction(a: Point, b: Point): Point {
  const length = distance(a, b);
  return length === 0 ? [1, 0] : [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
}

/** A vector turned by a quarter to the left. */
export function leftOf(vector: Point): Point {
  return [-vector[1], vector[0]];
}

export function turned(vector: Point, radians: number): Point {
  const cosine = Math.cos(radians);
  const sine = Math.sin(radians);
  return [vector[0] * cosine - vector[1] * sine, vector[0] * sine + vector[1] * cosine];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1];
}

/** Positive when b lies to the left of a. */
export function cross(a: Point, b: Point): number {
  return a[0] * b[1] - a[1] * b[0];
}

export function boxOf(points: readonly Point[], margin = 0): Box {
  const box: Box = { minEast: Infinity, minNorth: Infinity, maxEast: -Infinity, maxNorth: -Infinity };
  for (const [east, north] of points) {
    box.minEast = Math.min(box.minEast, east - margin);
    box.minNorth = Math.min(box.minNorth, north - margin);
    box.maxEast = Math.max(box.maxEast, east + margin);
    box.maxNorth = Math.max(box.maxNorth, north + margin);
  }
  return box;
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.minEast <= b.maxEast && b.minEast <= a.maxEast && a.minNorth <= b.maxNorth && b.minNorth <= a.maxNorth;
}
