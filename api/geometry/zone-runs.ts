/** Runs of constant zones along a road, one zone on each side, and how short ones join their neighbours. */
export type Run = { from_cm: number; to_cm: number; left: number; right: number };

/** No zone: a hole. */
export const UNZONED = -1;

export const sameZones = (a: Run, b: Run): boolean => a.left === b.left && a.right === b.right;

/** Neighbours with the same zones, joined. */
export function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && sameZones(last, run)) last.to_cm = run.to_cm;
    else result.push({ ...run });
  }
  return result;
}

/**
 * Lets runs shorter than `shortest_cm` join a neighbour, the shortest of them first, until none is left that may. At an
 * end of the road there is only one neighbour; elsewhere it is the one with fewer holes, and then the longer one. A hole
 * on either side may be lost only at an end or between metres of one zone, else the run must join another hole or stay.
 * So a hole of `shortest_cm` or more never disappears.
 */
export function withoutShortRuns(runs: readonly Run[], shortest_cm: number): Run[] {
  let rest = joined(runs);
  for (;;) {
    const next = shortestFirst(rest, shortest_cm).find((i) => neighbourFor(rest, i));
    if (next === undefined) return rest;
    const { left, right } = neighbourFor(rest, next)!;
    rest = joined(rest.with(next, { ...rest[next]!, left, right }));
  }
}

const lengthOf = (run: Run): number => run.to_cm - run.from_cm;

const shortestFirst = (runs: Run[], shortest_cm: number): number[] =>
  [...runs.keys()]
    .filter((i) => lengthOf(runs[i]!) < shortest_cm)
    .sort((a, b) => lengthOf(runs[a]!) - lengthOf(runs[b]!) || a - b);

/** The neighbour that run i may join, if any. */
function neighbourFor(runs: Run[], i: number): Run | undefined {
  const run = runs[i]!;
  const [before, after] = [runs[i - 1], runs[i + 1]];
  if (!before || !after) return before ?? after;
  const mayJoin = (to: Run, side: 'left' | 'right'): boolean =>
    run[side] !== UNZONED || to[side] === UNZONED || before[side] === after[side];
  return [before, after]
    .filter((to) => mayJoin(to, 'left') && mayJoin(to, 'right'))
    .sort((a, b) => holes(a) - holes(b) || lengthOf(b) - lengthOf(a))[0];
}

/** On how many sides the run lies in no zone. */
const holes = (run: Run): number => Number(run.left === UNZONED) + Number(run.right === UNZONED);
