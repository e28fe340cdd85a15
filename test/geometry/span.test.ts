import { expect } from 'chai';
import fc from 'fast-check';
import { clip, contains, difference, intersection, spansLength, union } from '../../api/geometry/span.ts';
import type { Span, Spans } from '../../api/geometry/span.ts';

// The oracle: a set of places is the string of its centimetres, one character each.
const ROAD = 60;
const anySpans = fc.array(
  fc.tuple(fc.integer({ min: 0, max: ROAD }), fc.integer({ min: 0, max: ROAD })) as fc.Arbitrary<Span>,
  { maxLength: 8 },
);
const set = anySpans.map((spans) => union(spans));
const bitmap = (spans: Spans): boolean[] =>
  Array.from({ length: ROAD }, (_, at) => spans.some(([from, to]) => from <= at && at < to));

function expectCanonical(spans: Spans): void {
  spans.forEach(([from, to], i) => {
    expect(from).to.be.below(to);
    if (i > 0) expect(spans[i - 1]![1]).to.be.below(from);
  });
}

describe('spans along a road', () => {
  it('join when they touch or overlap, and empty ones vanish', () => {
    expect(
      union(
        [
          [30, 40],
          [0, 10],
          [10, 20],
        ],
        [
          [35, 50],
          [60, 60],
        ],
      ),
    ).to.deep.equal([
      [0, 20],
      [30, 50],
    ]);
  });

  it('leave what is not taken: 0-100 without 20-30 and 90-200 is 0-20 and 30-90', () => {
    expect(
      difference(
        [[0, 100]],
        [
          [20, 30],
          [90, 200],
        ],
      ),
    ).to.deep.equal([
      [0, 20],
      [30, 90],
    ]);
  });

  it('are half-open: the end belongs to the next one', () => {
    expect(contains([[0, 10]], 9)).to.equal(true);
    expect(contains([[0, 10]], 10)).to.equal(false);
    expect(intersection([[0, 10]], [[10, 20]])).to.deep.equal([]);
  });

  it('agree with a bitmap of the road for every operation', () => {
    fc.assert(
      fc.property(set, set, fc.integer({ min: 0, max: ROAD - 1 }), (a, b, at) => {
        const [inA, inB] = [bitmap(a), bitmap(b)];
        const cases: [Span[], boolean[]][] = [
          [union(a, b), inA.map((is, i) => is || inB[i]!)],
          [intersection(a, b), inA.map((is, i) => is && inB[i]!)],
          [difference(a, b), inA.map((is, i) => is && !inB[i]!)],
          [clip(a, [at, ROAD]), inA.map((is, i) => is && i >= at)],
        ];
        for (const [got, expected] of cases) {
          expectCanonical(got);
          expect(bitmap(got)).to.deep.equal(expected);
          expect(spansLength(got)).to.equal(expected.filter(Boolean).length);
          expect(contains(got, at)).to.equal(expected[at]);
        }
      }),
    );
  });

  it('take any pile of spans, sorted or not', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const tidy = union(spans);
        expectCanonical(tidy);
        expect(bitmap(tidy)).to.deep.equal(bitmap(spans));
        expect(union(tidy)).to.deep.equal(tidy);
      }),
    );
  });

  it('change nothing they are given', () => {
    const given: Spans = Object.freeze([Object.freeze([5, 9] as const), Object.freeze([0, 6] as const)]);
    expect(union(given)).to.deep.equal([[0, 9]]);
    expect(given[0]).to.deep.equal([5, 9]);
  });
});
