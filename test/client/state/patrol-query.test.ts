import { expect } from 'chai';
import { dayAfter, daysBetween, patrolQuery, periodOf } from '../../../client/state/patrol-query.ts';
import { initialState } from '../../../client/state/state.ts';

const { patrols } = initialState;
/** Half past two of the first of November in the district. */
const night = new Date('2026-10-31T18:30:00Z');

describe('the period of patrols', () => {
  it('is the last seven days of the district, today included, when nothing is chosen', () => {
    expect(periodOf(patrols, night)).to.deep.equal({ first: '2026-10-26', last: '2026-11-01' });
  });

  it('asks the server up to the start of the day after the last', () => {
    expect(patrolQuery({ ...patrols, from: '2026-02-27', to: '2026-02-28', role: 'general', chief: 4 })).to.deep.equal({
      from: '2026-02-27',
      to: '2026-03-01',
      role: 'general',
      chief_id: 4,
    });
    expect(patrolQuery({ ...patrols, days: '1' }, night)).to.include({ from: '2026-11-01', to: '2026-11-02' });
  });

  it('counts days over the ends of months and years', () => {
    expect(dayAfter('2027-01-01', -1)).to.equal('2026-12-31');
    expect(daysBetween('2026-12-31', '2027-01-02')).to.equal(2);
  });
});
