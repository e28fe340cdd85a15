import { expect } from 'chai';
import fc from 'fast-check';
import { joined, UNZONED, withoutShortRuns } from '../../api/geometry/zone-runs.ts';
import type { Run } from '../../api/geometry/zone-runs.ts';

/** Runs that follow each other: [length, left zone, right zone]. */
function runs(...parts: [length: number, left: number, right?: number][]): Run[] {
  let at = 0;
  return parts.map(([length, left, right = left]) => ({ from_cm: at, to_cm: (at += length), left, right }));
}
const anyRuns = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 2 })), {
    minLength: 1,
    maxLength: 10,
  })
  .map((parts) => runs(...parts));

describe('runs shorter than 10', () => {
  it('join the zone on either side of them', () => {
    expect(withoutShortRuns(runs([50, 1], [9, 2], [50, 1]), 10)).to.deep.equal(runs([109, 1]));
  });

  it('join the longer of two different neighbours', () => {
    expect(withoutShortRuns(runs([50, 1], [9, 2], [60, 3]), 10)).to.deep.equal(runs([50, 1], [69, 3]));
  });

  it('join their only neighbour at an end of the road', () => {
    expect(withoutShortRuns(runs([9, 1], [50, 2], [9, UNZONED]), 10)).to.deep.equal(runs([68, 2]));
  });

  it('stay when they are 10 long, or all there is', () => {
    for (const same of [runs([50, 1], [10, 2], [50, 1]), runs([3, 1])]) {
      expect(withoutShortRuns(same, 10)).to.deep.equal(same);
    }
  });

  it('stay when they are a hole between two zones, and join when it is within one', () => {
    const between = runs([50, 1], [9, UNZONED], [50, 2]);
    expect(withoutShortRuns(between, 10)).to.deep.equal(between);
    expect(withoutShortRuns(runs([50, 1], [9, UNZONED], [50, 1]), 10)).to.deep.equal(runs([109, 1]));
  });

  it('rather join a zone than a hole', () => {
    expect(withoutShortRuns(runs([90, UNZONED], [9, 1], [50, 2]), 10)).to.deep.equal(runs([90, UNZONED], [59, 2]));
  });

  it('are all gone in the end but for holes, and no hole of 10 or more is lost', () => {
    fc.assert(
      fc.property(anyRuns, (given) => {
        const rest = withoutShortRuns(given, 10);
        expect(rest.at(-1)!.to_cm).to.equal(given.at(-1)!.to_cm);
        rest.forEach((run, i) => {
          expect(run.from_cm).to.equal(i === 0 ? 0 : rest[i - 1]!.to_cm);
          const short = run.to_cm - run.from_cm < 10 && rest.length > 1;
          if (short) expect([run.left, run.right]).to.include(UNZONED);
        });
        for (const side of ['left', 'right'] as const) {
          const holes = joined(given.map((run) => ({ ...run, left: run[side], right: run[side] })));
          for (const hole of holes.filter((run) => run.left === UNZONED && run.to_cm - run.from_cm >= 10)) {
            const now = rest.filter((run) => run.from_cm < hole.to_cm && hole.from_cm < run.to_cm);
            expect(now.some((run) => run[side] === UNZONED)).to.equal(true);
          }
        }
        expect(withoutShortRuns(rest, 10)).to.deep.equal(rest);
      }),
    );
  });
});
