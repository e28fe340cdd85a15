import { expect } from 'chai';
import fc from 'fast-check';
import { percent } from '../../api/http/units.ts';

describe('shares in percent', () => {
  it('are rounded down to a hundredth and no further, as whole numbers say', () => {
    expect(percent(57, 100)).to.equal(57);
    expect(percent(99_999, 100_000)).to.equal(99.99);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, of) => {
          const part = Math.floor(whole * of);
          expect(percent(part, whole)).to.equal(Number((BigInt(part) * 10_000n) / BigInt(whole)) / 100);
        },
      ),
    );
  });

  it('are none where nothing is required', () => {
    expect(percent(0, 0)).to.equal(null);
  });
});
