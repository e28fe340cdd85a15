/** Who testifies to a way that is not registered, how much of it is enough, and since when it was. */

/** A patrol, by a chief, or a report. */
export type Witness = {
  patrol: number | null;
  chief: number | null;
  report: number | null;
  at_s: number;
  weight: number;
};

/**
 * Enough are two walks of different patrols, one walk and two reports, or three reports. One walk may be an errand, and
 * so may a walk and a report from it; two reports may be about one thing.
 */
export const WALK = 3;
export const REPORT = 2;
export const ENOUGH = 6;
/** Walks on two diagonals meet for 30 m and make no square: that takes a third one. */
export const ENOUGH_FOR_AREA = 9;
/** Four walks, or as much: their middle errs by half of what one of them does. */
const PLENTY = 12;

export type Outcome = {
  patrols: number[];
  chiefs: number[];
  reports: number[];
  first_s: number;
  last_s: number;
  /** When there first was enough. */
  since_s: number;
  /** high: plenty, by two chiefs or more. low: what one chief alone walked, just enough. */
  confidence: 'low' | 'medium' | 'high';
};

/** The sum of the weights of different witnesses. */
export function weightOf(witnesses: readonly Witness[], numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += witnesses[number]!.weight;
  return sum;
}

/** When the weights of these witnesses, taken in the order of time, first come to enough; Infinity when never. */
export function enoughSince(witnesses: readonly Witness[], numbers: Iterable<number>, enough: number = ENOUGH): number {
  let sum = 0;
  for (const { at_s, weight } of inTime(witnesses, numbers)) {
    sum += weight;
    if (sum >= enough) return at_s;
  }
  return Infinity;
}

/** @param since_s where it is known better than from all of them together. */
export function outcomeOf(
  witnesses: readonly Witness[],
  numbers: Iterable<number>,
  since_s: number = enoughSince(witnesses, numbers),
): Outcome {
  const all = inTime(witnesses, numbers);
  const weight = all.reduce((sum, one) => sum + one.weight, 0);
  const distinct = (of: 'patrol' | 'chief' | 'report'): number[] =>
    [...new Set(all.flatMap((one) => one[of] ?? []))].sort((a, b) => a - b);
  const [patrols, chiefs, reports] = [distinct('patrol'), distinct('chief'), distinct('report')];
  const voices = chiefs.length + (reports.length > 0 ? 1 : 0);
  return {
    patrols,
    chiefs,
    reports,
    first_s: all[0]!.at_s,
    last_s: all.at(-1)!.at_s,
    since_s,
    confidence: voices > 1 && weight >= PLENTY ? 'high' : voices > 1 || weight >= ENOUGH_FOR_AREA ? 'medium' : 'low',
  };
}

const inTime = (witnesses: readonly Witness[], numbers: Iterable<number>): Witness[] =>
  Array.from(numbers, (number) => witnesses[number]!).sort((a, b) => a.at_s - b.at_s);
