import { expect } from 'chai';
import type { Walked } from '../../../../api/patrols/patrols.contract.ts';
import { topOf, walkedRows } from '../../../../client/panels/patrols/walked-rows.ts';

const cell = (role: 'general' | 'town_l1', required_m: number, walked_m: number) => ({
  role,
  required_m,
  walked_m,
  walked_percent: required_m > 0 ? (walked_m / required_m) * 100 : null,
  elsewhere_m: 0,
});
const walked: Walked = {
  days: [
    { day: '2026-11-01', roles: [cell('town_l1', 100, 100), cell('general', 0, 0)] },
    { day: '2026-11-02', roles: [cell('town_l1', 300, 0)] },
  ],
};

describe('the chart of what was walked', () => {
  it('has a row for each role that is required, with its days in order', () => {
    const rows = walkedRows(walked, null);
    expect(rows.map(({ role }) => role)).to.deep.equal(['town_l1']);
    expect(rows[0]!.days.map((one) => one?.walked_percent)).to.deep.equal([100, 0]);
  });

  it('means metres, not days: a hundred of four hundred is a quarter', () => {
    expect(walkedRows(walked, 'town_l1')[0]!.mean).to.equal(25);
  });

  it('has bars that fill their box at the next round share above the largest', () => {
    const of = (percent: number): Walked => ({
      days: [{ day: '2026-11-01', roles: [cell('town_l1', 100, percent), cell('general', 100, 80)] }],
    });
    expect([0, 0.4, 4.1, 5, 5.1, 99, 100].map((percent) => topOf(of(percent), 'town_l1'))).to.deep.equal([
      1, 1, 5, 5, 10, 100, 100,
    ]);
    expect(topOf(of(4), null)).to.equal(100);
  });

  it('has no row for a role nobody needs', () => {
    expect(walkedRows(walked, 'general')).to.deep.equal([]);
  });
});
