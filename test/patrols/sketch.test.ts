import { expect } from 'chai';
import type { Fix } from '../../api/network/track.ts';
import { sketchOf } from '../../api/patrols/sketch.ts';
import { seededRandom } from '../support/shapes.ts';

/** A walk to and fro with errors of its own. */
function walked(seed: number, fixes = 600): Fix[] {
  const random = seededRandom(seed);
  let [dx, dy] = [0, 0];
  return Array.from({ length: fixes }, (_, i) => {
    dx += random() - 0.5;
    dy += random() - 0.5;
    return { at_s: i, x: 1.4 * i + dx, y: dy };
  });
}
const shared = (a: Fix[], b: Fix[]): number => {
  const known = new Set(sketchOf(a));
  return sketchOf(b).filter((hash) => known.has(hash)).length;
};

describe('the sketch of a track', () => {
  const track = walked(1);

  it('is at most 64 numbers that the database keeps, growing', () => {
    const sketch = sketchOf(track);
    expect(sketch).to.have.length(64);
    expect(sketch).to.deep.equal([...new Set(sketch)].toSorted((a, b) => a - b));
    expect(sketch.every((hash) => hash >= 0 && hash < 2 ** 52)).to.equal(true);
  });

  it('is the same for a copy at another time and place', () => {
    expect(
      shared(
        track,
        track.map(({ at_s, x, y }) => ({ at_s: at_s + 86_400, x, y })),
      ),
    ).to.equal(64);
    expect(
      shared(
        track,
        track.map(({ at_s, x, y }) => ({ at_s, x: x + 1000, y: y - 500 })),
      ),
    ).to.equal(64);
  });

  it('shares much with a part of it, and with a copy in which every hundredth fix was moved', () => {
    expect(shared(track, track.slice(200, 500))).to.be.within(20, 48);
    expect(
      shared(
        track,
        track.map((fix, i) => (i % 100 === 0 ? { ...fix, x: fix.x + 3 } : fix)),
      ),
    ).to.be.above(32);
  });

  it('shares nothing with other walks on the same way', () => {
    for (let seed = 2; seed < 30; seed += 1) expect(shared(track, walked(seed))).to.equal(0);
  });

  it('is empty for standing still, and for a straight line of equal steps', () => {
    expect(sketchOf(track.map(({ at_s }) => ({ at_s, x: 0, y: 0 })))).to.deep.equal([]);
    expect(sketchOf(track.map(({ at_s }) => ({ at_s, x: 1.4 * at_s, y: 0 })))).to.deep.equal([]);
  });
});
