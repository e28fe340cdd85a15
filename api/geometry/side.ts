/**
 * The two sides of a road, seen in the direction in which it was digitised.
 * As whole numbers they are ranges like measures are, left `[0, 1)` and right `[1, 2)`, so that one exclusion constraint
 * and one algebra serve both axes of a stretch.
 */
export type Side = 'left' | 'right';
export type Sides = Side | 'both';

const ranges = { left: [0, 1], right: [1, 2], both: [0, 2] } as const;

/** The half-open range of whole numbers that stands for `sides`. */
export const sidesToRange = (sides: Sides): readonly [from: number, to: number] => ranges[sides];

/** The word for a range of sides. Throws a RangeError for anything but [0, 1), [1, 2) and [0, 2). */
export function rangeToSides(from: number, to: number): Sides {
  if (from === 0 && to === 2) return 'both';
  if (from === 0 && to === 1) return 'left';
  if (from === 1 && to === 2) return 'right';
  throw new RangeError(`no sides are [${from}, ${to}); expected [0, 1) left, [1, 2) right or [0, 2) both`);
}

/** The same sides once the road is digitised the other way round. */
export const oppositeSides = (sides: Sides): Sides => (sides === 'both' ? 'both' : sides === 'left' ? 'right' : 'left');

export const hasSide = (sides: Sides, side: Side): boolean => sides === 'both' || sides === side;
