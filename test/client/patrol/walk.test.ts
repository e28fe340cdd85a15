import { expect } from 'chai';
import fc from 'fast-check';
import type { PassList, Patrol, PatrolTrack } from '../../../api/patrols/patrols.contract.ts';
import { nextPass, passAt, placeAt, secondOn, thinned, unmatchedAt, walkOf } from '../../../client/patrol/walk.ts';

const moment = (second: number): string => new Date(Date.UTC(2026, 10, 1, 1) + second * 1000).toISOString();
const patrol = {
  started_at: moment(0),
  ended_at: moment(100),
  unmatched: [{ because: 'gap', from: moment(60), to: moment(80) }],
} as unknown as Patrol;
const track = (fixes: [second: number, lon: number, lat: number][]): PatrolTrack => ({
  type: 'Feature',
  id: 1,
  geometry: { type: 'LineString', coordinates: fixes.map(([, lon, lat]) => [lon, lat]) },
  properties: { times: fixes.map(([second]) => moment(second)), accuracies_m: fixes.map(() => 5) },
});
const passes = (...all: [from: number, to: number, confidence: number][]): PassList =>
  ({
    features: all.map(([from, to, confidence]) => ({
      geometry: { coordinates: [] },
      properties: { from: moment(from), to: moment(to), confidence },
    })),
  }) as unknown as PassList;

describe('walking a patrol again', () => {
  const walk = walkOf(
    patrol,
    track([
      [0, 119, 32],
      [100, 121, 34],
      [50, 120, 32],
    ]),
    passes([0, 20, 0.9], [20, 60, 0.4], [25, 40, 0.6]),
  );

  it('is in order of time, whatever order the fixes were sent in', () => {
    expect([...walk.seconds]).to.deep.equal([0, 50, 100]);
    expect(walk.places.map(([lon]) => lon)).to.deep.equal([119, 120, 121]);
    expect(walk.duration_s).to.equal(100);
  });

  it('goes straight from fix to fix, and stands at its ends', () => {
    expect(placeAt(walk, 25)).to.deep.equal([119.5, 32]);
    expect(placeAt(walk, 50)).to.deep.equal([120, 32]);
    expect(placeAt(walk, 75)).to.deep.equal([120.5, 33]);
    expect([placeAt(walk, -5), placeAt(walk, 1e6)]).to.deep.equal([
      [119, 32],
      [121, 34],
    ]);
    expect(placeAt(walkOf(patrol, track([]), passes()), 3)).to.equal(null);
  });

  it('stays between the two fixes around any second', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (seconds, second) => {
          // The longitude of each fix is its own second, so the place at a second tells the second.
          const one = walkOf(patrol, track(seconds.map((at) => [at, at, 0])), passes());
          const expected = Math.min(Math.max(second, Math.min(...seconds)), Math.max(...seconds));
          expect(placeAt(one, second)![0]).to.be.closeTo(expected, 1e-9);
        },
      ),
    );
  });

  it('is on the most confident of the passes of that second, or says why on none', () => {
    expect(passAt(walk, 10)?.index).to.equal(0);
    expect(passAt(walk, 30)?.index).to.equal(2);
    expect(passAt(walk, 50)?.index).to.equal(1);
    expect(passAt(walk, 70)).to.equal(null);
    expect(unmatchedAt(walk, 70)?.because).to.equal('gap');
    expect(unmatchedAt(walk, 90)).to.equal(null);
  });

  it('finds a second for each pass at which that pass is the one to be seen', () => {
    expect(walk.passes.map((pass) => secondOn(walk, pass))).to.deep.equal([0, 60, 25]);
  });

  it('steps from the beginning of a pass to the next, and to the ends beyond', () => {
    expect([0, 20, 24, 25].map((second) => nextPass(walk, second, 1))).to.deep.equal([20, 25, 25, 100]);
    expect([100, 25, 20, 0].map((second) => nextPass(walk, second, -1))).to.deep.equal([25, 20, 0, 0]);
  });

  it('leaves out dots beyond a number, evenly', () => {
    expect(thinned([1, 2, 3], 3)).to.deep.equal([1, 2, 3]);
    expect(thinned([0, 1, 2, 3, 4, 5, 6], 3)).to.deep.equal([0, 3, 6]);
    expect(thinned(Array.from({ length: 30_000 }), 2000)).to.have.length(2000);
  });
});
