import { expect } from 'chai';
import fc from 'fast-check';
import {
  ages,
  cadenceGroups,
  cadenceSpans,
  changeWords,
  classes,
  coverageTabs,
  gapKinds,
  groupings,
  initialState,
  issueTabs,
  languages,
  modes,
  optionalLayers,
  patrolDays,
  patrolTabs,
  periods,
  planTabs,
  roles,
  sidesWords,
  statuses,
  type State,
} from '../../../client/state/state.ts';
import { faultKey, placeKey } from '../../../client/state/gap-key.ts';
import { dayAfter, mostDays } from '../../../client/state/patrol-query.ts';
import { fromQuery, toQuery } from '../../../client/state/url.ts';

const id = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const metres = fc.integer({ min: 0, max: 99_999_999 }).map((centimetres) => centimetres / 100);
const degrees = (most: number) => fc.integer({ min: -most * 1e5, max: most * 1e5 }).map((parts) => parts / 1e5);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const stretch = fc
  .tuple(metres, metres)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
/** The key of a duty or a fault, as the server writes them. */
const key = fc.stringMatching(/^[a-z0-9_]{1,40}$/);
const gap = fc.oneof(
  fc
    .record({
      role: fc.constantFrom(...roles),
      road_id: id,
      stretch,
      sides: fc.constantFrom(...sidesWords),
      duty: maybe(key),
    })
    .map(({ stretch: { from, to }, ...rest }) => placeKey({ ...rest, from_m: from, to_m: to })),
  id.map(faultKey),
);

const anyState: fc.Arbitrary<State> = fc.record({
  mode: fc.constantFrom(...modes),
  language: fc.constantFrom(...languages),
  at: maybe(day),
  view: maybe(
    fc.record({
      lon: degrees(180),
      lat: degrees(85),
      zoom: fc.integer({ min: 0, max: 2000 }).map((parts) => parts / 100),
    }),
  ),
  switched: fc.subarray([...optionalLayers]).map((layers) => layers.sort()),
  plan: fc
    .record({
      tab: fc.constantFrom(...planTabs),
      road: maybe(id),
      stretch: fc.oneof(stretch, fc.constant({ from: null, to: null })),
      sides: fc.constantFrom(...sidesWords),
      role: fc.constantFrom(...roles),
      chief: maybe(id),
      replace: fc.boolean(),
      colour: fc.constantFrom('complete' as const, ...roles),
    })
    .map(({ stretch: ends, ...plan }) => ({ ...plan, ...ends })),
  coverage: fc.record({
    tab: fc.constantFrom(...coverageTabs),
    kind: fc.constantFrom(...gapKinds),
    group: fc.constantFrom(...groupings),
    role: maybe(fc.constantFrom(...roles)),
    duty: maybe(key),
    zone: maybe(id),
    class: maybe(fc.constantFrom(...classes)),
    fault: maybe(key),
    age: maybe(fc.constantFrom(...ages)),
    running: fc.boolean(),
    gap: maybe(gap),
    since: maybe(day),
    change: maybe(fc.constantFrom(...changeWords)),
    days: fc.constantFrom(...cadenceSpans),
    by: fc.constantFrom(...cadenceGroups),
    chief: maybe(id),
  }),
  issues: fc.record({
    tab: fc.constantFrom(...issueTabs),
    issue: maybe(id),
    category: maybe(
      fc
        .tuple(fc.constantFrom('part', 'matter'), fc.integer({ min: 0, max: 99_999 }))
        .map(([kind, code]) => `${kind}-${String(code).padStart(5, '0')}`),
    ),
    status: fc.subarray([...statuses]),
    period: fc.constantFrom(...periods),
    zone: maybe(id),
    place: maybe(fc.tuple(degrees(180), degrees(90))),
    accuracy: fc.integer({ min: 1, max: 5000 }),
  }),
  patrols: fc
    .record({
      tab: fc.constantFrom(...patrolTabs),
      patrol: maybe(id),
      second: maybe(fc.integer({ min: 0, max: 86_400 })),
      days: fc.constantFrom(...patrolDays),
      range: fc.option(fc.tuple(day, fc.integer({ min: 0, max: mostDays - 1 })), { nil: null }),
      role: maybe(fc.constantFrom(...roles)),
      chief: maybe(id),
    })
    .map(({ range, ...patrols }) => ({
      ...patrols,
      from: range && range[0],
      to: range && dayAfter(range[0], range[1]),
    })),
});

describe('the address of a screen', () => {
  it('brings back the screen it was made from: what the mode shows, and what every mode shares', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const back = fromQuery(toQuery(state));
        expect(back[state.mode]).to.deep.equal(state[state.mode]);
        for (const shared of ['mode', 'language', 'at', 'view', 'switched'] as const) {
          expect(back[shared]).to.deep.equal(state[shared]);
        }
      }),
    );
  });

  it('leaves the other modes as they were, so that Back finds their lists again', () => {
    fc.assert(
      fc.property(anyState, anyState, (state, before) => {
        const back = fromQuery(toQuery(state), before);
        for (const other of modes.filter((mode) => mode !== state.mode)) expect(back[other]).to.equal(before[other]);
      }),
    );
  });

  it('reads any text as some screen, and an unknown word as its default', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(modes).to.include(fromQuery(text).mode);
      }),
    );
    expect(fromQuery('mode=nonsense&road=-1&from=9&to=3&at=2026-02-30&map=99/1/1&colour=x')).to.deep.equal(
      initialState,
    );
  });

  it('is short where nothing is chosen, and readable where something is', () => {
    expect(toQuery(initialState)).to.equal('mode=plan&lang=zh');
    const plan = { ...initialState.plan, road: 17, from: 120.5, to: 340, role: 'town_l1' as const };
    expect(toQuery({ ...initialState, plan, view: { lon: 119.9, lat: 32.4, zoom: 14.5 } })).to.equal(
      'mode=plan&lang=zh&road=17&from=120.5&to=340&role=town_l1&map=14.5/32.4/119.9',
    );
  });
});
