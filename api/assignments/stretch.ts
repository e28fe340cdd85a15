/** Two stretches of one road against each other, in the words of the sided-span algebra. */
import {
  fromStretches,
  sidedDifference,
  sidedIntersection,
  sidedLength,
  toStretches,
  type Stretch,
} from '../geometry/sided-spans.ts';

/** The part two stretches share (it is one stretch), or null. */
export const shared = (a: Stretch, b: Stretch): Stretch | null =>
  toStretches(sidedIntersection(fromStretches([a]), fromStretches([b])))[0] ?? null;

/** What is left of a stretch without another: at most the part before, the part after, and the other side between. */
export const without = (stretch: Stretch, taken: Stretch): Stretch[] =>
  toStretches(sidedDifference(fromStretches([stretch]), fromStretches([taken])));

/** Side-centimetres: a metre of road is 200, a metre of one side 100. */
export const weight = (stretch: Stretch): number => sidedLength(fromStretches([stretch]));
