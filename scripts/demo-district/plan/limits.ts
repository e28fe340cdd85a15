import { smooth, wandering } from '../drawing/curves.ts';
import { chanceFor } from '../drawing/random.ts';
import type { Point } from '../drawing/shapes.ts';
import { districtOutline, riverCentre } from './land-plan.ts';
import { place } from './place.ts';

/** The district's edge; like the river it does not depend on the seed of a run. */
export const outline: readonly Point[] = wandering(
  [...districtOutline, districtOutline[0] as Point],
  chanceFor(place.seed, 'outline'),
).slice(0, -1);
export const river: readonly Point[] = smooth(riverCentre);
