import { expect } from 'chai';
import { offRoadWalks } from '../../api/network/off-road.ts';
import type { Fix } from '../../api/network/track.ts';
import { locate } from '../../api/geometry/locate.ts';
import { seededRandom } from '../support/shapes.ts';
import { fixesAlong } from '../support/walks.ts';

/** East at 1 m/s, a fix a second. */
const eastwards = (until_s: number): Fix[] =>
  Array.from({ length: until_s + 1 }, (_, at_s) => ({ at_s, x: at_s, y: 0 }));
const off = (from_s: number, to_s: number) => ({ from_s, to_s, because: 'off_network' as const });

describe('a walk off the roads', () => {
  it('is the line of that time: a place for every twelve seconds', () => {
    expect(offRoadWalks(eastwards(300), [off(120, 179)])).to.deep.equal([
      { from_s: 120, to_s: 179, coordinates: [125.5, 0, 137.5, 0, 149.5, 0, 161.5, 0, 173.5, 0] },
    ]);
  });

  it('is nothing where the matcher did not say off the network', () => {
    const fixes = eastwards(300);
    expect(offRoadWalks(fixes, [])).to.deep.equal([]);
    for (const because of ['gap', 'jump', 'unclear'] as const) {
      expect(offRoadWalks(fixes, [{ from_s: 0, to_s: 300, because }])).to.deep.equal([]);
    }
  });

  it('is one for each time, in their order', () => {
    const times = offRoadWalks(eastwards(900), [off(600, 719), off(120, 239)]).map(({ from_s }) => from_s);
    expect(times).to.deep.equal([120, 600]);
  });

  it('draws no scribble where somebody stands, and none of who only stood', () => {
    const stood = fixesAlong(() => ({ x: 0, y: 0 }), 600, { sigma: 1, lasting: true, every_s: 1 }, seededRandom(1));
    expect(offRoadWalks(stood, [off(0, 600)])).to.deep.equal([]);
  });

  it('errs less than its fixes where their errors are white', () => {
    const way = (at_s: number) => ({ x: at_s, y: 0 });
    const fixes = fixesAlong(way, 599, { sigma: 8, lasting: false, every_s: 2 }, seededRandom(2));
    const [walk] = offRoadWalks(fixes, [off(0, 598)]);
    const places = walk!.coordinates.length / 2;
    let square = 0;
    for (let i = 1; i < 2 * places; i += 2) square += walk!.coordinates[i]! ** 2 / places;
    // Six fixes a place: 8 m / √6 = 3.3 m.
    expect(Math.sqrt(square)).to.be.below(4.5);
    expect(locate(walk!.coordinates, 300, 0).offset_m).to.be.below(8);
  });
});
