import { expect } from 'chai';
import fc from 'fast-check';
import { CREDITED } from '../../api/network/credit.ts';
import { createTrackMatcher } from '../../api/network/match-track.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { Network } from '../../api/network/network.ts';
import type { Fix, Pass, TrackMatch } from '../../api/network/track.ts';
import { along, hardShapes } from '../support/hard-shapes.ts';
import type { HardShape } from '../support/hard-shapes.ts';
import { seededRandom } from '../support/shapes.ts';
import { network, road, town } from '../support/streets.ts';
import { fixesAlong, fixesOf, PACE_M_S, score, walkAtRandom } from '../support/walks.ts';
import type { Errors, Score, Step } from '../support/walks.ts';

const credited = (passes: readonly Pass[]): Step[] =>
  passes
    .filter(({ confidence }) => confidence >= CREDITED)
    .map((pass) => ({ road: pass.road, from: pass.from_cm / 100, to: pass.to_cm / 100 }));

const straight = network(road(1, [0, 0, 600, 0]), road(2, [600, 0, 600, 300]), road(3, [0, 0, 0, 300]));

/** Fixes of a walk along road 1 from its start. */
const alongStreet = (until_s: number, errors: Errors, seed: number = 1): Fix[] =>
  fixesAlong((at_s) => ({ x: PACE_M_S * at_s, y: 0 }), until_s, errors, seededRandom(seed));

describe('a track', () => {
  describe('on a hard shape, over 20 walks with errors of 4 m that last', () => {
    // Per cent of the walked metres: as measured (npm run bench -- match), and a half more.
    const missedAtMost: Record<string, number> = { 'through a park between two streets': 4.5 };
    for (const shape of hardShapes) {
      it(`${shape.name}: what is walked is credited, and nothing beside it`, () => {
        const { walked, missed, phantom } = walkTwenty(shape, { sigma: 4, lasting: true, every_s: 1 });
        expect((100 * phantom) / walked, '% phantom').to.be.at.most(0.5);
        expect((100 * missed) / walked, '% missed').to.be.at.most(missedAtMost[shape.name] ?? 3);
      });
    }

    it('parallel alleys 15 m apart: the other one gets nothing even with errors of 10 m', () => {
      const shape = hardShapes.find(({ name }) => name === 'parallel alleys 15 m apart')!;
      const { walked, phantom } = walkTwenty(shape, { sigma: 10, lasting: true, every_s: 1 });
      expect((100 * phantom) / walked).to.be.at.most(0.1);
    });
  });

  for (const every_s of [1, 5, 15, 30, 60]) {
    it(`with a fix every ${every_s} s tells what was walked through a town, without a setting`, () => {
      const random = seededRandom(5);
      const streets = buildNetwork(town(random), 1);
      const match = createTrackMatcher(streets);
      const sum: Score = { walked: 0, missed: 0, phantom: 0 };
      for (let i = 0; i < 6; i++) {
        const walk = walkAtRandom(streets, random);
        const fixes = fixesOf(streets, walk, { sigma: 6, lasting: true, every_s }, random);
        const one = score(walk, credited(match(fixes).passes));
        for (const key of ['walked', 'missed', 'phantom'] as const) sum[key] += one[key];
      }
      expect((100 * sum.phantom) / sum.walked, '% phantom').to.be.at.most(1);
      expect((100 * sum.missed) / sum.walked, '% missed').to.be.at.most(every_s < 60 ? 3.5 : 9);
    });
  }

  it('tells the error of its device, how long it lasts, and the pace', () => {
    const streets = buildNetwork(town(seededRandom(5)), 1);
    const match = createTrackMatcher(streets);
    const random = seededRandom(9);
    for (const [errors, lasts] of [
      [{ sigma: 4, lasting: true, every_s: 1 }, [40, 160]],
      [{ sigma: 12, lasting: true, every_s: 5 }, [40, 160]],
      [{ sigma: 12, lasting: false, every_s: 5 }, [0, 20]],
      [{ sigma: 8, lasting: false, every_s: 1 }, [0, 20]],
    ] as const) {
      const { estimate } = match(fixesOf(streets, walkAtRandom(streets, random), errors, random));
      // Five fixes a second apart are one observation, whose part of a white error is smaller.
      const noise = errors.lasting || errors.every_s === 1 ? errors.sigma : errors.sigma / Math.sqrt(3);
      expect(estimate!.noise_m, JSON.stringify(errors)).to.be.within(0.75 * noise, 1.3 * noise);
      expect(estimate!.correlation_s, JSON.stringify(errors)).to.be.within(lasts[0], lasts[1]);
      expect(estimate!.speed_m_s).to.be.closeTo(PACE_M_S, 0.12);
      expect(estimate!.interval_s).to.equal(errors.every_s);
    }
  });

  it('is credited with its time and direction', () => {
    const match = createTrackMatcher(straight);
    const { passes } = match(alongStreet(400, { sigma: 4, lasting: true, every_s: 5 }));
    const sure = passes.filter(({ confidence }) => confidence >= CREDITED);
    expect(sure).to.have.length.within(1, 5);
    for (const pass of sure) {
      expect(pass).to.include({ road: 0, direction: 'forward' });
      // Where he was at a time follows from the pace.
      expect(pass.from_s).to.be.closeTo(pass.from_cm / 100 / PACE_M_S, 15);
      expect(pass.to_s).to.be.closeTo(pass.to_cm / 100 / PACE_M_S, 15);
    }
    const back = alongStreet(400, { sigma: 4, lasting: true, every_s: 5 }).map((fix) => ({ ...fix, x: 600 - fix.x }));
    expect(match(back).passes.find(({ confidence }) => confidence >= CREDITED)!.direction).to.equal('backward');
  });

  it('tells for each street in a row when it was walked, also for those between two fixes', () => {
    const blocks = Array.from({ length: 12 }, (_, i) => road(i + 1, [50 * i, 0, 50 * i + 50, 0]));
    const match = createTrackMatcher(network(...blocks));
    for (const every_s of [1, 15, 60]) {
      const { passes } = match(alongStreet(420, { sigma: 3, lasting: true, every_s }));
      const sure = passes.filter(({ confidence, to_cm, from_cm }) => confidence >= CREDITED && to_cm - from_cm > 4000);
      expect(sure, `a fix every ${every_s} s`).to.have.length.above(9);
      for (const { road: number, from_cm, to_cm, from_s, to_s } of sure) {
        const [enters_s, leaves_s] = [from_cm, to_cm].map((cm) => (50 * number + cm / 100) / PACE_M_S) as [
          number,
          number,
        ];
        expect(from_s, `into road ${number + 1}`).to.be.closeTo(enters_s, 12);
        expect(to_s, `out of road ${number + 1}`).to.be.closeTo(leaves_s, 12);
        expect(to_s - from_s).to.be.above(15); // 40 m and more
      }
    }
  });

  it('that stands at a crossing for ten minutes is on a pass all the while, wherever its fixes drift', () => {
    const { roads, way } = hardShapes.find(({ name }) => name.startsWith('standing'))!;
    const match = createTrackMatcher(buildNetwork(roads, 1));
    const { at, until_s } = along(way, PACE_M_S);
    for (let seed = 1; seed <= 5; seed++) {
      const { passes } = match(fixesAlong(at, until_s, { sigma: 10, lasting: true, every_s: 10 }, seededRandom(seed)));
      const sure = passes.filter(({ confidence }) => confidence >= CREDITED);
      for (let second = 150; second < 730; second += 10) {
        const on = sure.some(({ from_s, to_s }) => from_s <= second && second <= to_s);
        expect(on, `walk ${seed}, second ${second}`).to.equal(true);
      }
    }
  });

  it('that comes by a street again an hour later has passed it twice', () => {
    const once = alongStreet(400, { sigma: 3, lasting: true, every_s: 5 });
    const again = once.map((fix) => ({ ...fix, at_s: fix.at_s + 3600 }));
    const { passes, unmatched } = createTrackMatcher(straight)([...once, ...again]);
    const middle = passes.filter((pass) => pass.road === 0 && pass.from_cm < 30_000 && pass.to_cm > 30_000);
    expect(middle.map(({ from_s }) => from_s > 3000)).to.deep.equal([false, true]);
    expect(unmatched).to.deep.equal([{ from_s: 400, to_s: 3600, because: 'gap' }]);
  });

  it('that jumps for one fix loses that fix and nothing else', () => {
    const fixes = alongStreet(400, { sigma: 3, lasting: true, every_s: 5 });
    const match = createTrackMatcher(straight);
    const whole = match(fixes);
    const mad = fixes.map((fix, i) => (i === 40 ? { ...fix, y: 5000 } : fix));
    const found = match(mad);
    expect(found.unmatched).to.deep.equal([{ from_s: 200, to_s: 200, because: 'jump' }]);
    const metres = ({ passes }: TrackMatch): number =>
      credited(passes).reduce((sum, { from, to }) => sum + to - from, 0);
    expect(metres(found)).to.be.closeTo(metres(whole), 10);
  });

  it('that leaps with every other fix, or with each, is told so in one piece', () => {
    const fixes = alongStreet(400, { sigma: 3, lasting: true, every_s: 5 });
    const match = createTrackMatcher(straight);
    const thereAndBack = match(fixes.map((fix, i) => (i % 2 === 1 ? { ...fix, y: 5000 } : fix)));
    expect(thereAndBack.unmatched).to.deep.equal([{ from_s: 5, to_s: 395, because: 'jump' }]);
    expect(credited(thereAndBack.passes)).to.not.deep.equal([]);
    const onAndOn = match(fixes.map((fix, i) => ({ ...fix, x: 1000 * i })));
    expect(onAndOn).to.deep.include({ passes: [], unmatched: [{ from_s: 0, to_s: 400, because: 'jump' }] });
  });

  it('far from any road is off the network, and credits nothing', () => {
    const fixes = alongStreet(600, { sigma: 5, lasting: true, every_s: 5 }).map((fix) => ({ ...fix, y: fix.y + 900 }));
    const { passes, unmatched, estimate } = createTrackMatcher(straight)(fixes);
    expect(Object.values(estimate!).every(Number.isFinite)).to.equal(true);
    expect(credited(passes)).to.deep.equal([]);
    expect(unmatched.map(({ because }) => because)).to.deep.equal(['off_network']);
  });

  it('of no fix, of one, or all at one place is answered', () => {
    const match = createTrackMatcher(straight);
    expect(match([])).to.deep.equal({ passes: [], unmatched: [], estimate: null });
    expect(match([{ at_s: 0, x: 10, y: 0 }])).to.deep.equal({ passes: [], unmatched: [], estimate: null });
    const still = Array.from({ length: 100 }, (_, i) => ({ at_s: 5 * i, x: 300, y: 4 }));
    expect(credited(match(still).passes).reduce((sum, { from, to }) => sum + to - from, 0)).to.be.below(25);
  });

  it('on a network without roads credits nothing', () => {
    const { passes } = createTrackMatcher(buildNetwork([], 1))(
      alongStreet(100, { sigma: 3, lasting: true, every_s: 5 }),
    );
    expect(passes).to.deep.equal([]);
  });

  it('longer than can be held at once is matched like a shorter one', () => {
    const streets = buildNetwork(town(seededRandom(5)), 1);
    const random = seededRandom(2);
    for (let i = 0; i < 5; i++) {
      const fixes = fixesOf(streets, walkAtRandom(streets, random), { sigma: 8, lasting: true, every_s: 12 }, random);
      const [whole, parts] = [createTrackMatcher(streets)(fixes), createTrackMatcher(streets, 25_000)(fixes)];
      const truth = { steps: credited(whole.passes), length: 0 };
      const { walked, missed, phantom } = score(truth, credited(parts.passes));
      expect((100 * (missed + phantom)) / walked).to.be.at.most(1.5);
      expect(parts).to.not.deep.equal(whole); // it was held in parts indeed
    }
  });

  it('is matched the same way whenever, and its passes lie within roads and times, without two alike', () => {
    const streets = buildNetwork(town(seededRandom(5)), 1);
    const match = createTrackMatcher(streets);
    fc.assert(
      fc.property(anyTrack, (fixes) => {
        const found = match(fixes);
        expect(match(fixes)).to.deep.equal(found);
        expectSound(streets, fixes, found);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

function walkTwenty(shape: HardShape, errors: Errors): Score {
  const match = createTrackMatcher(buildNetwork(shape.roads, 1));
  const { at, until_s } = along(shape.way, PACE_M_S);
  const truth = { steps: shape.walked.map(({ id, from, to }) => ({ road: id - 1, from, to })), length: 0 };
  const sum: Score = { walked: 0, missed: 0, phantom: 0 };
  for (let seed = 1; seed <= 20; seed++) {
    const one = score(truth, credited(match(fixesAlong(at, until_s, errors, seededRandom(seed))).passes));
    for (const key of ['walked', 'missed', 'phantom'] as const) sum[key] += one[key];
  }
  return sum;
}

/** Nonsense of every kind in order of time: leaps, rests, gaps, a whole minute or a millisecond between fixes. */
const anyTrack = fc
  .array(
    fc.record({
      wait: fc.oneof(fc.constantFrom(0.001, 1, 5, 60, 400), fc.double({ min: 0.01, max: 100, noNaN: true })),
      x: fc.double({ min: -500, max: 1500, noNaN: true }),
      y: fc.double({ min: -500, max: 1500, noNaN: true }),
      stays: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let at_s = 0;
    let [x, y] = [500, 500];
    return steps.map((step): Fix => {
      at_s += step.wait;
      if (!step.stays) [x, y] = [x + (step.x - x) / 20, y + (step.y - y) / 20];
      return { at_s, x, y };
    });
  });

function expectSound(streets: Network, fixes: readonly Fix[], { passes, unmatched }: TrackMatch): void {
  const [first, last] = [fixes[0]?.at_s ?? 0, fixes.at(-1)?.at_s ?? 0];
  for (const pass of passes) {
    expect(Number.isInteger(pass.from_cm) && Number.isInteger(pass.to_cm)).to.equal(true);
    expect(pass.from_cm).to.be.at.least(0).and.below(pass.to_cm);
    expect(pass.to_cm).to.be.at.most(streets.roadLengths_cm[pass.road]!);
    expect(pass.confidence).to.be.within(0.19, 1);
    expect(pass.from_s)
      .to.be.at.least(first - 1e-6)
      .and.at.most(pass.to_s);
    expect(pass.to_s).to.be.at.most(last + 1e-6);
  }
  for (const { from_s, to_s } of unmatched) {
    expect(from_s).to.be.at.least(first).and.at.most(to_s);
    expect(to_s).to.be.at.most(last);
  }
  const keys = passes.map(({ road: number, from_cm, to_cm, from_s }) => [number, from_cm, to_cm, from_s].join());
  expect(new Set(keys).size).to.equal(keys.length);
}
