/** Every way the screen can change, each a pure function from state to state. */
import type { IssueStatus } from '../../api/issues/issues.contract.ts';
import type { Role, Sides } from '../../api/http/shapes.ts';
import type {
  CoverageState,
  IssuesState,
  Language,
  Mode,
  OptionalLayer,
  PatrolsState,
  PlanState,
  State,
  View,
} from './state.ts';
import { assignable } from './gap-key.ts';
import { noFilters } from './gap-query.ts';
import { dayAfter, daysBetween, mostDays } from './patrol-query.ts';

export type Transition = (state: State) => State;

export const goTo =
  (mode: Mode): Transition =>
  (state) => ({ ...state, mode });

export const speak =
  (language: Language): Transition =>
  (state) => ({ ...state, language });

export const lookAsOf =
  (at: string | null): Transition =>
  (state) => ({ ...state, at });

export const moveView =
  (view: View | null): Transition =>
  (state) => ({ ...state, view });

export const switchLayer =
  (layer: OptionalLayer): Transition =>
  (state) => ({
    ...state,
    switched: state.switched.includes(layer)
      ? state.switched.filter((other) => other !== layer)
      : [...state.switched, layer].sort(),
  });

const plan =
  (change: Partial<PlanState>): Transition =>
  (state) => ({ ...state, plan: { ...state.plan, ...change } });

export const showPlanTab = (tab: PlanState['tab']): Transition => plan({ tab });
export const colourRoadsBy = (colour: PlanState['colour']): Transition => plan({ colour });
export const chooseSides = (sides: Sides): Transition => plan({ sides });
export const chooseChief = (chief: number | null): Transition => plan({ chief, replace: false });
export const replaceHolders = (replace: boolean): Transition => plan({ replace });

/** Another road starts with its whole length, both sides; role and tab stay as the planner works through a list. */
export const pickRoad =
  (road: number | null): Transition =>
  (state) =>
    road === state.plan.road
      ? state
      : plan({ road, from: null, to: null, sides: 'both', chief: null, replace: false })(state);

/** A chief has one role, so another role lets go of the chief. */
export const chooseRole =
  (role: Role): Transition =>
  (state) =>
    role === state.plan.role ? state : plan({ role, chief: null, replace: false })(state);

/** `length` in metres. The whole road is remembered as such, so it stays whole when the road is redrawn. */
export const setStretch = (from: number, to: number, length: number): Transition => {
  const low = centimetres(Math.min(Math.max(Math.min(from, to), 0), length));
  const high = centimetres(Math.min(Math.max(from, to, 0), length));
  const whole = low <= 0 && high >= length;
  return plan(whole ? { from: null, to: null } : { from: low, to: high });
};

export const wholeRoad: Transition = plan({ from: null, to: null });

/** The stretch in metres for a road of this length. */
export function stretchOf({ from, to }: Pick<PlanState, 'from' | 'to'>, length: number): [from: number, to: number] {
  return [Math.min(from ?? 0, length), Math.min(to ?? length, length)];
}

const coverage =
  (change: Partial<CoverageState>): Transition =>
  (state) => ({
    ...state,
    coverage: { ...state.coverage, ...change },
  });

export const groupBy = (group: CoverageState['group']): Transition => coverage({ group });
/** Another filter is another list, in which the gap looked at may not stand any more. */
export const filterGaps = (
  change: Partial<Pick<CoverageState, 'role' | 'duty' | 'zone' | 'class' | 'fault' | 'age' | 'running'>>,
): Transition => coverage({ ...('role' in change && { duty: null }), ...change, gap: null });
export const showKind =
  (kind: CoverageState['kind']): Transition =>
  (state) =>
    kind === state.coverage.kind ? state : coverage({ kind, fault: null, gap: null })(state);
export const showCoverageTab = (tab: CoverageState['tab']): Transition => coverage({ tab, gap: null, chief: null });
export const compare = (change: Partial<Pick<CoverageState, 'since' | 'change'>>): Transition =>
  coverage({ ...change, gap: null });
export const lookAtDuties = (change: Partial<Pick<CoverageState, 'days' | 'by'>>): Transition => coverage(change);
/** What a chief still has to walk today. */
export const openDue = (chief: number | null): Transition => coverage({ tab: 'duties', chief, gap: null });
export const lookAtGap = (gap: string | null): Transition => coverage({ gap });

/** From a gap to the form that closes it, with the stretch and the role filled in. Planning happens now, not as of then. */
export const assignGap =
  (key: string): Transition =>
  (state) => {
    const gap = assignable(key);
    if (!gap) return state;
    return {
      ...state,
      mode: 'plan',
      at: null,
      plan: {
        ...state.plan,
        tab: 'assign',
        road: gap.road_id,
        from: gap.from_m,
        to: gap.to_m,
        sides: gap.sides,
        role: gap.role,
        chief: null,
        replace: false,
      },
    };
  };

/** From a fault of the register to the road it is about. */
export const planRoad =
  (road: number): Transition =>
  (state) =>
    pickRoad(road)({ ...state, mode: 'plan', at: null });

const issues =
  (change: Partial<IssuesState>): Transition =>
  (state) => ({
    ...state,
    issues: { ...state.issues, ...change },
  });

export const showIssueTab = (tab: IssuesState['tab']): Transition => issues({ tab, issue: null, place: null });
export const openIssue =
  (issue: number | null): Transition =>
  (state) =>
    issues({ issue, tab: issue !== null && state.issues.tab === 'report' ? 'list' : state.issues.tab })(state);
export const filterIssues = (
  change: Partial<Pick<IssuesState, 'category' | 'status' | 'period' | 'zone'>>,
): Transition => issues(change);
export const toggleStatus =
  (status: IssueStatus): Transition =>
  (state) =>
    issues({
      status: state.issues.status.includes(status)
        ? state.issues.status.filter((other) => other !== status)
        : [...state.issues.status, status],
    })(state);
export const reportAt = (lon: number, lat: number): Transition =>
  issues({ place: [Number(lon.toFixed(6)), Number(lat.toFixed(6))], tab: 'report', issue: null });
export const reportAccuracy = (accuracy: number): Transition => issues({ accuracy });

const patrols =
  (change: Partial<PatrolsState>): Transition =>
  (state) => ({ ...state, patrols: { ...state.patrols, ...change } });

export const showPatrolTab = (tab: PatrolsState['tab']): Transition => patrols({ tab, patrol: null, second: null });
/** A patrol is looked at from its beginning; the same one again stays where its slider stands. */
export const openPatrol =
  (patrol: number | null): Transition =>
  (state) =>
    patrol === state.patrols.patrol && state.patrols.tab === 'list'
      ? state
      : patrols({ patrol, second: null, tab: 'list' })(state);
export const standAt = (second: number): Transition => patrols({ second: Math.max(0, Math.round(second)) });
/** The last so many days, moving on with the calendar. */
export const lookBack = (days: PatrolsState['days']): Transition => patrols({ days, from: null, to: null });
/**
 * From a day to a day, both included. The end that was just chosen (`keep`) stands; the other follows where it would lie
 * on the wrong side, or farther away than the server reckons at once.
 */
export const lookAtDays = (from: string, to: string, keep: 'from' | 'to' = 'to'): Transition => {
  const days = Math.min(Math.max(daysBetween(from, to), 0), mostDays - 1);
  return patrols(keep === 'from' ? { from, to: dayAfter(from, days) } : { from: dayAfter(to, -days), to });
};
/** A chief has one role, so another role lets go of the chief, and the chief brings the role along. */
export const filterPatrols = (change: Pick<PatrolsState, 'role' | 'chief'>): Transition => patrols(change);

/** Escape: one step out, from the innermost thing that is open. */
export const stepOut: Transition = (state) => {
  if (state.mode === 'plan') {
    if (state.plan.from !== null || state.plan.to !== null) return wholeRoad(state);
    return state.plan.road === null ? state : pickRoad(null)(state);
  }
  if (state.mode === 'coverage') {
    if (state.coverage.gap !== null) return lookAtGap(null)(state);
    if (state.coverage.chief !== null) return openDue(null)(state);
    if (state.coverage.tab !== 'gaps') return showCoverageTab('gaps')(state);
    return filterGaps(noFilters)(state);
  }
  if (state.mode === 'patrols') {
    if (state.patrols.tab === 'upload') return showPatrolTab('list')(state);
    if (state.patrols.patrol !== null) return openPatrol(null)(state);
    return filterPatrols({ role: null, chief: null })(state);
  }
  if (state.issues.place !== null) return issues({ place: null })(state);
  if (state.issues.issue !== null) return openIssue(null)(state);
  return state.issues.tab === 'list' ? state : showIssueTab('list')(state);
};

/** Is `after` another place to come back to (a step in the browser's history), or a finer look at the same one? */
export function isAnotherPlace(before: State, after: State): boolean {
  const place = ({ mode, at, plan: p, coverage: c, issues: i, patrols: w }: State) =>
    JSON.stringify([
      mode,
      at,
      mode === 'plan' && [p.road, p.tab],
      mode === 'coverage' && [
        [c.tab, c.kind, c.role, c.duty, c.zone, c.class, c.fault, c.age, c.running, c.gap],
        [c.since, c.change, c.days, c.by, c.chief],
      ],
      mode === 'issues' && [i.tab, i.issue, i.category, i.status, i.period, i.zone],
      mode === 'patrols' && [w.tab, w.patrol, w.days, w.from, w.to, w.role, w.chief],
    ]);
  return place(before) !== place(after);
}

function centimetres(metres: number): number {
  return Math.round(metres * 100) / 100;
}
