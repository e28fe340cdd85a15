import { expect } from 'chai';
import { likelihoodOfPiece, likelihoodOfSide, normalShare, standardError } from '../../api/network/position-error.ts';

describe('the error of a position', () => {
  it('of 10 m accuracy has a standard error of 6.62 m on each axis, and none is better than 4 m', () => {
    expect(standardError(10)).to.be.closeTo(6.624, 0.001);
    expect(standardError(1)).to.equal(standardError(4));
  });

  it('is normal: the table of every textbook', () => {
    const table: [number, number][] = [
      [-1.96, 0.0249979],
      [-1, 0.1586553],
      [0, 0.5],
      [1, 0.8413447],
      [2, 0.9772499],
    ];
    for (const [z, share] of table) expect(normalShare(z)).to.be.closeTo(share, 1e-7);
  });
});

describe('a piece of street', () => {
  it('20 m wide and endless is 1/20 per metre for a position in its middle', () => {
    expect(likelihoodOfPiece(-1000, 1000, 0, 10, 1)).to.be.closeTo(1 / 20, 1e-6);
  });

  it('that begins at the position is half of it, and half on its edge', () => {
    expect(likelihoodOfPiece(0, 1000, 0, 10, 1)).to.be.closeTo(1 / 40, 1e-6);
    expect(likelihoodOfPiece(-1000, 1000, 10, 10, 1)).to.be.closeTo(1 / 40, 1e-6);
  });

  it('is the sum of its parts', () => {
    const parts = likelihoodOfPiece(-5, 3, 4, 6, 7) + likelihoodOfPiece(3, 40, 4, 6, 7);
    expect(parts).to.be.closeTo(likelihoodOfPiece(-5, 40, 4, 6, 7), 1e-12);
  });

  it('sums up what a thing scattered over it would give: 80,000 squares of 10 cm', () => {
    const [sigma, halfWidth] = [6, 8];
    let sum = 0;
    for (let i = 0; i < 500; i++) {
      for (let j = 0; j < 160; j++) {
        const along = -20 + (i + 0.5) / 10;
        const across = -halfWidth + (j + 0.5) / 10;
        const square = along ** 2 + (across - 9) ** 2;
        sum += (Math.exp(-square / (2 * sigma ** 2)) / (2 * Math.PI * sigma ** 2)) * 0.01;
      }
    }
    sum /= 2 * halfWidth;
    expect(likelihoodOfPiece(-20, 30, 9, halfWidth, sigma)).to.be.closeTo(sum, 1e-6);
  });
});

describe('the side of a street', () => {
  it('is even in the middle and sure far out', () => {
    expect(likelihoodOfSide(0, 10, 5)).to.be.closeTo(0.5, 1e-9);
    expect(likelihoodOfSide(15, 10, 5)).to.be.above(0.99);
    expect(likelihoodOfSide(500, 10, 5)).to.equal(1);
  });
});
