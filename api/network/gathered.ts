/**
 * Where witnesses gather: connected ground on which enough of them came within a few metres of each other. Clustering by
 * density after DBSCAN (Ester and others 1996), with two differences: what counts is not places but different witnesses,
 * and a walk joins what it walked through.
 */
import { CELL_M, stepsWithin } from './trodden-ground.ts';
import type { Cell, Ground, Steps } from './trodden-ground.ts';
import type { Witness } from './witnesses.ts';

/** Two walks on one way that err by 8 m each are no further apart, in four of five cases: 2^½ · 8 m · 1.3. */
const APART_M = 20;
/** Neighbours touch at this distance, with a square between them that nobody happened to step on. */
const TOUCHING_M = 12;
/** Errors last for a minute. So far two walks may be torn apart by them and still be on one way. */
const TORN_M = 60;

const apart = stepsWithin(APART_M);
const touching = stepsWithin(TOUCHING_M);

/** @returns the cells of each gathering, from west to east and south to north, as the gatherings themselves. */
export function* gatheringsOf({ cells, runs }: Ground, witnesses: readonly Witness[], enough: number): Steps<Cell[][]> {
  const ordered = inOrder(cells.values());
  const dense = new Set<Cell>();
  for (const cell of ordered) {
    if (isDense(cells, cell, witnesses, enough)) dense.add(cell);
    yield;
  }
  const groups = new Map<Cell, Cell>();
  for (const cell of dense) {
    join(groups, cell, cell);
    for (const step of touching) {
      const neighbour = cells.get(cell.key + step);
      if (neighbour && dense.has(neighbour)) join(groups, cell, neighbour);
    }
    yield;
  }
  for (const run of runs) {
    let before = 0;
    for (let i = 0; i < run.length; i++) {
      if (!dense.has(run[i]!)) continue;
      if (dense.has(run[before]!) && (i - before) * CELL_M <= TORN_M) {
        for (let k = before; k < i; k++) if (run[k] !== run[k + 1]) join(groups, run[k]!, run[k + 1]!);
      }
      before = i;
    }
    yield;
  }
  const gatherings = new Map<Cell, Cell[]>();
  for (const cell of ordered) {
    if (!groups.has(cell)) continue;
    const root = rootOf(groups, cell);
    const all = gatherings.get(root);
    if (all) all.push(cell);
    else gatherings.set(root, [cell]);
  }
  return [...gatherings.values()];
}

/** Cells of one group lead to one root (union-find with path halving, Tarjan and van Leeuwen 1984). */
function rootOf(groups: Map<Cell, Cell>, cell: Cell): Cell {
  let [here, above] = [cell, groups.get(cell)!];
  while (above !== here) {
    const further = groups.get(above)!;
    groups.set(here, further);
    [here, above] = [further, groups.get(further)!];
  }
  return here;
}

function join(groups: Map<Cell, Cell>, a: Cell, b: Cell): void {
  for (const cell of [a, b]) if (!groups.has(cell)) groups.set(cell, cell);
  const [root, other] = [rootOf(groups, a), rootOf(groups, b)];
  if (root !== other) groups.set(other, root);
}

/** Parts of some cells that hang together. */
export function connectedParts(of: readonly Cell[]): Cell[][] {
  const left = new Map(of.map((cell) => [cell.key, cell]));
  const parts: Cell[][] = [];
  for (const first of of) {
    if (!left.delete(first.key)) continue;
    const part = [first];
    for (const { key } of part) {
      for (const step of touching) {
        const neighbour = left.get(key + step);
        if (!neighbour) continue;
        left.delete(neighbour.key);
        part.push(neighbour);
      }
    }
    parts.push(inOrder(part));
  }
  return parts;
}

const inOrder = (cells: Iterable<Cell>): Cell[] => Array.from(cells).sort((a, b) => a.key - b.key);

/** Whether the different witnesses near a cell are enough. */
function isDense(
  cells: ReadonlyMap<number, Cell>,
  { key }: Cell,
  witnesses: readonly Witness[],
  enough: number,
): boolean {
  const seen = new Set<number>();
  let sum = 0;
  for (const step of apart) {
    for (const witness of cells.get(key + step)?.witnesses ?? []) {
      if (seen.has(witness)) continue;
      seen.add(witness);
      sum += witnesses[witness]!.weight;
      if (sum >= enough) return true;
    }
  }
  return false;
}
