/**
 * Everything that decides what is on the screen, as one plain object. What the server knows is not in here (see
 * requests/), nor what lasts only as long as a pointer rests (see hover.ts). What is in here can be put into the
 * address (url.ts), so a reload or a link sent to a colleague shows the same screen.
 */
import type { IssueStatus } from '../../api/issues/issues.contract.ts';
import type { CoverageQuery, GapKind } from '../../api/coverage/coverage.contract.ts';
import type { RoadClass, Role, Sides } from '../../api/http/shapes.ts';

export const modes = ['plan', 'coverage', 'issues', 'patrols'] as const;
export type Mode = (typeof modes)[number];

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Kept apart from the contract's own list, so that no schema library reaches the browser; the type keeps them equal. */
export const roles = [
  'general',
  'town_l1',
  'management_l1',
  'community_l2',
  'management_l2',
  'sanitation_l2',
] as const satisfies readonly Role[];
export const sidesWords = ['left', 'both', 'right'] as const satisfies readonly Sides[];
export const classes = [
  'main',
  'secondary',
  'branch',
  'alley',
  'service',
  'path',
  'other',
] as const satisfies readonly RoadClass[];
export const statuses = [
  'reported',
  'filed',
  'dispatched',
  'resolved',
  'closed',
  'void',
] as const satisfies readonly IssueStatus[];
export const groupings = ['town', 'community', 'bureau', 'class'] as const satisfies readonly CoverageQuery['group'][];
export type Grouping = (typeof groupings)[number];

/** As the contract has them, in the order of the screen: what is most often asked first. */
export const gapKinds = [
  'unheld',
  'unwalked',
  'unzoned',
  'unregistered',
  'inventory',
] as const satisfies readonly GapKind[];
export const coverageTabs = ['gaps', 'changes', 'duties'] as const;
export type CoverageTab = (typeof coverageTabs)[number];
/** Only what has been missing so many days or longer. */
export const ages = ['7', '30', '90', '365'] as const;
export type Age = (typeof ages)[number];
export const changeWords = ['opened', 'closed', 'still'] as const;
export type Change = (typeof changeWords)[number];
/** The last seven days, or the month before this one. */
export const cadenceSpans = ['7', 'month'] as const;
export type CadenceSpan = (typeof cadenceSpans)[number];
export const cadenceGroups = ['town', 'chief'] as const;
export type CadenceGroup = (typeof cadenceGroups)[number];

export const planTabs = ['assign', 'release', 'history'] as const;
export type PlanTab = (typeof planTabs)[number];
export const issueTabs = ['list', 'hot', 'report'] as const;
export type IssueTab = (typeof issueTabs)[number];
/** Days back from today; `all` asks for every issue there is. */
export const periods = ['7', '30', '90', 'all'] as const;
export type Period = (typeof periods)[number];

export const patrolTabs = ['list', 'upload'] as const;
export type PatrolTab = (typeof patrolTabs)[number];
/** Days back from today, today included. */
export const patrolDays = ['1', '7', '30'] as const;
export type PatrolDays = (typeof patrolDays)[number];

/** What a person may hide. The road network itself always stays. */
export const optionalLayers = ['zones', 'names', 'green', 'grid', 'base_map'] as const;
export type OptionalLayer = (typeof optionalLayers)[number];

export type View = { lon: number; lat: number; zoom: number };

export type PlanState = {
  tab: PlanTab;
  road: number | null;
  /** Metres along the road; both null: the whole road. */
  from: number | null;
  to: number | null;
  sides: Sides;
  role: Role;
  chief: number | null;
  /** End whoever holds the stretch now, instead of calling it a conflict. */
  replace: boolean;
  /** What the colour of a road on the map says: is it complete, or who holds one role. */
  colour: 'complete' | Role;
};

export type CoverageState = {
  tab: CoverageTab;
  kind: GapKind;
  group: Grouping;
  role: Role | null;
  /** Key of a duty, see /api/rules. */
  duty: string | null;
  zone: number | null;
  class: RoadClass | null;
  fault: string | null;
  age: Age | null;
  /** Duties of the day, week and month that is running, instead of the last that was over. */
  running: boolean;
  /** The gap being looked at, by gapKey. */
  gap: string | null;
  /** The day with which the present state is compared; null: seven days before. */
  since: string | null;
  /** Only what opened, closed or stayed; null: all. */
  change: Change | null;
  days: CadenceSpan;
  by: CadenceGroup;
  /** Whose page "still due today" is open. */
  chief: number | null;
};

export type IssuesState = {
  tab: IssueTab;
  issue: number | null;
  /** `part-01001` or `matter-06010`. */
  category: string | null;
  status: IssueStatus[];
  period: Period;
  zone: number | null;
  /** Where a report is being made. */
  place: [lon: number, lat: number] | null;
  accuracy: number;
};

export type PatrolsState = {
  tab: PatrolTab;
  patrol: number | null;
  /** Where the slider stands, in seconds after the patrol began. */
  second: number | null;
  /** The last days; first and last day, both given, stand instead of it. */
  days: PatrolDays;
  from: string | null;
  to: string | null;
  role: Role | null;
  chief: number | null;
};

export type State = {
  mode: Mode;
  language: Language;
  /** As of this day (YYYY-MM-DD); null: now. */
  at: string | null;
  /** null: the whole district. */
  view: View | null;
  /** Layers switched away from what they are by default. */
  switched: OptionalLayer[];
  plan: PlanState;
  coverage: CoverageState;
  issues: IssuesState;
  patrols: PatrolsState;
};

export const initialState: State = {
  mode: 'plan',
  language: 'zh',
  at: null,
  view: null,
  switched: [],
  plan: {
    tab: 'assign',
    road: null,
    from: null,
    to: null,
    sides: 'both',
    role: 'community_l2',
    chief: null,
    replace: false,
    colour: 'complete',
  },
  coverage: {
    tab: 'gaps',
    kind: 'unheld',
    group: 'town',
    role: null,
    duty: null,
    zone: null,
    class: null,
    fault: null,
    age: null,
    running: false,
    gap: null,
    since: null,
    change: null,
    days: '7',
    by: 'town',
    chief: null,
  },
  issues: {
    tab: 'list',
    issue: null,
    category: null,
    status: [],
    period: '90',
    zone: null,
    place: null,
    accuracy: 10,
  },
  patrols: { tab: 'list', patrol: null, second: null, days: '7', from: null, to: null, role: null, chief: null },
};

const onByDefault: Record<OptionalLayer, boolean> = {
  zones: true,
  names: true,
  green: true,
  grid: false,
  base_map: false,
};

export function isShown(state: State, layer: OptionalLayer): boolean {
  return onByDefault[layer] !== state.switched.includes(layer);
}
