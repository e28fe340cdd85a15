/** Arbitrary lines and places for property tests, in a square kilometre of metres; coordinates are whole millimetres. */
import fc from 'fast-check';

const metre = fc.integer({ min: 0, max: 1_000_000 }).map((millimetres) => millimetres / 1000);
export const anyPlace = fc.tuple(metre, metre);

/** 2 to 12 vertices, at least 1 m long. */
export const anyLine = fc
  .array(anyPlace, { minLength: 2, maxLength: 12 })
  .map((places) => places.flat())
  .filter((line) => Math.hypot(line[2]! - line[0]!, line[3]! - line[1]!) >= 1);

/** Seeded numbers in [0, 1), for simulations that must be the same every time (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
