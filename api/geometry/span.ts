/**
 * Sets of places along a road, exact to the centimetre.
 *
 * A span is half-open, `[from, to)`, in whole centimetres from the start of the road; a set of places is a list of spans
 * that is sorted, disjoint and without touching or empty ones, which is what PostgreSQL calls an int4multirange. Every
 * function here takes and gives such lists, so that two equal sets are equal lists. Any pile of spans becomes one by `union`.
 */
export type Span = readonly [from_cm: number, to_cm: number];
export type Spans = readonly Span[];

/** Places in any of the given lists. The lists may be unsorted, overlap, touch or hold empty spans. */
export function union(...lists: Spans[]): Span[] {
  const all = lists.flat().filter(([from, to]) => from < to);
  all.sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [from, to] of all) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Places in both. */
export function intersection(a: Spans, b: Spans): Span[] {
  const result: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [aFrom, aTo] = a[i]!;
    const [bFrom, bTo] = b[j]!;
    const from = Math.max(aFrom, bFrom);
    const to = Math.min(aTo, bTo);
    if (from < to) result.push([from, to]);
    if (aTo < bTo) i++;
    else j++;
  }
  return result;
}

/** Places in `a` but not in `b`. */
export function difference(a: Spans, b: Spans): Span[] {
  const result: Span[] = [];
  let j = 0;
  for (const [start, end] of a) {
    let from = start;
    while (j < b.length && b[j]![1] <= from) j++;
    for (let k = j; k < b.length && b[k]![0] < end; k++) {
      if (from < b[k]![0]) result.push([from, b[k]![0]]);
      from = Math.max(from, b[k]![1]);
    }
    if (from < end) result.push([from, end]);
  }
  return result;
}

/** The part that lies within one span. */
export const clip = (spans: Spans, within: Span): Span[] => intersection(spans, [within]);

/** How many centimetres there are. */
export const spansLength = (spans: Spans): number => spans.reduce((total, [from, to]) => total + to - from, 0);

/** Whether the centimetre that begins at `at_cm` is in the set. */
export function contains(spans: Spans, at_cm: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]![1] <= at_cm) low = middle + 1;
    else high = middle;
  }
  return low < spans.length && spans[low]![0] <= at_cm;
}
