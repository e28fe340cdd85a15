import { expect } from 'chai';
import fc from 'fast-check';
import { assignable, faultKey, gapKey, isNamed, parseGapKey, placeKey } from '../../../client/state/gap-key.ts';
import { roles, sidesWords } from '../../../client/state/state.ts';

const centimetres = fc.integer({ min: 0, max: 99_999_999 });
const anyPlace = fc
  .record({
    needs: fc.oneof(
      fc.record({ role: fc.constantFrom(...roles), duty: fc.constantFrom(null, 'joint_check', 'sweeping') }),
      fc.constant({ role: null, duty: null }),
    ),
    road_id: fc.integer({ min: 1 }),
    ends: fc.tuple(centimetres, centimetres).filter(([a, b]) => a !== b),
    sides: fc.constantFrom(...sidesWords),
  })
  .map(({ needs, road_id, ends: [a, b], sides }) => ({
    ...needs,
    road_id,
    from_m: Math.min(a, b) / 100,
    to_m: Math.max(a, b) / 100,
    sides,
  }));

const unheld = { role: 'community_l2', road_id: 17, from_m: 120.5, to_m: 340, sides: 'left', duty: null } as const;

describe('the key of a gap', () => {
  it('says what the gap is, and is read back', () => {
    expect(placeKey(unheld)).to.equal('community_l2.17.120.5-340.left');
    expect(placeKey({ ...unheld, duty: 'sweeping' })).to.equal('community_l2.17.120.5-340.left.sweeping');
    expect(placeKey({ ...unheld, role: null })).to.equal('unzoned.17.120.5-340.left');
    fc.assert(fc.property(anyPlace, (place) => void expect(parseGapKey(placeKey(place))).to.deep.equal(place)));
  });

  it('is the number of a fault that was found by looking at the whole inventory', () => {
    expect(gapKey({ ...unheld, kind: 'inventory', key: 'standing:12' })).to.equal('fault.12');
    expect(parseGapKey(faultKey(12))).to.deep.equal({ fault: 12 });
  });

  it('is null for what is no gap', () => {
    for (const key of [
      '',
      'mayor.1.0-5.both',
      'general.0.0-5.both',
      'general.1.5-5.both',
      'general.1.0-5.above',
      'unzoned.1.0-5.both.sweeping',
      'fault.0',
      'fault.x',
    ]) {
      expect(parseGapKey(key), key).to.equal(null);
    }
  });

  it('names the same metres for the same reason, wherever the list cuts them', () => {
    const gap = { ...unheld, kind: 'unheld' as const, key: 'unheld:17' };
    const named = (key: string): boolean => isNamed(key, gap);
    expect(named('community_l2.17.0-200.both')).to.equal(true);
    expect(named('community_l2.17.0-120.5.left'), 'ends where it begins').to.equal(false);
    expect(named('community_l2.17.120.5-340.right'), 'the other side').to.equal(false);
    expect(named('general.17.120.5-340.left'), 'another role').to.equal(false);
    expect(named('community_l2.17.120.5-340.left.sweeping'), 'another reason').to.equal(false);
  });

  it('leads to an assignment where it is a role that is missing', () => {
    expect(assignable(placeKey(unheld))).to.deep.equal(unheld);
    expect(assignable('unzoned.17.0-5.both')).to.equal(null);
    expect(assignable('fault.12')).to.equal(null);
  });
});
