import { expect } from 'chai';
import fc from 'fast-check';
import { snap, SURE } from '../../api/network/snap.ts';
import type { SnapAnswer, SnapQuestion } from '../../api/network/snap.ts';
import { buildNetwork } from '../../api/network/network.ts';
import { simulateReports } from '../support/reports.ts';
import type { Telling } from '../support/reports.ts';
import { anyLine, anyPlace, seededRandom } from '../support/shapes.ts';
import { network, road, town } from '../support/streets.ts';

/** Probabilities in percent: of each road by id, and of none under 0. */
function percent({ candidates, off_network_probability }: SnapAnswer): Record<number, number> {
  const entries = candidates.map(({ road_id, probability }) => [road_id, probability] as const);
  return Object.fromEntries(
    [...entries, [0, off_network_probability] as const].map(([id, p]) => [id, Math.round(100 * p)]),
  );
}
const alley = { class: 'alley' };

describe('a snapped report', () => {
  it('on a lone street is matched: measure, side and offset', () => {
    const answer = snap(network(road(7, [0, 0, 1000, 0])), { x: 300, y: 4, accuracy_m: 5 });
    expect(answer.verdict).to.equal('matched');
    expect(answer.candidates[0]).to.include({ road_id: 7, measure_cm: 30000, side: 'left', offset_m: 4, x: 300, y: 0 });
    // A branch is 16 m wide: 1/16 per metre of street and metre across, against 1/1000 for open ground.
    expect(percent(answer)).to.deep.equal({ 7: 98, 0: 2 });
  });

  it('between two alleys 20 m apart is about either', () => {
    const alleys = network(road(1, [0, 0, 500, 0], alley), road(2, [0, 20, 500, 20], alley));
    const answer = snap(alleys, { x: 250, y: 10 });
    expect(answer.verdict).to.equal('ambiguous');
    expect(answer.because).to.equal('parallel');
    expect(answer.candidates.map(({ flags }) => flags)).to.deep.equal([['parallel'], ['parallel']]);
    expect(answer.candidates[0]!.probability).to.be.closeTo(answer.candidates[1]!.probability, 1e-12);
    // 5 m nearer to one, with sigma 6.6 m: exp((15² - 5²) / (2 × 6.6²)) = 10 times as likely (the alley's width takes a little).
    const nearer = snap(alleys, { x: 250, y: 5 });
    expect(nearer.verdict).to.equal('matched');
    expect(nearer.candidates[0]!.probability / nearer.candidates[1]!.probability).to.be.within(7, 10);
  });

  it('at a corner is about either street, and 40 m from it about the one', () => {
    const corner = network(road(1, [0, 0, 200, 0]), road(2, [200, 0, 200, 200]));
    const at = snap(corner, { x: 198, y: 2 });
    expect([at.verdict, at.because]).to.deep.equal(['ambiguous', 'corner']);
    expect(percent(at)).to.deep.equal({ 1: 49, 2: 49, 0: 2 });
    expect(snap(corner, { x: 160, y: 2 })).to.include({ verdict: 'matched' });
  });

  it('at a T-junction is twice as likely about the street that passes as about the one that ends', () => {
    const tee = network(road(1, [-200, 0, 200, 0]), road(2, [0, 0, 0, 200]));
    const { candidates, because } = snap(tee, { x: 0, y: 0 });
    expect(because).to.equal('corner');
    expect(candidates.map(({ road_id }) => road_id)).to.deep.equal([1, 2]);
    expect(candidates[0]!.probability / candidates[1]!.probability).to.be.closeTo(2, 1e-6);
  });

  it('on a dual carriageway is about either carriageway', () => {
    const dual = network(
      road(1, [0, 0, 500, 0], { class: 'main', name: '人民路' }),
      road(2, [500, 16, 0, 16], { class: 'main', name: '人民路' }),
    );
    expect(snap(dual, { x: 250, y: 6 })).to.include({ verdict: 'ambiguous', because: 'parallel' });
  });

  it('under a flyover is about either, and says it is the layers', () => {
    const flyover = network(road(1, [0, 0, 500, 0]), road(2, [0, 0, 500, 0], { layer: 1 }));
    const answer = snap(flyover, { x: 250, y: 3 });
    expect([answer.verdict, answer.because]).to.deep.equal(['ambiguous', 'layer']);
    expect(answer.candidates[0]!.probability).to.equal(answer.candidates[1]!.probability);
  });

  it('in a park is about no road', () => {
    const park = network(road(1, [0, 0, 500, 0], alley), road(2, [0, 200, 500, 200], alley));
    expect(snap(park, { x: 250, y: 100 })).to.deep.equal({
      verdict: 'no_road',
      candidates: [],
      off_network_probability: 1,
      because: null,
    });
    // At 20 m, 3 sigma of 6.6 m, a metre of alley is as unlikely as open ground: exp(-9 / 2) / (2.5 × 6.6) = 0.0007.
    const beside = snap(park, { x: 250, y: 19.5 });
    expect(beside.off_network_probability).to.be.within(0.4, 0.6);
    expect(snap(park, { x: 250, y: 18 })).to.include({ verdict: 'ambiguous', because: 'off_network' });
    expect(snap(park, { x: 250, y: 12 })).to.include({ verdict: 'matched', because: null });
  });

  it('so coarse that a whole quarter comes into question is about no one street', () => {
    const grid = Array.from({ length: 11 }, (_, i) => road(i + 1, [0, 50 * i, 500, 50 * i]));
    const answer = snap(network(...grid), { x: 250, y: 250, accuracy_m: 500 });
    expect(answer.verdict).to.equal('ambiguous');
    expect(answer.candidates).to.have.length(5); // within 100 m
  });

  it('with a heading is about the street that goes that way, forth or back', () => {
    const corner = network(road(1, [-200, 0, 200, 0]), road(2, [0, -200, 0, 200]));
    const here = { x: 4, y: 4 };
    expect(snap(corner, here).verdict).to.equal('ambiguous');
    for (const heading_deg of [90, 270]) {
      const answer = snap(corner, { ...here, heading_deg });
      expect(answer.verdict).to.equal('matched');
      expect(answer.candidates[0]!.road_id).to.equal(1);
      // 3.07 along it and 0.2 across it, in docs of evidence.ts
      expect(answer.candidates[0]!.probability / answer.candidates[1]!.probability).to.be.closeTo(3.07 / 0.2, 0.2);
    }
  });

  it('with a street name is about that street, unless it lies far away', () => {
    const alleys = network(
      road(1, [0, 0, 500, 0], { ...alley, name: '细管胡同' }),
      road(2, [0, 20, 500, 20], { ...alley, name: '粗管胡同' }),
    );
    const answer = snap(alleys, { x: 250, y: 8, text: '粗管胡同12号门前' });
    expect(answer.candidates[0]!.road_id).to.equal(2);
    expect(answer.verdict).to.equal('matched');
    expect(snap(alleys, { x: 250, y: -10, text: '粗管胡同' }).candidates[0]!.road_id).to.equal(1);
  });

  it('with a zone is about a road in that zone, unless it lies far away', () => {
    const lanes = network(road(1, [0, 0, 500, 0], alley), road(2, [0, 20, 500, 20], alley));
    const northern: SnapQuestion['inZone'] = (road_id) => road_id === 2;
    const half = { x: 250, y: 10 };
    expect(snap(lanes, half).candidates[0]!.probability).to.be.closeTo(0.5, 0.02);
    const [first, second] = snap(lanes, { ...half, inZone: northern }).candidates;
    expect(first!.road_id).to.equal(2);
    expect(first!.probability / second!.probability).to.be.closeTo(9, 1e-6);
    expect(snap(lanes, { x: 250, y: -12, inZone: northern }).candidates[0]!.road_id).to.equal(1);
    expect(snap(lanes, { ...half, inZone: () => false })).to.deep.equal(snap(lanes, half));
  });

  it('on a boundary street is flagged, because there the side decides', () => {
    const streets = network(road(1, [0, 0, 500, 0]));
    const zoneAt: SnapQuestion['zoneAt'] = (_road, measure_cm, side) => (measure_cm < 25000 ? 'a' : side);
    expect(snap(streets, { x: 200, y: 3, zoneAt }).candidates[0]!.flags).to.deep.equal([]);
    expect(snap(streets, { x: 300, y: 3, zoneAt }).candidates[0]!.flags).to.deep.equal(['boundary']);
  });

  it('is surer of the side the farther it lies from the middle', () => {
    const streets = network(road(1, [0, 0, 500, 0], { class: 'main' }));
    const sureness = [0, 5, 10, 20].map((y) => snap(streets, { x: 250, y }).candidates[0]!.side_probability);
    expect(sureness[0]).to.be.closeTo(0.5, 1e-6);
    expect(sureness[1]).to.be.closeTo(0.78, 0.01); // 5 m is 0.75 sigma
    expect(sureness[3]).to.be.above(0.99);
  });

  it('has probabilities that add up to 1, likeliest first', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 30 }),
        anyPlace,
        fc.double({ min: 0.1, max: 2000, noNaN: true }),
        fc.option(fc.double({ min: 0, max: 359.9, noNaN: true }), { nil: undefined }),
        (lines, [x, y], accuracy_m, heading_deg) => {
          const answer = snap(network(...lines.map((line, i) => road(i + 1, line))), { x, y, accuracy_m, heading_deg });
          const probabilities = answer.candidates.map(({ probability }) => probability);
          const sum = probabilities.reduce((total, p) => total + p, answer.off_network_probability);
          expect(sum).to.be.closeTo(1, 1e-12);
          expect(probabilities).to.deep.equal(probabilities.toSorted((a, b) => b - a));
          expect(answer.verdict === 'matched').to.equal((probabilities[0] ?? 0) >= SURE);
        },
      ),
    );
  });

  it('does not depend on how a street is cut into segments', () => {
    const whole = network(road(1, [0, 0, 400, 0]), road(2, [100, 5, 100, 300]));
    const steps = Array.from({ length: 41 }, (_, i) => [10 * i, 0]).flat();
    const cut = network(road(1, steps), road(2, [100, 5, 100, 300]));
    for (const x of [60, 90, 100, 130]) {
      const [a, b] = [snap(whole, { x, y: 6 }), snap(cut, { x, y: 6 })];
      expect(b.off_network_probability).to.be.closeTo(a.off_network_probability, 1e-3);
      expect(percent(b)).to.deep.equal(percent(a));
    }
  });
});

describe('the probabilities of snapped reports', () => {
  const streets = buildNetwork(
    town(seededRandom(2024)).map((one) => ({ ...one, name: one.id % 3 === 0 ? `${one.id}号街` : null })),
    1,
  );

  /**
   * By how many standard errors the worst tenth of the scale is off, allowing for two percent, and how many of the answers
   * given at 0.9 or more are right. By chance one tenth in 3,000 is off by 3.5 standard errors.
   */
  function reliability(telling: Telling, lie: number = 1): { off: number; sure: number; sureRight: number } {
    const report = simulateReports(streets, [0, 0, 1000, 1000], seededRandom(5));
    const bands = Array.from({ length: 10 }, () => ({ answers: 0, right: 0, promised: 0, variance: 0 }));
    let [sure, sureRight] = [0, 0];
    for (let i = 0; i < 6000; i++) {
      const { question, truth } = report(telling);
      const { candidates, off_network_probability } = snap(streets, {
        ...question,
        accuracy_m: question.accuracy_m! * lie,
      });
      const none = { road_id: 0, probability: off_network_probability };
      for (const { road_id, probability } of [...candidates, none]) {
        const band = bands[Math.min(9, Math.floor(10 * probability))]!;
        band.answers++;
        band.promised += probability;
        band.variance += probability * (1 - probability);
        if (road_id === truth) band.right++;
        if (probability < 0.9) continue;
        sure++;
        if (road_id === truth) sureRight++;
      }
    }
    const off = bands
      .filter(({ answers }) => answers >= 50)
      .map(({ answers, right, promised, variance }) =>
        Math.max(0, (Math.abs(right - promised) - 0.02 * answers) / Math.sqrt(variance)),
      );
    return { off: Math.max(...off), sure, sureRight };
  }

  const evidence = { 'the position alone': {}, 'a heading': { heading: true }, 'a name': { name: true } };
  for (const [what, telling] of Object.entries(evidence)) {
    for (const accuracy_m of [6, 15, 30, 50]) {
      it(`mean what they say with ${what} at ${accuracy_m} m, and of those at 0.9 nine in ten are right`, () => {
        const { off, sure, sureRight } = reliability({ ...telling, accuracy_m });
        expect(off).to.be.below(3.5);
        if (sure > 100) expect(sureRight / sure).to.be.at.least(0.9);
      });
    }
  }

  it('hold where one error in ten is twice as large as the device says', () => {
    for (const accuracy_m of [6, 15]) {
      const { sure, sureRight } = reliability({ accuracy_m, rough: true });
      expect(sureRight / sure).to.be.at.least(0.9);
    }
  });

  it('would be found out if they did not: snapping is told half or twice the accuracy', () => {
    expect(reliability({ accuracy_m: 15 }, 0.5).off).to.be.above(7);
    expect(reliability({ accuracy_m: 15 }, 2).off).to.be.above(7);
  });
});
