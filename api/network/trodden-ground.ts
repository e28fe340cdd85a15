/**
 * Ground that was trodden off every road: squares of 5 m with who came over them. Counting people in squares, not walks
 * with walks, keeps the work to the trodden ground, however often a way is walked.
 */
import { extentOf, extentUnion } from '../geometry/extent.ts';
import { nearest } from './nearest.ts';
import type { Network } from './network.ts';

/** Errors of a few metres do not ask for less, and half of a lane's width not for more. */
export const CELL_M = 5;
/** What is nearer to a registered road than its edge and the usual error of a phone may have been on it. */
const CLEAR_M = 8;
/** A report is about a way that passes within it: the accuracy of a report that does not say, twice. */
const REPORT_REACH_M = 20;
/** …and speaks for so much of that way, half a block, before and behind. */
const REPORT_SPEAKS_M = 50;

export type Cell = {
  /** Of its column times WIDTH and its row, so that a neighbour is a fixed step away. */
  key: number;
  /** The middle of what was trodden in it. */
  x: number;
  y: number;
  places: number;
  /** Sums over its places of the cosine and sine of twice the direction, so that there and back are one. */
  cos2: number;
  sin2: number;
  /** Numbers of witnesses (witnesses.ts). */
  witnesses: Set<number>;
};

/** Work that may be laid aside at each step, so that others get their turn meanwhile. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

export type Ground = {
  cells: ReadonlyMap<number, Cell>;
  /** The cells of walks one after the other, one each CELL_M; a walk that comes by a road is two runs. */
  runs: readonly Cell[][];
};

/** Rows, and columns: 160 km. Keys stay below 2^30, which maps find five times as fast as larger numbers. */
const WIDTH = 2 ** 15;
/** So that steps from the first row do not lead to the last. */
const MARGIN = 16;

/** Steps from a cell to all within a distance, as far as their middles tell; itself among them. */
export function stepsWithin(metres: number): number[] {
  const most = Math.floor(metres / CELL_M);
  const span = Array.from({ length: 2 * most + 1 }, (_, i) => i - most);
  return span.flatMap((columns) =>
    span.filter((rows) => Math.hypot(columns, rows) * CELL_M <= metres).map((rows) => columns * WIDTH + rows),
  );
}

/**
 * @param walks in an order of their own, because sums of floating numbers depend on it; `witness` is a number.
 * @param reports likewise.
 * @throws RangeError when walks are more than 160 km apart.
 */
export function* treadGround(
  network: Network,
  walks: readonly { witness: number; coordinates: ArrayLike<number> }[],
  reports: readonly { witness: number; x: number; y: number }[],
): Steps<Ground> {
  const cells = new Map<number, Cell>();
  const keyAt = keysFrom(walks.map(({ coordinates }) => coordinates));
  const runs: Cell[][] = [];
  for (const { witness, coordinates } of walks) {
    let run: Cell[] = [];
    alongLine(coordinates, (x, y, direction) => {
      const road = nearest(network, x, y, network.widest_m + CLEAR_M);
      if (road && road.offset_m < network.roadHalfWidths[road.road]! + CLEAR_M) {
        if (run.length > 0) runs.push(run);
        run = [];
        return;
      }
      const cell = cellAt(cells, keyAt(x, y));
      cell.places += 1;
      cell.x += (x - cell.x) / cell.places;
      cell.y += (y - cell.y) / cell.places;
      cell.cos2 += Math.cos(2 * direction);
      cell.sin2 += Math.sin(2 * direction);
      cell.witnesses.add(witness);
      run.push(cell);
    });
    if (run.length > 0) runs.push(run);
    yield;
  }
  hearReports(cells, keyAt, runs, reports);
  return { cells, runs };
}

function cellAt(cells: Map<number, Cell>, key: number): Cell {
  const known = cells.get(key);
  if (known) return known;
  const cell = { key, x: 0, y: 0, places: 0, cos2: 0, sin2: 0, witnesses: new Set<number>() };
  cells.set(key, cell);
  return cell;
}

/** Keys of places, counted from the south-western corner of some lines; -1 beyond. */
function keysFrom(lines: readonly ArrayLike<number>[]): (x: number, y: number) => number {
  let extent = extentOf([]);
  for (const line of lines) extent = extentUnion(extent, extentOf(line));
  const [minx, miny, maxx, maxy] = extent;
  if (Math.max(maxx - minx, maxy - miny) > (WIDTH - 2 * MARGIN) * CELL_M) {
    throw new RangeError(`walks from ${minx}, ${miny} to ${maxx}, ${maxy}; expected within 160 km`);
  }
  const [west, south] = [Math.floor(minx / CELL_M) - MARGIN, Math.floor(miny / CELL_M) - MARGIN];
  return (x, y) => {
    const [column, row] = [Math.floor(x / CELL_M) - west, Math.floor(y / CELL_M) - south];
    return column >= 0 && row >= 0 && column < WIDTH && row < WIDTH ? column * WIDTH + row : -1;
  };
}

/** Every CELL_M of a line, with the direction there. */
function alongLine(line: ArrayLike<number>, visit: (x: number, y: number, direction: number) => void): void {
  let left = 0;
  for (let i = 2; i < line.length; i += 2) {
    const [dx, dy] = [line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!];
    const length = Math.hypot(dx, dy);
    const direction = Math.atan2(dy, dx);
    for (; left < length; left += CELL_M) {
      visit(line[i - 2]! + (left / length) * dx, line[i - 1]! + (left / length) * dy, direction);
    }
    left -= length;
  }
}

/** Makes reports witnesses of the ways that they are about. */
function hearReports(
  cells: ReadonlyMap<number, Cell>,
  keyAt: (x: number, y: number) => number,
  runs: readonly Cell[][],
  reports: readonly { witness: number; x: number; y: number }[],
): void {
  const heard = new Map<Cell, number[]>();
  const around = stepsWithin(REPORT_REACH_M);
  for (const { witness, x, y } of reports) {
    const key = keyAt(x, y);
    if (key === -1) continue;
    for (const step of around) {
      const cell = cells.get(key + step);
      if (!cell) continue;
      const all = heard.get(cell) ?? [];
      all.push(witness);
      heard.set(cell, all);
    }
  }
  if (heard.size === 0) return;
  const far = REPORT_SPEAKS_M / CELL_M;
  for (const run of runs) {
    for (const [i, cell] of run.entries()) {
      for (const witness of heard.get(cell) ?? []) {
        for (const spokenFor of run.slice(Math.max(0, i - far), i + far + 1)) spokenFor.witnesses.add(witness);
      }
    }
  }
}
