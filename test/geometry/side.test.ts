import { expect } from 'chai';
import { hasSide, oppositeSides, rangeToSides, sidesToRange } from '../../api/geometry/side.ts';

const all = ['left', 'right', 'both'] as const;

describe('the sides of a road', () => {
  it('are ranges of whole numbers: left [0, 1), right [1, 2), both [0, 2)', () => {
    expect(all.map(sidesToRange)).to.deep.equal([
      [0, 1],
      [1, 2],
      [0, 2],
    ]);
    for (const sides of all) expect(rangeToSides(...sidesToRange(sides))).to.equal(sides);
  });

  it('say which ranges they do not know', () => {
    expect(() => rangeToSides(0, 3)).to.throw(RangeError, 'no sides are [0, 3)');
  });

  it('change places when the road is digitised the other way round', () => {
    expect(all.map(oppositeSides)).to.deep.equal(['right', 'left', 'both']);
  });

  it('both has either', () => {
    expect([hasSide('both', 'left'), hasSide('both', 'right'), hasSide('left', 'right')]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
