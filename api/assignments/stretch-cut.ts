/**
 * What remains of a held stretch when a part of it is taken away: pure geometry of road × side × time.
 *
 * A held stretch is a box (span × sides) over a time from `from` to `to`. Taking a smaller box for a window of time
 * leaves: the boxes before and after it along the road, the other side beside it, and the taken box itself once the
 * window is over.
 */
export type Box = { from_cm: number; to_cm: number; left: boolean; right: boolean };

/** The part two boxes share, or null. */
export function shared(a: Box, b: Box): Box | null {
  const box = {
    from_cm: Math.max(a.from_cm, b.from_cm),
    to_cm: Math.min(a.to_cm, b.to_cm),
    left: a.left && b.left,
    right: a.right && b.right,
  };
  return box.from_cm < box.to_cm && (box.left || box.right) ? box : null;
}

/** What is left of `box` without `taken`: at most three boxes, which do not overlap and keep both sides together where they can. */
export function without(box: Box, taken: Box): Box[] {
  const cut = shared(box, taken);
  if (!cut) return [box];
  return [
    { ...box, to_cm: cut.from_cm },
    { ...cut, left: box.left && !cut.left, right: box.right && !cut.right },
    { ...box, from_cm: cut.to_cm },
  ].filter((rest) => rest.from_cm < rest.to_cm && (rest.left || rest.right));
}

/** The area of a box in side-centimetres. */
export const weight = (box: Box): number => (box.to_cm - box.from_cm) * (Number(box.left) + Number(box.right));
