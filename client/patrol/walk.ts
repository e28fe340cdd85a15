/**
 * A picked patrol as something that can be walked again: where it was at a second, on which pass, and what lies between
 * the passes. Seconds are counted from the start of the patrol, so that a slider and an address can hold them.
 */
import type { Patrol, PatrolTrack, PassList } from '../../api/patrols/patrols.contract.ts';
import type { Position } from '../road/measured-line.ts';

export type Pass = PassList['features'][number]['properties'] & {
  index: number;
  line: number[][];
  /** Seconds after the start. */
  begin: number;
  end: number;
};
export type Unmatched = { because: Patrol['unmatched'][number]['because']; begin: number; end: number };

export type Walk = {
  /** Milliseconds of the epoch. */
  start_ms: number;
  duration_s: number;
  /** The fixes in order of time, whatever order they were sent in. */
  seconds: Float64Array;
  places: Position[];
  accuracies_m: (number | null)[];
  passes: Pass[];
  unmatched: Unmatched[];
};

export function walkOf(patrol: Patrol, track: PatrolTrack, passes: PassList): Walk {
  const start_ms = Date.parse(patrol.started_at);
  const secondOf = (moment: string): number => (Date.parse(moment) - start_ms) / 1000;
  const { times, accuracies_m } = track.properties;
  const at = times.map(secondOf);
  // Node and browsers sort stably: fixes of the same second keep the order they were sent in.
  const order = at.map((_, i) => i).sort((a, b) => at[a]! - at[b]!);
  return {
    start_ms,
    duration_s: Math.max(0, Math.ceil(secondOf(patrol.ended_at))),
    seconds: Float64Array.from(order, (i) => at[i]!),
    places: order.map((i) => track.geometry.coordinates[i]!),
    accuracies_m: order.map((i) => accuracies_m[i] ?? null),
    passes: passes.features.map(({ properties, geometry }, index) => ({
      ...properties,
      index,
      line: geometry.coordinates,
      begin: secondOf(properties.from),
      end: secondOf(properties.to),
    })),
    unmatched: patrol.unmatched.map(({ because, from, to }) => ({
      because,
      begin: secondOf(from),
      end: secondOf(to),
    })),
  };
}

/** Where the device said it was, in a straight line between the fix before and the fix after. null without a fix. */
export function placeAt({ seconds, places }: Pick<Walk, 'seconds' | 'places'>, second: number): Position | null {
  const i = firstFrom(seconds, second);
  const [before, after] = [places[i - 1], places[i]];
  if (!before || !after) return after ?? before ?? null;
  const span = seconds[i]! - seconds[i - 1]!;
  const share = span > 0 ? (second - seconds[i - 1]!) / span : 1;
  return [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])];
}

/** The pass at a second; where several overlap (roads that cannot be told apart) the most confident. */
export function passAt({ passes }: Pick<Walk, 'passes'>, second: number): Pass | null {
  return passes
    .filter(({ begin, end }) => begin <= second && second <= end)
    .reduce<Pass | null>((best, one) => (best && best.confidence >= one.confidence ? best : one), null);
}

/** A whole second at which `pass` is the one to be seen: its beginning, else its middle, else its end. */
export function secondOn(walk: Pick<Walk, 'passes'>, pass: Pass): number {
  const middle = Math.round((pass.begin + pass.end) / 2);
  const seconds = [Math.ceil(pass.begin), middle, Math.floor(pass.end)];
  return Math.max(0, seconds.find((second) => passAt(walk, second) === pass) ?? middle);
}

export function unmatchedAt({ unmatched }: Pick<Walk, 'unmatched'>, second: number): Unmatched | null {
  return unmatched.find(({ begin, end }) => begin <= second && second <= end) ?? null;
}

/** Where the next pass begins (the last one, going back), for the Page keys; an end of the patrol where there is none. */
export function nextPass({ passes, duration_s }: Walk, second: number, step: 1 | -1): number {
  const begins = passes.map(({ begin }) => Math.max(0, Math.round(begin)));
  if (step > 0) return Math.min(duration_s, ...begins.filter((begin) => begin > second));
  return Math.max(0, ...begins.filter((begin) => begin < second));
}

/** Every n-th so that no more than `most` are left: a day of fixes each second is 30,000 dots nobody tells apart. */
export function thinned<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / most));
  return step === 1 ? [...all] : all.filter((_, i) => i % step === 0);
}

/** Index of the first fix at or after a second, by halving; the count of fixes when there is none. */
function firstFrom(seconds: Float64Array, second: number): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seconds[middle]! < second) low = middle + 1;
    else high = middle;
  }
  return low;
}
