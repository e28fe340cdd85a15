import { distancesAlong, lineLengthCm, measureToDistance, segmentAt } from './line.ts';
import type { FlatLine } from './line.ts';

/**
 * The place on a line at a measure, and the way the line goes there.
 *
 * @param measure_cm from the start; beyond the ends it is the end.
 * @returns x and y in metres; heading in degrees clockwise from grid north, 0 ≤ heading < 360. At a vertex it is the
 *   heading of the segment that begins there.
 */
export function interpolate(
  line: FlatLine,
  measure_cm: number,
  length_cm: number = lineLengthCm(line),
): { x: number; y: number; heading_deg: number } {
  const distances = distancesAlong(line);
  const distance = measureToDistance(measure_cm, length_cm, distances.at(-1)!);
  return interpolateAt(line, distances, distance);
}

/** The same for a distance in metres, where the distances of the vertices are known already. */
export function interpolateAt(
  line: FlatLine,
  distances: ArrayLike<number>,
  distance: number,
): { x: number; y: number; heading_deg: number } {
  const i = segmentAt(distances, distance);
  const along = distances[i + 1]! - distances[i]!;
  const t = along > 0 ? (distance - distances[i]!) / along : 0;
  const [x, y] = [line[2 * i]!, line[2 * i + 1]!];
  const [dx, dy] = [line[2 * i + 2]! - x, line[2 * i + 3]! - y];
  return { x: x + t * dx, y: y + t * dy, heading_deg: heading(dx, dy) };
}

/** Degrees clockwise from grid north of a direction in metres; 0 for no direction. */
export function heading(dx: number, dy: number): number {
  const degrees = (Math.atan2(dx, dy) * 180) / Math.PI;
  // A direction a hair west of north is -1e-15°, and that plus 360 rounds to 360.
  return degrees < 0 ? (degrees + 360) % 360 : degrees;
}
