/**
 * The way through trodden ground: the longest of the shortest paths through its cells, drawn to the middle of those who
 * walked it, a principal curve (Hastie and Stuetzle 1989). Being asked of the ground and not of one walk, it does not
 * mind in which direction people went, and who went to the end of a lane and back.
 */
import { createQueue } from './queue.ts';
import { stepsWithin } from './trodden-ground.ts';
import type { Cell } from './trodden-ground.ts';

/** Between the places of a line: a bend of a lane shows, the errors of a single square do not. */
export const SPACING_M = 8;
/** A place is drawn to the middle of what was trodden so far before and behind it. */
const WINDOW_M = 20;
/** What is further from a line than two walks that err by 10 m each are from each other, and half a lane, is another way. */
export const ACROSS_M = 25;
/** After three rounds places move by less than half a metre. */
const ROUNDS = 4;
/** Errors leave islands between walks on one way. A path that could not step over them would go round them. */
const STRIDE_M = 25;

const strides = stepsWithin(STRIDE_M);

/** @param cells that hang together. @returns null where there is no way: a single cell. */
export function middleLine(cells: readonly Cell[]): number[] | null {
  const path = longestPath(cells);
  if (path.length < 2) return null;
  let line = evenly(path.flatMap(({ x, y }) => [x, y]));
  for (let round = 0; round < ROUNDS; round++) line = evenly(drawnToMiddle(line, cells));
  return line;
}

/** Where the foot of a cell lies on a line: metres along, metres across (positive on the left), and the direction there. */
export type CellFoot = { cell: Cell; along: number; across: number; direction: number };

/** Those cells whose foot lies within ACROSS_M. */
export function feetOn(line: readonly number[], cells: readonly Cell[]): CellFoot[] {
  const segments = Array.from({ length: line.length / 2 - 1 }, (_, i) => {
    const [x, y] = [line[2 * i]!, line[2 * i + 1]!];
    const [dx, dy] = [line[2 * i + 2]! - x, line[2 * i + 3]! - y];
    return { x, y, dx, dy, length: Math.hypot(dx, dy), before: 0 };
  });
  for (let i = 1; i < segments.length; i++) segments[i]!.before = segments[i - 1]!.before + segments[i - 1]!.length;
  const feet: CellFoot[] = [];
  for (const cell of cells) {
    let [square, share, nearest] = [ACROSS_M ** 2, 0, segments[0]];
    let found = false;
    for (const segment of segments) {
      const { dx, dy, length } = segment;
      const [px, py] = [cell.x - segment.x, cell.y - segment.y];
      const t = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / (length * length))) : 0;
      const away = (px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy);
      if (away >= square) continue;
      [square, share, nearest, found] = [away, t, segment, true];
    }
    if (!found || !nearest) continue;
    const { x, y, dx, dy, length, before } = nearest;
    const across = length > 0 ? (dx * (cell.y - y) - dy * (cell.x - x)) / length : 0;
    feet.push({ cell, along: before + share * length, across, direction: Math.atan2(dy, dx) });
  }
  return feet;
}

export function lengthOfLine(line: readonly number[]): number {
  let length = 0;
  for (let i = 2; i < line.length; i += 2) length += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
  return length;
}

/** The same line with places SPACING_M apart, but for a shorter or longer last step. */
function evenly(line: readonly number[]): number[] {
  const steps = Math.max(1, Math.round(lengthOfLine(line) / SPACING_M));
  const step = lengthOfLine(line) / steps;
  const even = line.slice(0, 2);
  let left = step;
  for (let i = 2; i < line.length; i += 2) {
    const [dx, dy] = [line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!];
    const length = Math.hypot(dx, dy);
    for (; left < length && even.length < 2 * steps; left += step) {
      even.push(line[i - 2]! + (left / length) * dx, line[i - 1]! + (left / length) * dy);
    }
    left -= length;
  }
  even.push(...line.slice(-2));
  return even;
}

/** Each place moved across the line into the middle of those who came by it: each witness counts once there. */
function drawnToMiddle(line: readonly number[], cells: readonly Cell[]): number[] {
  const places = line.length / 2;
  const step = lengthOfLine(line) / (places - 1);
  const sums = Array.from({ length: places }, () => new Map<number, { across: number; weight: number }>());
  for (const { cell, along, across } of feetOn(line, cells)) {
    const first = Math.max(0, Math.ceil((along - WINDOW_M) / step));
    const last = Math.min(places - 1, Math.floor((along + WINDOW_M) / step));
    for (let i = first; i <= last; i++) {
      const nearness = 1.01 - Math.abs(along - i * step) / WINDOW_M;
      for (const witness of cell.witnesses) {
        const sum = sums[i]!.get(witness) ?? { across: 0, weight: 0 };
        sum.across += nearness * across;
        sum.weight += nearness;
        sums[i]!.set(witness, sum);
      }
    }
  }
  return sums.flatMap((here, i) => {
    let across = 0;
    for (const sum of here.values()) across += sum.across / sum.weight / here.size;
    const [a, b] = [Math.max(0, i - 1), Math.min(places - 1, i + 1)];
    const [dx, dy] = [line[2 * b]! - line[2 * a]!, line[2 * b + 1]! - line[2 * a + 1]!];
    const length = Math.hypot(dx, dy) || 1;
    return [line[2 * i]! - (across * dy) / length, line[2 * i + 1]! + (across * dx) / length];
  });
}

/** From one end of the ground to the other: the cell furthest from any, and the one furthest from that. */
function longestPath(cells: readonly Cell[]): Cell[] {
  const numbers = new Map(cells.map(({ key }, i) => [key, i]));

  function pathsFrom(start: number): { furthest: number; parents: Int32Array } {
    const distances = new Float64Array(cells.length).fill(Infinity);
    const parents = new Int32Array(cells.length).fill(-1);
    const done = new Uint8Array(cells.length);
    const queue = createQueue();
    distances[start] = 0;
    queue.put(start, 0);
    let furthest = start;
    for (let i = queue.take(); i !== -1; i = queue.take()) {
      if (done[i] === 1) continue;
      done[i] = 1;
      furthest = i;
      const cell = cells[i]!;
      for (const stride of strides) {
        const j = numbers.get(cell.key + stride);
        if (j === undefined || done[j] === 1) continue;
        const next = cells[j]!;
        // A way where many went is shorter than one beside it.
        const trodden = 1 + 1 / Math.min(cell.witnesses.size, next.witnesses.size);
        const distance = distances[i]! + trodden * Math.sqrt((next.x - cell.x) ** 2 + (next.y - cell.y) ** 2);
        if (distance >= distances[j]!) continue;
        distances[j] = distance;
        parents[j] = i;
        queue.put(j, distance);
      }
    }
    return { furthest, parents };
  }

  const { furthest: start } = pathsFrom(0);
  const { furthest: end, parents } = pathsFrom(start);
  const path: Cell[] = [];
  for (let i = end; i !== -1; i = parents[i]!) path.push(cells[i]!);
  return path;
}
