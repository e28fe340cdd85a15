/**
 * Sets of places on the two sides of a road: what is held, what is required, what is missing.
 * Each side is a set of its own (span.ts); a stretch is how a person says it, "from here to there, on both sides".
 */
import { clip, difference, intersection, spansLength, union } from './span.ts';
import type { Span, Spans } from './span.ts';
import { hasSide } from './side.ts';
import type { Sides } from './side.ts';

export type SidedSpans = { readonly left: Spans; readonly right: Spans };
export type Stretch = { from_cm: number; to_cm: number; sides: Sides };

/** The places that any of the stretches covers; they may overlap and stand in any order. */
export function fromStretches(stretches: readonly Stretch[]): SidedSpans {
  const spansOn = (side: 'left' | 'right'): Span[] =>
    union(stretches.filter(({ sides }) => hasSide(sides, side)).map(({ from_cm, to_cm }) => [from_cm, to_cm]));
  return { left: spansOn('left'), right: spansOn('right') };
}

/**
 * The fewest words for a set: 'both' wherever left and right agree, and the longest possible stretches of each kind,
 * in the order of their starts (left before right where they start together).
 */
export function toStretches({ left, right }: SidedSpans): Stretch[] {
  const both = intersection(left, right);
  const told = (spans: Spans, sides: Sides): Stretch[] => spans.map(([from_cm, to_cm]) => ({ from_cm, to_cm, sides }));
  const stretches = [
    ...told(both, 'both'),
    ...told(difference(left, both), 'left'),
    ...told(difference(right, both), 'right'),
  ];
  return stretches.sort((a, b) => a.from_cm - b.from_cm || (a.sides < b.sides ? -1 : 1));
}

export const sidedUnion = (...sets: SidedSpans[]): SidedSpans => ({
  left: union(...sets.map((set) => set.left)),
  right: union(...sets.map((set) => set.right)),
});
export const sidedIntersection = (a: SidedSpans, b: SidedSpans): SidedSpans => ({
  left: intersection(a.left, b.left),
  right: intersection(a.right, b.right),
});
export const sidedDifference = (a: SidedSpans, b: SidedSpans): SidedSpans => ({
  left: difference(a.left, b.left),
  right: difference(a.right, b.right),
});
export const sidedClip = (set: SidedSpans, within: Span): SidedSpans => ({
  left: clip(set.left, within),
  right: clip(set.right, within),
});

/** In side-centimetres: a metre of road is 200 of them, 100 on each side. */
export const sidedLength = (set: SidedSpans): number => spansLength(set.left) + spansLength(set.right);

/** The same set on the road digitised the other way round. */
export function sidedReverse({ left, right }: SidedSpans, length_cm: number): SidedSpans {
  const turned = (spans: Spans): Span[] =>
    spans.map(([from, to]): Span => [length_cm - to, length_cm - from]).toReversed();
  return { left: turned(right), right: turned(left) };
}
