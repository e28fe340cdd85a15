import { expect } from 'chai';
import fc from 'fast-check';
import {
  fromStretches,
  sidedClip,
  sidedDifference,
  sidedIntersection,
  sidedLength,
  sidedReverse,
  sidedUnion,
  toStretches,
} from '../../api/geometry/sided-spans.ts';
import type { SidedSpans, Stretch } from '../../api/geometry/sided-spans.ts';
import type { Sides } from '../../api/geometry/side.ts';

const ROAD = 40;
const stretch: fc.Arbitrary<Stretch> = fc.record({
  from_cm: fc.integer({ min: 0, max: ROAD }),
  to_cm: fc.integer({ min: 0, max: ROAD }),
  sides: fc.constantFrom<Sides>('left', 'right', 'both'),
});
const set = fc.array(stretch, { maxLength: 8 }).map(fromStretches);

// The oracle: both sides, centimetre by centimetre; the left ones first.
const bitmap = (stretches: readonly Stretch[]): boolean[] =>
  ['left', 'right'].flatMap((side) =>
    Array.from({ length: ROAD }, (_, at) =>
      stretches.some(
        ({ from_cm, to_cm, sides }) => (sides === 'both' || sides === side) && from_cm <= at && at < to_cm,
      ),
    ),
  );
const bits = (of: SidedSpans): boolean[] => bitmap(toStretches(of));

describe('places on the two sides of a road', () => {
  it('are told with as few stretches as possible', () => {
    const held = fromStretches([
      { from_cm: 0, to_cm: 100, sides: 'left' },
      { from_cm: 40, to_cm: 160, sides: 'right' },
    ]);
    expect(toStretches(held)).to.deep.equal([
      { from_cm: 0, to_cm: 40, sides: 'left' },
      { from_cm: 40, to_cm: 100, sides: 'both' },
      { from_cm: 100, to_cm: 160, sides: 'right' },
    ]);
    expect(sidedLength(held)).to.equal(220);
  });

  it('survive being told: stretches and back are the same set, and no two of one kind touch', () => {
    fc.assert(
      fc.property(set, (places) => {
        const told = toStretches(places);
        expect(fromStretches(told)).to.deep.equal(places);
        for (const [i, a] of told.entries()) {
          for (const b of told.slice(i + 1)) {
            if (a.sides === b.sides) expect(a.to_cm).to.be.below(b.from_cm);
          }
        }
      }),
    );
  });

  it('agree with a bitmap of both sides', () => {
    fc.assert(
      fc.property(set, set, fc.integer({ min: 0, max: ROAD }), (a, b, at) => {
        const [inA, inB] = [bits(a), bits(b)];
        expect(bits(sidedUnion(a, b))).to.deep.equal(inA.map((is, i) => is || inB[i]!));
        expect(bits(sidedIntersection(a, b))).to.deep.equal(inA.map((is, i) => is && inB[i]!));
        expect(bits(sidedDifference(a, b))).to.deep.equal(inA.map((is, i) => is && !inB[i]!));
        expect(bits(sidedClip(a, [0, at]))).to.deep.equal(inA.map((is, i) => is && i % ROAD < at));
        expect(sidedLength(a)).to.equal(inA.filter(Boolean).length);
      }),
    );
  });

  it('turn with the road: left becomes right and the end the start', () => {
    const onLeft = fromStretches([{ from_cm: 0, to_cm: 30, sides: 'left' }]);
    expect(toStretches(sidedReverse(onLeft, 100))).to.deep.equal([{ from_cm: 70, to_cm: 100, sides: 'right' }]);
    fc.assert(
      fc.property(set, (places) => {
        expect(sidedReverse(sidedReverse(places, ROAD), ROAD)).to.deep.equal(places);
      }),
    );
  });
});
