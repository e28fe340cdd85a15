import { expect } from 'chai';
import { issueQuery } from '../../../client/state/issue-query.ts';
import { initialState } from '../../../client/state/state.ts';

describe('the filters of the issue panel', () => {
  const noon = new Date('2026-11-24T04:00:00Z');

  it('count days back from today in the district, today being the first of them', () => {
    expect(issueQuery({ ...initialState.issues, period: '7' }, noon).from).to.equal('2026-11-18');
    // 17:00 in London is already the next day in Shanghai.
    expect(issueQuery({ ...initialState.issues, period: '7' }, new Date('2026-11-24T17:00:00Z')).from).to.equal(
      '2026-11-19',
    );
    expect(issueQuery({ ...initialState.issues, period: 'all' }, noon).from).to.equal(null);
  });

  it('name a category by kind and code, and statuses with commas', () => {
    const query = issueQuery({ category: 'matter-06010', status: ['filed', 'closed'], period: 'all', zone: 4 }, noon);
    expect(query).to.deep.equal({ kind: 'matter', code: '06010', status: 'filed,closed', from: null, zone_id: 4 });
  });
});
