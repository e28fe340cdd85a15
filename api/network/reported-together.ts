/** Reports without a road and without a walk that explains them, gathered by density (DBSCAN, Ester and others 1996). */

/** Half a block: reports of one back yard or one lane are not further apart, those of two are. */
const TOGETHER_M = 40;

/**
 * @param least so many, with itself, within TOGETHER_M of one make it the middle of a gathering.
 * @returns gatherings in the order of their first reports; each in the order in which they were given.
 */
export function reportedTogether<Report extends { x: number; y: number }>(
  reports: readonly Report[],
  least: number,
): Report[][] {
  const squares = new Map<string, number[]>();
  for (const [i, { x, y }] of reports.entries()) {
    const key = squareOf(x, y);
    const all = squares.get(key);
    if (all) all.push(i);
    else squares.set(key, [i]);
  }
  const around = (i: number): number[] => {
    const { x, y } = reports[i]!;
    const found: number[] = [];
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const j of squares.get(squareOf(x + dx * TOGETHER_M, y + dy * TOGETHER_M)) ?? []) {
          if (Math.hypot(reports[j]!.x - x, reports[j]!.y - y) <= TOGETHER_M) found.push(j);
        }
      }
    }
    return found;
  };
  const gathered = new Set<number>();
  const gatherings: Report[][] = [];
  for (const first of reports.keys()) {
    if (gathered.has(first) || around(first).length < least) continue;
    const gathering = [first];
    gathered.add(first);
    for (const i of gathering) {
      const neighbours = around(i);
      if (neighbours.length < least) continue; // at the edge: it belongs to it, and leads no further
      for (const j of neighbours) {
        if (gathered.has(j)) continue;
        gathered.add(j);
        gathering.push(j);
      }
    }
    gatherings.push(gathering.sort((a, b) => a - b).map((i) => reports[i]!));
  }
  return gatherings;
}

const squareOf = (x: number, y: number): string => `${Math.floor(x / TOGETHER_M)} ${Math.floor(y / TOGETHER_M)}`;
