/**
 * Reasons to doubt that a track was walked by a person with a phone (R36). Nothing is left out or refused for one: a
 * person looks at it. Each kind is told once, over all places at which it was found.
 *
 * The bounds are far from what honest tracks do: pauses (the same position again and again), tunnels (no fix for
 * minutes, then one that is 100 m off), lasting errors, smoothed and coarse receivers. test/patrols/genuineness.test.ts
 * has them all.
 */
import type { Fix } from '../network/track.ts';
import { hashOf } from './hash.ts';
import type { PatrolFlag } from './patrols.contract.ts';

type Kind = PatrolFlag['kind'];
/** A flag before it is written: seconds since 1970. */
export type Doubt = {
  kind: Kind;
  from_s: number;
  to_s: number;
  fixes: number;
  detail: string;
  /** The numbers of `detail`, for other languages. */
  figures: Record<string, number>;
};
/** Fixes that came behind one of a later time. */
export type Late = { from_s: number; to_s: number; fixes: number };

/** @param fixes in the order of time: seconds, metres. @param accuracies_m of each as stated, NaN where none is. */
export function genuinenessOf(fixes: readonly Fix[], accuracies_m: Float32Array, late: Late | null): Doubt[] {
  const doubts = [
    tooFast(fixes),
    jumps(fixes),
    repeatedPositions(fixes),
    impossibleAccuracy(fixes, accuracies_m),
    tooRegular(fixes),
    straightLines(fixes),
    outOfOrder(fixes, late),
  ];
  return doubts.filter((doubt) => doubt !== null);
}

/** 25 km/h, the most that an electric bicycle may do in China (GB 17761-2018), held for a minute. */
const FASTEST_M_S = 25 / 3.6;
const FAST_FOR_S = 60;

function tooFast(fixes: readonly Fix[]): Doubt | null {
  const found = findings(fixes);
  let [fastest, covered] = [0, 0];
  for (let i = 0, j = 0; i < fixes.length; i += 1) {
    while (j < fixes.length && fixes[j]!.at_s - fixes[i]!.at_s < FAST_FOR_S) j += 1;
    // A track of less than a minute is held against what the fastest makes in a whole one: it is no way out.
    if (j === fixes.length && i === 0) j -= 1;
    if (j === fixes.length) break;
    const speed = beyondStated(fixes[i]!, fixes[j]!) / Math.max(FAST_FOR_S, fixes[j]!.at_s - fixes[i]!.at_s);
    if (speed <= FASTEST_M_S) continue;
    fastest = Math.max(fastest, speed);
    covered += fixes[j]!.at_s - Math.max(fixes[i]!.at_s, found.end_s);
    found.add(i, j);
  }
  return found.doubt(
    'too_fast',
    { seconds: Math.ceil(covered), most_m_s: rounded(FASTEST_M_S, 1), fastest_m_s: rounded(fastest, 1) },
    () =>
      `${round(Math.ceil(covered))} s at more than ${round(FASTEST_M_S, 1)} m/s (25 km/h, the most an electric bicycle may do), up to ${round(fastest, 1)} m/s.`,
  );
}

/** After a tunnel a fix may be 100 m off. */
const JUMP_M = 300;
const JUMP_M_S = 20;

function jumps(fixes: readonly Fix[]): Doubt | null {
  const found = findings(fixes);
  let [farthest, within] = [0, 0];
  for (let i = 1; i < fixes.length; i += 1) {
    const [before, after] = [fixes[i - 1]!, fixes[i]!];
    const beyond = beyondStated(before, after);
    const seconds = after.at_s - before.at_s;
    if (beyond <= JUMP_M || beyond / seconds <= JUMP_M_S) continue;
    if (beyond > farthest) [farthest, within] = [beyond, seconds];
    found.add(i - 1, i);
  }
  return found.doubt(
    'jump',
    { times: found.times, metres: rounded(farthest), seconds: rounded(within, 1) },
    () => `Jumps: ${found.times}, the farthest ${round(farthest)} m within ${round(within, 1)} s.`,
  );
}

/** So many places in a row, to the centimetre, of which most differ: standing and coarse receivers repeat fewer. */
const SAME_PLACES = 12;
const DIFFERENT_PLACES = 8;
const LEAST_REPEATED = 30;

/** The same way twice to the centimetre: part of a track copied behind itself. */
function repeatedPositions(fixes: readonly Fix[]): Doubt | null {
  const indexes: number[] = [];
  for (const [i, { x, y }] of fixes.entries()) {
    if (i === 0 || x !== fixes[i - 1]!.x || y !== fixes[i - 1]!.y) indexes.push(i);
  }
  const centimetre = (value: number): number => Math.round(100 * value);
  const places = Int32Array.from(
    indexes,
    (i) => Math.imul(centimetre(fixes[i]!.x), 73_856_093) ^ centimetre(fixes[i]!.y),
  );
  const first = new Map<number, number>();
  const found = findings(fixes);
  for (let i = 0; i + SAME_PLACES <= places.length; i += 1) {
    if (new Set(places.subarray(i, i + SAME_PLACES)).size < DIFFERENT_PLACES) continue;
    const key = hashOf(places, i, SAME_PLACES);
    const before = first.get(key);
    if (before === undefined) first.set(key, i);
    else if (i - before >= SAME_PLACES) found.add(indexes[i]!, indexes[i + SAME_PLACES - 1]!);
  }
  if (found.fixes < LEAST_REPEATED) return null;
  return found.doubt(
    'repeated_positions',
    {},
    () => `${found.fixes} fixes go through the very same places, to the centimetre, as fixes before them.`,
  );
}

/** A phone under open sky states 3 m at best. */
const BEST_ACCURACY_M = 1;
const LEAST_INACCURATE = 10;

function impossibleAccuracy(fixes: readonly Fix[], accuracies_m: Float32Array): Doubt | null {
  const found = findings(fixes);
  let [stated, best] = [0, Infinity];
  for (const [i, accuracy_m] of accuracies_m.entries()) {
    if (Number.isNaN(accuracy_m)) continue;
    stated += 1;
    if (accuracy_m >= BEST_ACCURACY_M) continue;
    best = Math.min(best, accuracy_m);
    found.add(i, i);
  }
  if (found.fixes < LEAST_INACCURATE || 2 * found.fixes < stated) return null;
  return found.doubt(
    'impossible_accuracy',
    { stated, least_m: BEST_ACCURACY_M, best_m: rounded(best, 2) },
    () =>
      `${found.fixes} of ${stated} fixes state an accuracy below ${BEST_ACCURACY_M} m, down to ${round(best, 2)} m; a phone reaches 3 m.`,
  );
}

/** Steps in a row at the same interval whose lengths differ by less than this part of their mean: people vary by 5 %. */
const SAME_STEPS = 30;
const LEAST_VARIATION = 0.02;
const STANDING_M = 0.3;

function tooRegular(fixes: readonly Fix[]): Doubt | null {
  const found = findings(fixes);
  let least = Infinity;
  let [start, sum, squares] = [1, 0, 0];
  const length = (i: number): number => distance(fixes[i - 1]!, fixes[i]!);
  const seconds = (i: number): number => fixes[i]!.at_s - fixes[i - 1]!.at_s;
  for (let i = 1; i < fixes.length; i += 1) {
    const moved = length(i);
    const sameInterval = i === start || Math.abs(seconds(i) - seconds(i - 1)) < 0.05 * seconds(i);
    if (moved < STANDING_M || !sameInterval) {
      [start, sum, squares] = [i + 1, 0, 0];
      continue;
    }
    sum += moved;
    squares += moved * moved;
    if (i - start + 1 > SAME_STEPS) {
      const gone = length(start);
      sum -= gone;
      squares -= gone * gone;
      start += 1;
    }
    if (i - start + 1 < SAME_STEPS) continue;
    const mean = sum / SAME_STEPS;
    const variation = Math.sqrt(Math.max(0, squares / SAME_STEPS - mean * mean)) / mean;
    if (variation >= LEAST_VARIATION) continue;
    least = Math.min(least, variation);
    found.add(start - 1, i);
  }
  return found.doubt(
    'too_regular',
    { percent: rounded(100 * least, 1) },
    () =>
      `${found.fixes} fixes at steps of equal length (they vary by ${round(100 * least, 1)} %, those of people by 5 % and more).`,
  );
}

/** Fixes in a row that leave a straight line by less than a decimetre; receivers err by more from fix to fix. */
const OFF_LINE_M = 0.1;
const LINE_FIXES = 8;
const LINE_M = 40;
const LEAST_LINES_M = 200;

function straightLines(fixes: readonly Fix[]): Doubt | null {
  const found = findings(fixes);
  let [straight, moved] = [0, 0];
  for (let i = 1; i < fixes.length; i += 1) moved += distance(fixes[i - 1]!, fixes[i]!);
  for (let i = 0; i < fixes.length - 1;) {
    const end = endOfLine(fixes, i);
    const length = distance(fixes[i]!, fixes[end]!);
    if (end - i + 1 >= LINE_FIXES && length >= LINE_M) {
      straight += length;
      found.add(i, end);
      i = end;
    } else i += 1;
  }
  if (straight < LEAST_LINES_M || 2 * straight < moved) return null;
  return found.doubt(
    'straight_lines',
    { straight_m: rounded(straight), moved_m: rounded(moved), lines: found.times, off_m: OFF_LINE_M },
    () =>
      `${round(straight)} of ${round(moved)} m lie on ${found.times} straight lines, off by less than ${OFF_LINE_M} m; receivers err by metres.`,
  );
}

/** The last fix up to which all lie within a decimetre of one line onward from a fix: a cone that each fix narrows. */
function endOfLine(fixes: readonly Fix[], from: number): number {
  const start = fixes[from]!;
  let [middle, low, high, far] = [NaN, -Math.PI, Math.PI, 0];
  let end = from;
  for (let i = from + 1; i < fixes.length; i += 1) {
    const away = distance(start, fixes[i]!);
    if (away <= far) return end; // standing, or back
    far = away;
    const angle = Math.atan2(fixes[i]!.y - start.y, fixes[i]!.x - start.x);
    const spread = away <= OFF_LINE_M ? Math.PI : Math.asin(OFF_LINE_M / away);
    if (Number.isNaN(middle)) middle = angle;
    const turned = turn(angle - middle);
    low = Math.max(low, turned - spread);
    high = Math.min(high, turned + spread);
    if (low > high) return end;
    end = i;
  }
  return end;
}

/** An angle between -π and π. */
const turn = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

const outOfOrder = (fixes: readonly Fix[], late: Late | null): Doubt | null =>
  late && {
    kind: 'out_of_order',
    ...late,
    detail: `${late.fixes} of ${fixes.length} fixes came after one of a later time; a device writes them in order.`,
    figures: { all: fixes.length },
  };

/** Gathers the places of a track at which something was found, given in order, into one flag. */
function findings(of: readonly Fix[]) {
  let [from, to, times, fixes] = [-1, -1, 0, 0];
  return {
    /** From fix to fix, both included; what overlaps counts once. */
    add(first: number, last: number): void {
      if (from === -1) from = first;
      if (first > to) times += 1;
      fixes += last - Math.max(first, to + 1) + 1;
      to = last;
    },
    get times(): number {
      return times;
    },
    get fixes(): number {
      return fixes;
    },
    /** Where the last place ended. */
    get end_s(): number {
      return to === -1 ? -Infinity : of[to]!.at_s;
    },
    doubt: (kind: Kind, figures: Doubt['figures'], detail: () => string): Doubt | null =>
      from === -1 ? null : { kind, from_s: of[from]!.at_s, to_s: of[to]!.at_s, fixes, detail: detail(), figures },
  };
}

/** Metres from one fix to another that are not explained by the accuracies that they state (68 %, so twice them). */
const beyondStated = (a: Fix, b: Fix): number => distance(a, b) - 2 * ((a.accuracy_m ?? 0) + (b.accuracy_m ?? 0));
const distance = (a: Fix, b: Fix): number => Math.hypot(b.x - a.x, b.y - a.y);
const rounded = (value: number, decimals = 0): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
const round = (value: number, decimals = 0): string =>
  rounded(value, decimals).toLocaleString('en', { maximumFractionDigits: decimals });
