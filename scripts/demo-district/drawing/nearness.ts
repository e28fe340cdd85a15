import { footOnSegment } from './polyline.ts';
import { distance } from './shapes.ts';
import type { Point } from './shapes.ts';

/** Answers how far a place is from the nearest of many lines, up to a limit. */
export type MetresTo = (point: Point, within: number) => number;

const cellMetres = 50;

/** Lines sorted into a grid of 50 m cells, so that a question looks at a few dozen segments instead of ten thousand. */
export function nearnessOf(lines: readonly (readonly Point[])[]): MetresTo {
  const cells = new Map<string, [Point, Point][]>();
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point];
      for (const cell of cellsAround(a, b, 0)) cells.set(cell, [...(cells.get(cell) ?? []), [a, b]]);
    }
  }
  return (point, within) => {
    let metres = Infinity;
    for (const cell of cellsAround(point, point, within)) {
      for (const [a, b] of cells.get(cell) ?? [])
        metres = Math.min(metres, distance(point, footOnSegment(point, a, b).point));
    }
    return metres <= within ? metres : Infinity;
  };
}

function cellsAround(a: Point, b: Point, margin: number): string[] {
  const names: string[] = [];
  const low = [Math.min(a[0], b[0]) - margin, Math.min(a[1], b[1]) - margin].map((metres) =>
    Math.floor(metres / cellMetres),
  );
  const high = [Math.max(a[0], b[0]) + margin, Math.max(a[1], b[1]) + margin].map((metres) =>
    Math.floor(metres / cellMetres),
  );
  for (let column = low[0] as number; column <= (high[0] as number); column++) {
    for (let row = low[1] as number; row <= (high[1] as number); row++) names.push(`${column},${row}`);
  }
  return names;
}
