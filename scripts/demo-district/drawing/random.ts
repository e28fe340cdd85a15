/** A stream of repeatable chance. Each part of the district has its own, so redrawing one part leaves the others alone. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  weighted<T>(choices: readonly T[], weight: (choice: T) => number): T;
  /** Normally distributed with mean 0 and deviation 1 (Box and Muller 1958). */
  normal(): number;
}

/** Starts a stream from the district's seed and a word naming its use. */
export function chanceFor(seed: number, use: string): Chance {
  // FNV-1a of the word, so that 'alleys' and 'issues' start far apart.
  let state = (2166136261 ^ seed) >>> 0;
  for (let i = 0; i < use.length; i++) state = Math.imul(state ^ use.charCodeAt(i), 16777619) >>> 0;

  /** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for a town. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  function pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('pick() was given nothing to choose from');
    return choices[Math.floor(next() * choices.length)] as T;
  }

  function weighted<T>(choices: readonly T[], weight: (choice: T) => number): T {
    let left = next() * choices.reduce((sum, choice) => sum + weight(choice), 0);
    for (const choice of choices) {
      left -= weight(choice);
      if (left < 0) return choice;
    }
    return pick(choices);
  }

  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    happens: (probability) => next() < probability,
    pick,
    weighted,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
