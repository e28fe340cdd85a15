import { expect } from 'chai';
import fc from 'fast-check';
import { hull, ringAround } from '../../api/geometry/hull.ts';

describe('the hull', () => {
  it('of a square with places in it is the square', () => {
    expect(hull([0, 0, 2, 1, 4, 0, 4, 4, 3, 3, 0, 4, 2, 0])).to.deep.equal([0, 0, 4, 0, 4, 4, 0, 4, 0, 0]);
  });

  it('turns left everywhere, and has every place on its left or on it', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 40 }), (places) => {
        const ring = ringAround(places.flat(), 1);
        expect(ring.slice(-2)).to.deep.equal(ring.slice(0, 2));
        for (let i = 0; i + 3 < ring.length; i += 2) {
          const [ax, ay, bx, by] = ring.slice(i, i + 4) as [number, number, number, number];
          for (const [x, y] of places) {
            const distance = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / Math.hypot(bx - ax, by - ay);
            // The circles around places, and not only they, are in it.
            expect(distance).to.be.at.least(1 - 1e-6);
          }
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
