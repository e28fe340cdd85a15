import { expect } from 'chai';
import fc from 'fast-check';
import { initialState, isShown, type State } from '../../../client/state/state.ts';
import {
  assignGap,
  chooseChief,
  chooseRole,
  filterGaps,
  filterPatrols,
  goTo,
  isAnotherPlace,
  lookAtDays,
  lookAtGap,
  lookBack,
  moveView,
  openIssue,
  openDue,
  openPatrol,
  pickRoad,
  planRoad,
  reportAt,
  setStretch,
  showCoverageTab,
  showIssueTab,
  showKind,
  showPatrolTab,
  standAt,
  stepOut,
  stretchOf,
  switchLayer,
  toggleStatus,
} from '../../../client/state/transitions.ts';

const after = (...transitions: ((state: State) => State)[]): State =>
  transitions.reduce((state, transition) => transition(state), initialState);

describe('planning a stretch', () => {
  it('keeps the ends in order and within the road, to the centimetre', () => {
    expect(after(pickRoad(1), setStretch(300, 120.456, 500)).plan).to.include({ from: 120.46, to: 300 });
    expect(after(pickRoad(1), setStretch(-20, 900, 500)).plan).to.include({ from: null, to: null });
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 1e8 }),
        (a, b, centimetres) => {
          const length = centimetres / 100;
          const [from, to] = stretchOf(after(setStretch(a, b, length)).plan, length);
          expect(from).to.be.at.least(0);
          expect(to).to.be.at.least(from);
          expect(to).to.be.at.most(length);
        },
      ),
    );
  });

  it('remembers the whole road as the whole road, whatever its length will be', () => {
    const state = after(pickRoad(1), setStretch(0, 500, 500));
    expect(stretchOf(state.plan, 500)).to.deep.equal([0, 500]);
    expect(stretchOf(state.plan, 520)).to.deep.equal([0, 520]);
  });

  it('lets go of the chief with the role, and of the stretch with the road; picking the same road changes nothing', () => {
    const state = after(pickRoad(1), setStretch(10, 20, 500), chooseRole('town_l1'), chooseChief(7));
    expect(chooseRole('general')(state).plan.chief).to.equal(null);
    expect(pickRoad(2)(state).plan).to.include({ road: 2, from: null, to: null, chief: null, role: 'town_l1' });
    expect(pickRoad(1)(state)).to.equal(state);
  });

  it('begins at a gap with its stretch, side and role, and now', () => {
    const state = after(goTo('coverage'), assignGap('sanitation_l2.42.100.5-250.left'));
    expect(state).to.include({ mode: 'plan', at: null });
    expect(state.plan).to.include({
      road: 42,
      from: 100.5,
      to: 250,
      sides: 'left',
      role: 'sanitation_l2',
      tab: 'assign',
    });
    expect(assignGap('no gap at all')(initialState)).to.equal(initialState);
    expect(assignGap('fault.3')(initialState), 'no role is missing').to.equal(initialState);
  });
});

describe('looking for blind spots', () => {
  it('keeps the zone from kind to kind, and lets go of the fault and the gap, which are of one kind', () => {
    const state = after(
      filterGaps({ zone: 4 }),
      showKind('inventory'),
      filterGaps({ fault: 'short' }),
      lookAtGap('fault.3'),
    );
    expect(showKind('unheld')(state).coverage).to.include({ kind: 'unheld', zone: 4, fault: null, gap: null });
    expect(showKind('inventory')(state)).to.equal(state);
  });

  it('lets go of the duty with the role whose duty it is', () => {
    const state = after(filterGaps({ role: 'town_l1', duty: 'check' }));
    expect(state.coverage).to.include({ role: 'town_l1', duty: 'check' });
    expect(filterGaps({ role: 'general' })(state).coverage.duty).to.equal(null);
    expect(filterGaps({ zone: 4 })(state).coverage.duty).to.equal('check');
  });

  it('goes from a chief of the ranking to what is due today, and back to the ranking', () => {
    const state = after(goTo('coverage'), showCoverageTab('duties'), openDue(7));
    expect(state.coverage).to.include({ tab: 'duties', chief: 7 });
    expect(stepOut(state).coverage).to.include({ tab: 'duties', chief: null });
    expect(stepOut(stepOut(state)).coverage.tab).to.equal('gaps');
  });

  it('goes from a fault of a road to that road', () => {
    expect(planRoad(12)(after(goTo('coverage')))).to.deep.include({ mode: 'plan', at: null });
    expect(planRoad(12)(initialState).plan.road).to.equal(12);
  });
});

describe('stepping out with Escape', () => {
  it('goes from the stretch to the road to none', () => {
    const state = after(pickRoad(1), setStretch(10, 20, 500));
    expect(stepOut(state).plan).to.include({ road: 1, from: null });
    expect(stepOut(stepOut(state)).plan.road).to.equal(null);
  });

  it('goes from a gap to the list, and from filters to none', () => {
    const state = after(goTo('coverage'), filterGaps({ role: 'general' }), lookAtGap('general.1.0-5.both'));
    expect(stepOut(state).coverage).to.include({ gap: null, role: 'general' });
    expect(stepOut(stepOut(state)).coverage.role).to.equal(null);
  });

  it('goes from the place of a report to the report to the list', () => {
    const state = after(goTo('issues'), reportAt(119.9, 32.4));
    expect(state.issues).to.deep.include({ tab: 'report', place: [119.9, 32.4] });
    expect(stepOut(state).issues).to.include({ tab: 'report', place: null });
    expect(stepOut(stepOut(state)).issues.tab).to.equal('list');
  });

  it('always comes to an end', () => {
    const state = after(goTo('issues'), showIssueTab('hot'), openIssue(3));
    const out = [1, 2, 3, 4].reduce((one) => stepOut(one), state);
    expect(stepOut(out)).to.equal(out);
  });
});

describe('the steps of the browser history', () => {
  it('are places, not glances: another mode, road or filter, but not a moved map or handle', () => {
    const state = after(pickRoad(1));
    expect(isAnotherPlace(initialState, state)).to.equal(true);
    expect(isAnotherPlace(state, goTo('coverage')(state))).to.equal(true);
    expect(isAnotherPlace(state, setStretch(1, 2, 10)(state))).to.equal(false);
    expect(isAnotherPlace(state, moveView({ lon: 1, lat: 2, zoom: 3 })(state))).to.equal(false);
    const issues = after(goTo('issues'));
    expect(isAnotherPlace(issues, toggleStatus('closed')(issues))).to.equal(true);
  });
});

describe('layers', () => {
  it('are switched away from what they are by default, and back', () => {
    expect([isShown(initialState, 'zones'), isShown(initialState, 'grid')]).to.deep.equal([true, false]);
    const state = after(switchLayer('zones'), switchLayer('grid'));
    expect([isShown(state, 'zones'), isShown(state, 'grid')]).to.deep.equal([false, true]);
    expect(switchLayer('grid')(state).switched).to.deep.equal(['zones']);
  });
});

describe('looking at patrols', () => {
  const there = goTo('patrols');

  it('begins another patrol at its beginning, and leaves the same one where its slider stands', () => {
    const state = after(there, openPatrol(3), standAt(61.4));
    expect(state.patrols).to.include({ patrol: 3, second: 61 });
    expect(openPatrol(3)(state)).to.equal(state);
    expect(openPatrol(4)(state).patrols.second).to.equal(null);
  });

  it('keeps the day just chosen, and lets the other end of the period follow it, up to 92 days', () => {
    const period = (...chosen: Parameters<typeof lookAtDays>): (string | null)[] => {
      const { from, to } = after(lookAtDays(...chosen)).patrols;
      return [from, to];
    };
    expect(period('2026-03-02', '2026-03-09')).to.deep.equal(['2026-03-02', '2026-03-09']);
    expect(period('2026-03-09', '2026-03-02', 'to')).to.deep.equal(['2026-03-02', '2026-03-02']);
    expect(period('2026-03-09', '2026-03-02', 'from')).to.deep.equal(['2026-03-09', '2026-03-09']);
    expect(period('2026-01-01', '2026-12-31', 'to')).to.deep.equal(['2026-10-01', '2026-12-31']);
    expect(period('2026-01-01', '2026-12-31', 'from')).to.deep.equal(['2026-01-01', '2026-04-02']);
    expect(after(lookAtDays('2026-03-02', '2026-03-09'), lookBack('30')).patrols).to.include({
      days: '30',
      from: null,
      to: null,
    });
  });

  it('steps out of the patrol, then of the filters, and out of the upload into the list', () => {
    const state = after(there, filterPatrols({ role: 'general', chief: 9 }), openPatrol(3));
    const once = stepOut(state);
    expect(once.patrols).to.include({ patrol: null, role: 'general', chief: 9 });
    expect(stepOut(once).patrols).to.include({ role: null, chief: null });
    expect(stepOut(after(there, showPatrolTab('upload'))).patrols.tab).to.equal('list');
  });

  it('is another place for another patrol, and the same for another second', () => {
    const state = after(there, openPatrol(3));
    expect(isAnotherPlace(state, standAt(9)(state))).to.equal(false);
    expect(isAnotherPlace(state, openPatrol(4)(state))).to.equal(true);
  });
});
