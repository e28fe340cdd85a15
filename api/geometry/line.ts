/**
 * A line is a flat list of coordinates in metres, x, y, x, y, …, in a metric CRS: the kernel's one form of a road.
 *
 * Measures along it are whole centimetres. A road carries its own length_cm, the rounded length of its geometry; measure
 * and distance differ by that rounding (at most 5 mm at the far end), so they are converted as a share of the whole:
 * distance = measure / length_cm × length. Measure length_cm is then exactly the last vertex, and PostGIS, asked for
 * ST_LineInterpolatePoint(geom, measure / length_cm), names the same place.
 */
export type FlatLine = ArrayLike<number>;

/** Metres. */
export function lineLength(line: FlatLine): number {
  let length = 0;
  for (let i = 2; i < line.length; i += 2) {
    length += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
  }
  return length;
}

/** The length as a road keeps it. */
export const lineLengthCm = (line: FlatLine): number => Math.round(lineLength(line) * 100);

/** For each vertex its distance from the start, metres. */
export function distancesAlong(line: FlatLine): Float64Array {
  const distances = new Float64Array(line.length / 2);
  for (let i = 1; i < distances.length; i++) {
    const dx = line[2 * i]! - line[2 * i - 2]!;
    const dy = line[2 * i + 1]! - line[2 * i - 1]!;
    distances[i] = distances[i - 1]! + Math.hypot(dx, dy);
  }
  return distances;
}

/**
 * The number of the segment on which a distance falls (segment i runs from vertex i to i + 1), by bisection.
 * A vertex belongs to the segment that begins there, the last one to the segment that ends there.
 */
export function segmentAt(distances: ArrayLike<number>, distance: number): number {
  let low = 0;
  let high = distances.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (distances[middle]! <= distance) low = middle;
    else high = middle - 1;
  }
  // Doubled end vertices make a last segment of no length, which has no direction.
  while (low > 0 && distances[low] === distances[low + 1]) low--;
  return low;
}

/** Metres from the start for a measure, kept on the line. */
export function measureToDistance(measure_cm: number, length_cm: number, length: number): number {
  return (Math.min(Math.max(measure_cm, 0), length_cm) / length_cm) * length;
}

/** The whole centimetre nearest to a distance in metres. */
export function distanceToMeasure(distance: number, length_cm: number, length: number): number {
  return length > 0 ? Math.round((distance / length) * length_cm) : 0;
}
