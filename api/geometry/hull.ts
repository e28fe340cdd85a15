/**
 * The smallest convex ring around places (Andrew's monotone chain 1979), counterclockwise and closed.
 *
 * @param places x, y, x, y, …
 * @returns x, y, x, y, …, of three different places and the first once more; fewer where all lie on one line.
 */
export function hull(places: readonly number[]): number[] {
  const sorted = Array.from({ length: places.length / 2 }, (_, i): [number, number] => [
    places[2 * i]!,
    places[2 * i + 1]!,
  ]).sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const lower = chain(sorted);
  const upper = chain(sorted.toReversed());
  return [...lower.slice(0, -1), ...upper].flat();
}

/** Those that turn left only. */
function chain(sorted: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const place of sorted) {
    while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, place) <= 0) kept.pop();
    kept.push(place);
  }
  return kept;
}

const turn = ([ax, ay]: [number, number], [bx, by]: [number, number], [cx, cy]: [number, number]): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** The hull of circles (eight corners each, circumscribed about them) around places: never without an area. */
export const ringAround = (places: readonly number[], radius: number): number[] =>
  hull(
    Array.from({ length: places.length / 2 }, (_, i) =>
      corners.flatMap(([east, north]) => [places[2 * i]! + radius * east, places[2 * i + 1]! + radius * north]),
    ).flat(),
  );

const corners = Array.from({ length: 8 }, (_, i): [number, number] => {
  const angle = ((i + 0.5) * Math.PI) / 4;
  return [Math.cos(angle) / Math.cos(Math.PI / 8), Math.sin(angle) / Math.cos(Math.PI / 8)];
});
