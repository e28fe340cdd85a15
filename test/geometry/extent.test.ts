import { expect } from 'chai';
import { buffered, extentHolds, extentOf, extentsMeet, extentUnion } from '../../api/geometry/extent.ts';

describe('an extent', () => {
  it('is the box around coordinates', () => {
    expect(extentOf([3, 1, -2, 5, 0, 0])).to.deep.equal([-2, 0, 3, 5]);
    expect(extentOf([9, 9, 1, 2, 3, 4, 9, 9], 2, 6), 'a part of a longer list').to.deep.equal([1, 2, 3, 4]);
  });

  it('of nothing is ignored by a union and meets nothing', () => {
    expect(extentUnion(extentOf([]), [0, 0, 1, 1])).to.deep.equal([0, 0, 1, 1]);
    expect(extentsMeet(extentOf([]), [0, 0, 1, 1])).to.equal(false);
  });

  it('has its edges: boxes that touch meet', () => {
    expect(extentsMeet([0, 0, 1, 1], [1, 1, 2, 2])).to.equal(true);
    expect(extentsMeet([0, 0, 1, 1], [1.01, 0, 2, 2])).to.equal(false);
    expect(extentHolds([0, 0, 1, 1], 1, 0.5)).to.equal(true);
    expect(extentHolds([0, 0, 1, 1], 1.01, 0.5)).to.equal(false);
  });

  it('grows on every side', () => {
    expect(buffered([0, 0, 1, 1], 2)).to.deep.equal([-2, -2, 3, 3]);
  });
});
