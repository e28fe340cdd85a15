/**
 * The ways that a walker took off every road, as lines: what the matcher told to be `off_network`, and nothing that is a
 * gap, a jump or unclear.
 *
 * Smoothed as the matcher does it: the fixes of twelve seconds are gathered to their middle (observe.ts), 17 m of walk, so
 * that five fixes whose errors differ leave less than half of them. What an error keeps for a minute no smoothing takes
 * from one walk; it goes when several walks are put together (unregistered.ts).
 */
import { observe } from './observe.ts';
import type { Fix, Unmatched } from './track.ts';

/** Times in seconds of the fixes' epoch, metres of their CRS: x, y, x, y, … of two places or more. */
export type OffRoadWalk = { from_s: number; to_s: number; coordinates: number[] };

/** Who does not come as far in twelve seconds stands, and the errors of somebody who stands would draw a scribble. */
const LEAST_STEP_M = 5;
/** Shorter ways are a look into a yard. */
const LEAST_LENGTH_M = 20;

/**
 * @param fixes of a track, in order of time.
 * @param unmatched what the matcher told of it.
 * @returns in order of time.
 */
export function offRoadWalks(fixes: readonly Fix[], unmatched: readonly Unmatched[]): OffRoadWalk[] {
  const times = unmatched.filter(({ because }) => because === 'off_network');
  if (times.length === 0) return [];
  const steps = observe(fixes).legs.flat();
  const walks: OffRoadWalk[] = [];
  let k = 0;
  for (const { from_s, to_s } of times.toSorted((a, b) => a.from_s - b.from_s)) {
    while (k < steps.length && steps[k]!.from_s < from_s) k++;
    const coordinates: number[] = [];
    let length = 0;
    for (; k < steps.length && steps[k]!.to_s <= to_s; k++) {
      const { x, y } = steps[k]!;
      const step = Math.hypot(x - coordinates.at(-2)!, y - coordinates.at(-1)!);
      if (step < LEAST_STEP_M) continue;
      // Of the first place the step is no number.
      if (coordinates.length > 0) length += step;
      coordinates.push(x, y);
    }
    if (length >= LEAST_LENGTH_M) walks.push({ from_s, to_s, coordinates });
  }
  return walks;
}
