import { expect } from 'chai';
import { initialState, type CoverageState, type State } from '../../../client/state/state.ts';
import { filterGaps, goTo, lookAtGap, moveView, openDue } from '../../../client/state/transitions.ts';
import { goesToZone, zoneLookedAt } from '../../../client/state/zone-looked-at.ts';

const view = { lon: 116.4, lat: 39.9, zoom: 12 };
const screen = (coverage: Partial<CoverageState>, more: Partial<State> = {}): State => ({
  ...initialState,
  mode: 'coverage',
  view,
  ...more,
  coverage: { ...initialState.coverage, ...coverage },
});

describe('the zone that is looked at', () => {
  it('is the filter of the coverage panel, but not of what a chief still has to walk', () => {
    const state = screen({ zone: 4 });
    expect(zoneLookedAt(state)).to.equal(4);
    expect(zoneLookedAt(openDue(7)(state))).to.equal(null);
    expect(zoneLookedAt(goTo('plan')(state))).to.equal(null);
  });

  it('is gone to when it is picked, and when a link names it without a view', () => {
    const before = screen({});
    expect(goesToZone(filterGaps({ zone: 4 })(before), before)).to.equal(true);
    expect(goesToZone(screen({ zone: 4 }, { view: null }), null)).to.equal(true);
  });

  it('is seen as the view has it that came along with it: in a link, or going back', () => {
    expect(goesToZone(screen({ zone: 4 }), null)).to.equal(false);
    const elsewhere = moveView({ ...view, zoom: 15 })(screen({ zone: 4 }));
    expect(goesToZone(elsewhere, screen({}))).to.equal(false);
  });

  it('is not gone to again by another filter, when it is let go of, nor when a link names a gap', () => {
    const state = screen({ zone: 4 });
    expect(goesToZone(filterGaps({ role: 'general' })(state), state)).to.equal(false);
    expect(goesToZone(filterGaps({ zone: null })(state), state)).to.equal(false);
    expect(goesToZone(lookAtGap('general.7.0.20.both')(screen({ zone: 4 }, { view: null })), null)).to.equal(false);
  });
});
