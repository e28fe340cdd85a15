/**
 * The filters of the coverage panel as the API asks them: the same for the list, the tiles, the totals and the file. A
 * filter that says nothing about a kind of blind spot is kept, but not asked: a fault of the register has no role.
 */
import type { CoverageQuery, GapKind, TalliedKind } from '../../api/coverage/coverage.contract.ts';
import type { Role, RoadClass } from '../../api/http/shapes.ts';
import { dayAfter } from './patrol-query.ts';
import type { CoverageState, State } from './state.ts';
import { today } from '../i18n/format.ts';

export type GapFilters = {
  kind: GapKind;
  at: string | null;
  period: 'running' | null;
  role: Role | null;
  duty: string | null;
  class: RoadClass | null;
  zone_id: number | null;
  fault: string | null;
  older_than_days: number | null;
};

/** What can be wrong, of the kinds that know several faults. */
export const faultsOf: Record<GapKind, readonly string[]> = {
  unheld: [],
  unwalked: [],
  unzoned: ['no_community', 'hole', 'overlap', 'outside_parent'],
  unregistered: ['walked', 'reported', 'wandered'],
  inventory: ['unnamed', 'duplicate', 'disconnected', 'end_gap', 'crossing', 'short'],
};

type Asking = 'role' | 'duty' | 'class' | 'period';
const asks: Record<GapKind, readonly Asking[]> = {
  unheld: ['role', 'class'],
  unwalked: ['role', 'duty', 'class', 'period'],
  unzoned: ['class'],
  unregistered: [],
  inventory: ['class'],
};
export const asksFor = (kind: GapKind, one: Asking): boolean => asks[kind].includes(one);

export const isTallied = (kind: GapKind): kind is TalliedKind =>
  kind === 'unheld' || kind === 'unwalked' || kind === 'unzoned';

/** `kind`: of another kind than the one looked at, under the same filters as far as they say anything about it. */
export function gapQuery({ at, coverage }: Pick<State, 'at' | 'coverage'>, kind = coverage.kind): GapFilters {
  const given = <T>(one: Asking, value: T): T | null => (asksFor(kind, one) ? value : null);
  return {
    kind,
    at,
    period: given('period', coverage.running ? ('running' as const) : null),
    role: given('role', coverage.role),
    duty: given('duty', coverage.duty),
    class: given('class', coverage.class),
    zone_id: coverage.zone,
    fault: coverage.fault !== null && faultsOf[kind].includes(coverage.fault) ? coverage.fault : null,
    older_than_days: coverage.age === null ? null : Number(coverage.age),
  };
}

type TallyFilters = Pick<GapFilters, 'at' | 'period' | 'role' | 'class' | 'zone_id'> & {
  kind: TalliedKind;
  group: CoverageQuery['group'];
};

/** null: of this kind nothing is required, so there are no totals. Totals know neither one duty nor age. */
export function tallyQuery(state: Pick<State, 'at' | 'coverage'>, group: CoverageQuery['group']): TallyFilters | null {
  const { kind, at, period, role, class: roadClass, zone_id } = gapQuery(state);
  return isTallied(kind) ? { kind, at, period, role, class: roadClass, zone_id, group } : null;
}

/** Can tiles show it? They show now, and have neither age nor, of what lies on no road, a zone. */
export function tilesShow({ kind, at, zone_id, fault, older_than_days, class: roadClass }: GapFilters): boolean {
  if (at !== null || older_than_days !== null) return false;
  if (kind === 'unheld' || kind === 'unwalked') return true;
  return zone_id === null && (kind === 'unzoned' ? fault === null || fault === 'no_community' : roadClass === null);
}

/** Are there filters that can be let go of? */
export const isFiltered = (filters: GapFilters): boolean =>
  [filters.role, filters.duty, filters.class, filters.zone_id, filters.fault, filters.older_than_days].some(
    (one) => one !== null,
  );

/** Seven days are compared unless another day is asked. */
export function changesQuery({ at, coverage }: Pick<State, 'at' | 'coverage'>, now?: Date) {
  const { kind, role, class: roadClass, zone_id } = gapQuery({ at, coverage });
  return { kind, from: fromDay({ at, coverage }, now), to: at, role, class: roadClass, zone_id };
}

/** The earlier of the two days that are compared; before the later one, whatever the link says. */
export function fromDay({ at, coverage: { since } }: Pick<State, 'at' | 'coverage'>, now?: Date): string {
  const to = at ?? today(0, now);
  return since !== null && since < to ? since : dayAfter(to, -7);
}

/** The seven whole days before, or the whole month before, in which duties were kept or not. */
export function cadenceQuery({ at, coverage }: Pick<State, 'at' | 'coverage'>, now?: Date) {
  const { role, zone_id } = gapQuery({ at, coverage }, 'unwalked');
  const until = at ?? today(0, now);
  const span = coverage.days === 'month' ? lastMonth(until) : { from: dayAfter(until, -7), to: until };
  return { ...span, role, zone_id, group: coverage.by };
}

/** The first day of the month before, and the first of this one, which is not in it any more. */
export function lastMonth(day: string): { from: string; to: string } {
  const to = `${day.slice(0, 7)}-01`;
  return { from: `${dayAfter(to, -1).slice(0, 7)}-01`, to };
}

export const noFilters: Pick<CoverageState, 'role' | 'duty' | 'class' | 'zone' | 'fault' | 'age'> = {
  role: null,
  duty: null,
  class: null,
  zone: null,
  fault: null,
  age: null,
};
