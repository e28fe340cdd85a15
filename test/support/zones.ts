/** Made-up zones that tile a rectangle, in metres, as flat rings. */
import type { MultiPolygon } from '../../api/geometry/polygon.ts';

/** A rectangle. */
export const box = (minx: number, miny: number, maxx: number, maxy: number): MultiPolygon => [
  [[minx, miny, maxx, miny, maxx, maxy, minx, maxy]],
];

/** columns × rows four-cornered cells of about `size` metres, whose corners are moved by up to 0.3 of it; no gap, no overlap. */
export function crookedCells(columns: number, rows: number, size: number, random: () => number): MultiPolygon[] {
  const corners = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (_, column): [number, number] => [
      (column + (random() - 0.5) * 0.6) * size,
      (row + (random() - 0.5) * 0.6) * size,
    ]),
  );
  return Array.from({ length: rows * columns }, (_, cell): MultiPolygon => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const places = [corners[row]!, corners[row + 1]!].flatMap((line) => [line[column]!, line[column + 1]!]);
    const [a, b, d, c] = places as [[number, number], [number, number], [number, number], [number, number]];
    return [[[...a, ...b, ...c, ...d]]];
  });
}
