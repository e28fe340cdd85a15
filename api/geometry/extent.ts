/** An axis-parallel box, [minx, miny, maxx, maxy]; its edges belong to it. */
export type Extent = readonly [minx: number, miny: number, maxx: number, maxy: number];

/** The box around flat coordinates x, y, x, y, …; without any, the empty box that every union ignores. */
export function extentOf(coordinates: ArrayLike<number>, from: number = 0, to: number = coordinates.length): Extent {
  let [minx, miny, maxx, maxy] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < to; i += 2) {
    const [x, y] = [coordinates[i]!, coordinates[i + 1]!];
    if (x < minx) minx = x;
    if (x > maxx) maxx = x;
    if (y < miny) miny = y;
    if (y > maxy) maxy = y;
  }
  return [minx, miny, maxx, maxy];
}

/** Grown by a distance on every side. */
export const buffered = ([minx, miny, maxx, maxy]: Extent, by: number): Extent => [
  minx - by,
  miny - by,
  maxx + by,
  maxy + by,
];

export const extentsMeet = (a: Extent, b: Extent): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

export const extentHolds = (extent: Extent, x: number, y: number): boolean =>
  extent[0] <= x && x <= extent[2] && extent[1] <= y && y <= extent[3];

export const extentUnion = (a: Extent, b: Extent): Extent => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
