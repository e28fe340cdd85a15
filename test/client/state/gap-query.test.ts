import { expect } from 'chai';
import fc from 'fast-check';
import {
  cadenceQuery,
  changesQuery,
  faultsOf,
  fromDay,
  gapQuery,
  isFiltered,
  isTallied,
  lastMonth,
  tallyQuery,
  tilesShow,
} from '../../../client/state/gap-query.ts';
import { gapKinds, initialState, type CoverageState } from '../../../client/state/state.ts';

const noon = new Date('2026-11-27T04:00:00Z');
const asked = (coverage: Partial<CoverageState>, at: string | null = null) => ({
  at,
  coverage: { ...initialState.coverage, ...coverage },
});

describe('the filters of blind spots', () => {
  it('ask only what the kind knows: a fault of the register has no role, an unregistered road no class', () => {
    const set = { role: 'general', duty: 'check', class: 'alley', zone: 4, running: true, age: '30' } as const;
    expect(gapQuery(asked({ ...set, kind: 'unwalked' }))).to.deep.equal({
      kind: 'unwalked',
      at: null,
      period: 'running',
      role: 'general',
      duty: 'check',
      class: 'alley',
      zone_id: 4,
      fault: null,
      older_than_days: 30,
    });
    expect(gapQuery(asked({ ...set, kind: 'inventory' }))).to.include({
      role: null,
      duty: null,
      period: null,
      zone_id: 4,
    });
    expect(gapQuery(asked({ ...set, kind: 'unregistered' }))).to.include({ class: null, older_than_days: 30 });
  });

  it('know a fault only of its own kind', () => {
    for (const kind of gapKinds) {
      for (const fault of Object.values(faultsOf).flat())
        expect(gapQuery(asked({ kind, fault })).fault).to.equal(faultsOf[kind].includes(fault) ? fault : null);
    }
  });

  it('have totals only where something is required', () => {
    for (const kind of gapKinds) {
      const tally = tallyQuery(asked({ kind }), 'town');
      expect(tally?.kind ?? null).to.equal(isTallied(kind) ? kind : null);
    }
  });

  it('can be let go of where any is set, and the day and the kind are none', () => {
    expect(isFiltered(gapQuery(asked({ kind: 'unwalked', running: true }, '2026-01-01')))).to.equal(false);
    for (const set of [{ role: 'general' }, { zone: 1 }, { class: 'main' }, { age: '7' }] as const)
      expect(isFiltered(gapQuery(asked(set)))).to.equal(true);
  });

  it('are left to a list where tiles cannot answer: the past, an age, a zone of what lies on no road', () => {
    expect(tilesShow(gapQuery(asked({ zone: 4, role: 'general' })))).to.equal(true);
    expect(tilesShow(gapQuery(asked({}, '2026-01-01')))).to.equal(false);
    expect(tilesShow(gapQuery(asked({ age: '7' })))).to.equal(false);
    expect(tilesShow(gapQuery(asked({ kind: 'unzoned', zone: 4 })))).to.equal(false);
    expect(tilesShow(gapQuery(asked({ kind: 'inventory', fault: 'short' })))).to.equal(true);
    expect(tilesShow(gapQuery(asked({ kind: 'inventory', class: 'alley' })))).to.equal(false);
  });
});

describe('two days compared', () => {
  it('are a week apart unless another day is asked, and never the wrong way round', () => {
    expect(fromDay(asked({}), noon)).to.equal('2026-11-20');
    expect(fromDay(asked({ since: '2026-10-01' }), noon)).to.equal('2026-10-01');
    expect(fromDay(asked({ since: '2026-12-24' }), noon)).to.equal('2026-11-20');
    expect(changesQuery(asked({ role: 'general' }, '2026-03-09'), noon)).to.deep.equal({
      kind: 'unheld',
      from: '2026-03-02',
      to: '2026-03-09',
      role: 'general',
      class: null,
      zone_id: null,
    });
  });
});

describe('the time in which duties are kept', () => {
  it('is the seven whole days before, or the whole month before', () => {
    expect(cadenceQuery(asked({ by: 'chief' }, '2026-03-09'), noon)).to.include({
      from: '2026-03-02',
      to: '2026-03-09',
      group: 'chief',
    });
    expect(cadenceQuery(asked({ days: 'month' }), noon)).to.include({ from: '2026-10-01', to: '2026-11-01' });
    expect(lastMonth('2026-01-31')).to.deep.equal({ from: '2025-12-01', to: '2026-01-01' });
  });

  it('is one month long, for any day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const { from, to } = lastMonth(date.toISOString().slice(0, 10));
          const [year, month] = from.split('-').map(Number);
          expect(to).to.equal(new Date(Date.UTC(year!, month!, 1)).toISOString().slice(0, 10));
        },
      ),
    );
  });
});
