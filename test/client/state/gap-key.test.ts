import { expect } from 'chai';
import fc from 'fast-check';
import { gapKey, parseGapKey } from '../../../client/state/gap-key.ts';
import { roles, sidesWords } from '../../../client/state/state.ts';

describe('the key of a gap', () => {
  it('says what the gap is, and is read back', () => {
    expect(gapKey({ role: 'community_l2', road_id: 17, from_m: 120.5, to_m: 340, sides: 'left' })).to.equal(
      'community_l2.17.120.5-340.left',
    );
    const centimetres = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(
        fc.constantFrom(...roles),
        fc.integer({ min: 1 }),
        centimetres,
        centimetres,
        fc.constantFrom(...sidesWords),
        (role, road_id, a, b, sides) => {
          fc.pre(a !== b);
          const gap = { role, road_id, from_m: Math.min(a, b) / 100, to_m: Math.max(a, b) / 100, sides };
          expect(parseGapKey(gapKey(gap))).to.deep.equal(gap);
        },
      ),
    );
  });

  it('is null for what is no gap', () => {
    for (const key of ['', 'mayor.1.0-5.both', 'general.0.0-5.both', 'general.1.5-5.both', 'general.1.0-5.above']) {
      expect(parseGapKey(key), key).to.equal(null);
    }
  });
});
