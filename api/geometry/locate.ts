import { distancesAlong, distanceToMeasure, lineLengthCm } from './line.ts';
import type { FlatLine } from './line.ts';
import type { Side } from './side.ts';

export type Located = {
  /** Whole centimetres from the start of the line. */
  measure_cm: number;
  /** Metres from the line, never negative. */
  offset_m: number;
  /** The side the position lies on; left when it lies exactly on the line. */
  side: Side;
  /** The place on the line, metres. */
  x: number;
  y: number;
  /** Segment i runs from vertex i to vertex i + 1. */
  segment: number;
};

/**
 * The place on a line nearest to a position; the first such place where several are equally near.
 *
 * @param x, y metres in the CRS of the line.
 */
export function locate(line: FlatLine, x: number, y: number, length_cm: number = lineLengthCm(line)): Located {
  let nearest = Infinity;
  let segment = 0;
  let along = 0;
  for (let i = 0; i < line.length / 2 - 1; i++) {
    const t = nearestOnSegment(line, i, x, y);
    const square = squaredDistance(line, i, t, x, y);
    if (square < nearest) {
      nearest = square;
      segment = i;
      along = t;
    }
  }
  const distances = distancesAlong(line);
  const [from, to] = [distances[segment]!, distances[segment + 1]!];
  return {
    measure_cm: distanceToMeasure(from + along * (to - from), length_cm, distances.at(-1)!),
    offset_m: Math.sqrt(nearest),
    side: sideOf(line, segment, along, x, y),
    x: line[2 * segment]! + along * (line[2 * segment + 2]! - line[2 * segment]!),
    y: line[2 * segment + 1]! + along * (line[2 * segment + 3]! - line[2 * segment + 1]!),
    segment,
  };
}

/** Where on segment i a position is nearest, as a share of it from 0 to 1. */
export function nearestOnSegment(line: FlatLine, i: number, x: number, y: number): number {
  const x0 = line[2 * i]!;
  const y0 = line[2 * i + 1]!;
  const dx = line[2 * i + 2]! - x0;
  const dy = line[2 * i + 3]! - y0;
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  const t = ((x - x0) * dx + (y - y0) * dy) / square;
  return t < 0 ? 0 : t > 1 ? 1 : t;
}

function squaredDistance(line: FlatLine, i: number, t: number, x: number, y: number): number {
  const x0 = line[2 * i]!;
  const y0 = line[2 * i + 1]!;
  const dx = x0 + t * (line[2 * i + 2]! - x0) - x;
  const dy = y0 + t * (line[2 * i + 3]! - y0) - y;
  return dx * dx + dy * dy;
}

/**
 * The side of a line on which a position lies whose nearest place is at share t of segment i.
 * Outside a sharp bend the nearest place is the vertex, and the two segments that meet there may disagree about the side
 * (behind a hairpin each calls it the other); the bisector of their directions does not.
 *
 * @param first, last the segments at the ends of the line, where it is a part of a longer list.
 */
export function sideOf(
  line: FlatLine,
  i: number,
  t: number,
  x: number,
  y: number,
  first: number = 0,
  last: number = line.length / 2 - 2,
): Side {
  if (t > 0 && t < 1) return sideAlong(line, i, dxOf(line, i), dyOf(line, i), x, y);
  let before = t === 0 ? i - 1 : i;
  let after = before + 1;
  while (before > first && isPoint(line, before)) before--;
  while (after < last && isPoint(line, after)) after++;
  if (before < first || isPoint(line, before)) before = after;
  if (after > last || isPoint(line, after)) after = before;
  const ux = dxOf(line, before);
  const uy = dyOf(line, before);
  const vx = dxOf(line, after);
  const vy = dyOf(line, after);
  // Each by the length of the other: the bisector needs directions of equal length, not of length 1.
  const uLength = Math.sqrt(ux * ux + uy * uy);
  const vLength = Math.sqrt(vx * vx + vy * vy);
  return sideAlong(line, after, vLength * ux + uLength * vx, vLength * uy + uLength * vy, x, y);
}

/** The side of a direction that starts at vertex i. */
const sideAlong = (line: FlatLine, i: number, dx: number, dy: number, x: number, y: number): Side =>
  dx * (y - line[2 * i + 1]!) - dy * (x - line[2 * i]!) >= 0 ? 'left' : 'right';

const dxOf = (line: FlatLine, i: number): number => line[2 * i + 2]! - line[2 * i]!;
const dyOf = (line: FlatLine, i: number): number => line[2 * i + 3]! - line[2 * i + 1]!;
const isPoint = (line: FlatLine, i: number): boolean => dxOf(line, i) === 0 && dyOf(line, i) === 0;
