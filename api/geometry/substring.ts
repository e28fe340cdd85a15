import { distancesAlong, lineLengthCm, measureToDistance, segmentAt } from './line.ts';
import type { FlatLine } from './line.ts';
import { interpolateAt } from './interpolate.ts';

/**
 * The part of a line between two measures, `from_cm` ≤ `to_cm`, as a flat line of its own; measures beyond the ends are
 * the ends. Where from and to are the same place it is that place twice, so that the result is always a line.
 */
export function substring(
  line: FlatLine,
  from_cm: number,
  to_cm: number,
  length_cm: number = lineLengthCm(line),
): number[] {
  const distances = distancesAlong(line);
  const length = distances.at(-1)!;
  const from = measureToDistance(from_cm, length_cm, length);
  const to = measureToDistance(to_cm, length_cm, length);
  const start = interpolateAt(line, distances, from);
  const end = interpolateAt(line, distances, to);
  const part = [start.x, start.y];
  for (let i = segmentAt(distances, from) + 1; i < distances.length && distances[i]! < to; i++) {
    if (distances[i]! > from) part.push(line[2 * i]!, line[2 * i + 1]!);
  }
  part.push(end.x, end.y);
  return part;
}
