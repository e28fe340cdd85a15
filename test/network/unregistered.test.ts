import { expect } from 'chai';
import fc from 'fast-check';
import { locate } from '../../api/geometry/locate.ts';
import { createTrackMatcher } from '../../api/network/match-track.ts';
import { buildNetwork } from '../../api/network/network.ts';
import { offRoadWalks } from '../../api/network/off-road.ts';
import { lookForUnregistered } from '../../api/network/unregistered.ts';
import type { LoneReport, OffRoadLine, Unregistered } from '../../api/network/unregistered.ts';
import { block, throughLane, walksThrough, type Place } from '../support/lanes.ts';
import { seededRandom } from '../support/shapes.ts';
import { town } from '../support/streets.ts';
import { fixesOf, walkAtRandom } from '../support/walks.ts';

/** All steps at once. */
function findUnregistered(...asked: Parameters<typeof lookForUnregistered>): Unregistered[] {
  const steps = lookForUnregistered(...asked);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const lanes: Record<string, Place[]> = {
  straight: [
    [300, 0],
    [300, 260],
  ],
  bent: [
    [300, 0],
    [300, 130],
    [420, 130],
    [420, 260],
  ],
  oblique: [
    [200, 0],
    [400, 260],
  ],
};

/** A straight walk as it stands in the table, without errors: a place every 10 m. */
const drawn = (patrol: number, from: Place, to: Place, more: Partial<OffRoadLine> = {}): OffRoadLine => {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 10);
  return {
    patrol,
    chief: patrol,
    at_s: 1000 * patrol,
    coordinates: Array.from({ length: steps + 1 }, (_, i) =>
      [0, 1].map((axis) => from[axis as 0]! + ((to[axis as 0]! - from[axis as 0]!) * i) / steps),
    ).flat(),
    ...more,
  };
};
const report = (number: number, x: number, y: number, at_s: number): LoneReport => ({ report: number, x, y, at_s });
const through = (patrol: number, more: Partial<OffRoadLine> = {}): OffRoadLine =>
  drawn(patrol, [300, 15], [300, 245], more);

describe('a lane that is not registered', () => {
  describe('is found from three walks, whichever way they go, and proposed near where it is', () => {
    // Metres of Hausdorff's distance in the middle of 20 tries, and in the worst but two. A corner is cut by 8 m.
    for (const [sigma, usually, nearly] of [
      [4, 9, 12],
      [7, 11, 21],
      [10, 17, 60],
    ] as const) {
      for (const [name, lane] of Object.entries(lanes)) {
        it(`${name}, with errors of ${sigma} m that last`, () => {
          const distances = Array.from({ length: 20 }, (_, i) => {
            const found = findUnregistered(
              block,
              walksThrough(throughLane(lane), { patrols: 3, sigma, seed: i + 1 }),
              [],
            );
            expect(found.map(({ fault }) => fault)).to.deep.equal(['walked']);
            expect(found[0]!.patrols).to.deep.equal([0, 1, 2]);
            expect(found[0]!.confidence).to.equal('medium');
            return hausdorff(found[0]!.coordinates, lane.flat());
          }).sort((a, b) => a - b);
          expect(distances[10], 'in the middle').to.be.at.most(usually);
          expect(distances[17], 'in the worst but two').to.be.at.most(nearly);
        });
      }
    }
  });

  it('is found with its ends on the streets, its length, and who says so since when', () => {
    const found = findUnregistered(block, [through(1), through(2), through(3)], [report(9, 306, 100, 2500)]);
    expect(found).to.have.length(1);
    const [{ coordinates, ...lane }] = found as [(typeof found)[0]];
    expect(hausdorff(coordinates, lanes.straight!.flat())).to.be.below(0.5);
    expect(lane.length_m).to.be.closeTo(260, 0.5);
    expect(lane).to.deep.include({
      fault: 'walked',
      road_ids: [1, 2],
      patrols: [1, 2, 3],
      chiefs: [1, 2, 3],
      reports: [9],
      first_s: 1000,
      last_s: 3000,
      since_s: 2000,
      confidence: 'medium',
    });
    expect(
      findUnregistered(
        block,
        [1, 2, 3, 4].map((n) => through(n)),
        [],
      )[0]!.confidence,
    ).to.equal('high');
  });

  it('takes two walks of different patrols, one walk and two reports, or three reports', () => {
    const faults = (walks: OffRoadLine[], ...reports: LoneReport[]): string[] =>
      findUnregistered(block, walks, reports).map(({ fault, since_s }) => `${fault} since ${since_s}`);
    const [one, two, three] = [report(1, 305, 90, 5000), report(2, 297, 110, 6000), report(3, 310, 120, 7000)];
    expect(faults([through(1)])).to.deep.equal([]);
    expect(faults([through(1), through(1)])).to.deep.equal([]);
    expect(faults([through(1)], one)).to.deep.equal([]);
    expect(faults([], one, two)).to.deep.equal([]);
    expect(faults([through(1), through(2)])).to.deep.equal(['walked since 2000']);
    expect(faults([through(1)], one, two)).to.deep.equal(['walked since 6000']);
    expect(faults([], one, two, three)).to.deep.equal(['reported since 7000']);
    expect(faults([], one, two, report(3, 500, 120, 7000))).to.deep.equal([]);
  });

  it('that is a dead end does not reach the street behind it', () => {
    const inAndOut = (patrol: number): OffRoadLine => {
      const way = drawn(patrol, [300, 15], [300, 225]).coordinates as number[];
      const back = drawn(patrol, [300, 225], [300, 15]).coordinates as number[];
      return { ...drawn(patrol, [0, 0], [1, 0]), coordinates: [...way, ...back] };
    };
    const found = findUnregistered(block, [inAndOut(1), inAndOut(2)], []);
    expect(found.map(({ road_ids }) => road_ids)).to.deep.equal([[1]]);
    expect(hausdorff(found[0]!.coordinates, [300, 0, 300, 225])).to.be.below(6);
  });

  it('that forks is two lines', () => {
    const fork = (patrol: number): OffRoadLine => drawn(patrol, [300, 130], [585, 130]);
    const found = findUnregistered(block, [through(1), through(2), fork(3), fork(4)], []);
    expect(found.map(({ fault }) => fault)).to.deep.equal(['walked', 'walked']);
    expect(found.reduce((sum, { length_m }) => sum + length_m, 0)).to.be.within(510, 570);
  });

  it('is not there where walks only cross', () => {
    expect(findUnregistered(block, [through(1), drawn(2, [150, 130], [450, 130])], [])).to.deep.equal([]);
  });

  it('is not there along a street, as far as its width and an error reach', () => {
    const beside = (patrol: number): OffRoadLine => drawn(patrol, [100, 15], [500, 15]);
    expect(findUnregistered(block, [beside(1), beside(2), beside(3)], [])).to.deep.equal([]);
  });

  it('of a square where people go all ways is an area, without a line', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 10; i++) {
      const anywhere = (): Place => [220 + 160 * random(), 50 + 160 * random()];
      const walks = Array.from({ length: 6 }, (_, patrol) => {
        const corners = Array.from({ length: 6 }, anywhere);
        const coordinates = corners.slice(1).flatMap((to, k) => drawn(patrol, corners[k]!, to).coordinates as number[]);
        return { ...drawn(patrol, [0, 0], [1, 0]), coordinates };
      });
      const found = findUnregistered(block, walks, []);
      expect(found.map(({ fault, length_m }) => [fault, length_m])).to.deep.equal([['wandered', 0]]);
      expect(found[0]!.coordinates.slice(0, 2)).to.deep.equal(found[0]!.coordinates.slice(-2));
    }
  });

  it('is nowhere while people walk on registered streets: 400 km of 120 walks', function () {
    this.timeout(60_000);
    const random = seededRandom(3);
    const streets = buildNetwork(town(seededRandom(5)), 1);
    const match = createTrackMatcher(streets);
    for (const sigma of [4, 10]) {
      const walks = Array.from({ length: 60 }, (_, patrol) => {
        const every_s = [1, 5, 10, 15, 30][patrol % 5]!;
        const fixes = fixesOf(streets, walkAtRandom(streets, random), { sigma, lasting: true, every_s }, random);
        return offRoadWalks(fixes, match(fixes).unmatched).map(({ to_s, coordinates }) => ({
          patrol,
          chief: patrol % 4,
          at_s: to_s,
          coordinates,
        }));
      }).flat();
      expect(findUnregistered(streets, walks, []), `errors of ${sigma} m`).to.deep.equal([]);
    }
  });

  it('is answered the same way, in whatever order walks and reports come', () => {
    const walks = Object.values(lanes).flatMap((lane, i) =>
      walksThrough(throughLane(lane), { patrols: 3, sigma: 7 }).map((walk) => ({
        ...walk,
        patrol: 10 * i + walk.patrol,
      })),
    );
    const reports = Array.from({ length: 12 }, (_, i) => report(i, 280 + 20 * (i % 4), 60 + 15 * i, 500 * i));
    const found = findUnregistered(block, walks, reports);
    expect(found.length).to.be.above(0);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(walks, { minLength: walks.length }),
        fc.shuffledSubarray(reports, { minLength: reports.length }),
        (otherWalks, otherReports) => {
          expect(findUnregistered(block, otherWalks, otherReports)).to.deep.equal(found);
        },
      ),
      { numRuns: 20, seed: 1 },
    );
  });

  it('is answered whatever is asked: no walk, no road, a walk on the spot', () => {
    expect(findUnregistered(block, [], [])).to.deep.equal([]);
    const nothing = buildNetwork([], 1);
    expect(findUnregistered(nothing, [through(1), through(2)], []).map(({ road_ids }) => road_ids)).to.deep.equal([[]]);
    const spot = { coordinates: [300, 100, 300, 100] };
    expect(findUnregistered(block, [through(1, spot), through(2, spot), through(3, spot)], [])).to.deep.equal([]);
  });
});

/** The furthest that one line gets from the other, asked every metre: with no help from what is tested. */
function hausdorff(a: readonly number[], b: readonly number[]): number {
  return Math.max(furthest(a, b), furthest(b, a));
}

function furthest(from: readonly number[], to: readonly number[]): number {
  let most = 0;
  for (let i = 2; i < from.length; i += 2) {
    const [dx, dy] = [from[i]! - from[i - 2]!, from[i + 1]! - from[i - 1]!];
    const metres = Math.ceil(Math.hypot(dx, dy));
    for (let k = 0; k <= metres; k++) {
      const share = metres === 0 ? 0 : k / metres;
      most = Math.max(most, locate(to, from[i - 2]! + share * dx, from[i - 1]! + share * dy).offset_m);
    }
  }
  return most;
}
