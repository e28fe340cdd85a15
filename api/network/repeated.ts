/**
 * Stretches of a road that another road of its level repeats: one street drawn twice.
 *
 * Pieces of two roads that lie within a few metres of each other and are nearly parallel are gathered by pairs of roads
 * and put together to runs along each. Two roads that leave a junction at a sharp angle are near each other for a while
 * too, but they drift apart: what tells them from a street drawn twice is the slope of the distance along the run, asked
 * of either half, because a slip road that comes near and leaves again has none on the whole.
 */
import { measureAt, roadCount } from './lines.ts';
import type { Lines } from './lines.ts';

export type RepeatRules = {
  near_m: number;
  least_m: number;
  share: number;
  /** Metres that the distance may grow on a metre of road. */
  drift: number;
};

export type Repeated = {
  /** Road numbers: the road that is repeated for the greater part of it, and the one that repeats it. */
  road: number;
  other: number;
  from_cm: number;
  to_cm: number;
  /** Mean distance between the two. */
  distance_m: number;
};

/** A part of one segment beside another: metres along its road, and the signed distances from the other at its ends. */
type Piece = [from: number, to: number, across: number, acrossEnd: number];

/** Segments that differ by more in their direction are not the same street: the cosine's counterpart, sin 15°. */
const MOST_TURN = 0.26;

export type RepeatFinder = {
  /** Takes a look at two segments of different roads. */
  look(segment: number, other: number): void;
  /** What was found, when all pairs were shown. */
  repeated(): Repeated[];
};

export function createRepeatFinder(lines: Lines, rules: RepeatRules): RepeatFinder {
  const roads = roadCount(lines);
  /** The pieces of each road of a pair, by smaller number · roads + greater number. */
  const pairs = new Map<number, [Piece[], Piece[]]>();

  return {
    look(v, w) {
      const piece = pieceBeside(lines, v, w, rules.near_m);
      if (!piece) return;
      const otherPiece = pieceBeside(lines, w, v, rules.near_m);
      const swapped = lines.vertexRoads[v]! > lines.vertexRoads[w]!;
      const [road, other] = [lines.vertexRoads[swapped ? w : v]!, lines.vertexRoads[swapped ? v : w]!];
      const key = road * roads + other;
      let pair = pairs.get(key);
      if (!pair) pairs.set(key, (pair = [[], []]));
      pair[swapped ? 1 : 0].push(piece);
      if (otherPiece) pair[swapped ? 0 : 1].push(otherPiece);
    },
    repeated() {
      return Array.from(pairs, ([key, [pieces, otherPieces]]) => {
        const [road, other] = [Math.floor(key / roads), key % roads];
        return repeatsOfPair(lines, rules, { road, pieces }, { road: other, pieces: otherPieces });
      }).flat();
    },
  };
}

type Beside = { road: number; pieces: Piece[] };

/** The runs along the road that has the greater share in them, of equal ones along the younger (the greater id). */
function repeatsOfPair(lines: Lines, rules: RepeatRules, one: Beside, two: Beside): Repeated[] {
  const found = [one, two].map(({ road, pieces }) => {
    const runs = runsOf(pieces, 2 * rules.near_m).filter((run) => isRepeated(lines, rules, road, run));
    const length = lines.along[lines.roadVertices[road + 1]! - 1]!;
    return { road, runs, share: runs.reduce((sum, { from, to }) => sum + to - from, 0) / length };
  });
  const [a, b] = found as [(typeof found)[0], (typeof found)[0]];
  const alike = Math.abs(a.share - b.share) < 0.01;
  const first = alike ? lines.roadIds[a.road]! > lines.roadIds[b.road]! : a.share > b.share;
  const [repeated, other] = first ? [a, b] : [b, a];
  return repeated.runs.map(({ from, to, distance }) => ({
    road: repeated.road,
    other: other.road,
    from_cm: measureAt(lines, repeated.road, from),
    to_cm: measureAt(lines, repeated.road, to),
    distance_m: distance,
  }));
}

/**
 * The part of segment v that lies beside segment w (its foot is on it) within `near` metres, when the two are nearly
 * parallel, whichever ways they go.
 */
function pieceBeside({ xy, along }: Lines, v: number, w: number, near: number): Piece | null {
  const [x, y] = [xy[2 * w]!, xy[2 * w + 1]!];
  const [ux, uy] = [xy[2 * w + 2]! - x, xy[2 * w + 3]! - y];
  const [dx, dy] = [xy[2 * v + 2]! - xy[2 * v]!, xy[2 * v + 3]! - xy[2 * v + 1]!];
  const length = Math.sqrt(ux * ux + uy * uy);
  const run = Math.sqrt(dx * dx + dy * dy);
  const turn = ux * dy - uy * dx;
  if (length === 0 || run === 0 || Math.abs(turn) > MOST_TURN * length * run) return null;
  const [px, py] = [xy[2 * v]! - x, xy[2 * v + 1]! - y];
  const ahead = (px * ux + py * uy) / length;
  const aheadStep = (dx * ux + dy * uy) / length;
  const across = (ux * py - uy * px) / length;
  const acrossStep = turn / length;
  let [from, to] = [0, 1];
  // Where start + t · step lies between low and high.
  for (const [start, step, low, high] of [
    [ahead, aheadStep, 0, length],
    [across, acrossStep, -near, near],
  ] as const) {
    if (step === 0) {
      if (start < low || start > high) return null;
      continue;
    }
    const [enters, leaves] = [(low - start) / step, (high - start) / step];
    from = Math.max(from, Math.min(enters, leaves));
    to = Math.min(to, Math.max(enters, leaves));
  }
  // Two roads that follow one another share the place at which they meet and nothing more.
  if ((to - from) * run < 0.01) return null;
  return [along[v]! + from * run, along[v]! + to * run, across + from * acrossStep, across + to * acrossStep];
}

type Run = { from: number; to: number; distance: number; drift: number };

/** Pieces put together where no more than `gap` metres lie between them, as on the outside of a bend. */
function runsOf(pieces: Piece[], gap: number): Run[] {
  pieces.sort((a, b) => a[0] - b[0]);
  const runs: Run[] = [];
  for (let first = 0; first < pieces.length;) {
    const from = pieces[first]![0];
    let to = pieces[first]![1];
    let end = first + 1;
    for (; end < pieces.length && pieces[end]![0] <= to + gap; end++) to = Math.max(to, pieces[end]![1]);
    const own = pieces.slice(first, end);
    const middle = (from + to) / 2;
    const drift = Math.max(straightLine(own, from, middle).drift, straightLine(own, middle, to).drift);
    runs.push({ from, to, distance: straightLine(own, from, to).distance, drift });
    first = end;
  }
  return runs;
}

/**
 * The mean distance between two measures, and how fast the signed distance grows: the slope of the straight line that fits
 * it best (least squares over every metre; Simpson's rule is exact for what is integrated here).
 */
function straightLine(pieces: Piece[], low: number, high: number): { distance: number; drift: number } {
  let [metres, s, ss, c, sc, distance] = [0, 0, 0, 0, 0, 0];
  for (const [from, to, across, acrossEnd] of pieces) {
    const [start, end] = [Math.max(from, low), Math.min(to, high)];
    for (const [share, weight] of simpson) {
      if (start >= end) break;
      const at = start + share * (end - start);
      const aside = across + ((at - from) / (to - from)) * (acrossEnd - across);
      const part = weight * (end - start);
      metres += part;
      s += part * (at - low);
      ss += part * (at - low) ** 2;
      c += part * aside;
      sc += part * (at - low) * aside;
      distance += part * Math.abs(aside);
    }
  }
  const spread = metres * ss - s * s;
  return {
    distance: metres > 0 ? distance / metres : 0,
    drift: spread > 0 ? Math.abs((metres * sc - s * c) / spread) : 0,
  };
}

const simpson = [
  [0, 1 / 6],
  [0.5, 4 / 6],
  [1, 1 / 6],
] as const;

function isRepeated(
  { along, roadVertices }: Lines,
  { least_m, share, drift }: RepeatRules,
  road: number,
  run: Run,
): boolean {
  const length = run.to - run.from;
  const whole = along[roadVertices[road + 1]! - 1]!;
  return (length >= least_m || length >= share * whole) && run.drift <= drift;
}
