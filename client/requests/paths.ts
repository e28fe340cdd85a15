/**
 * The addresses of the API, each with the type of its answer, taken from the contracts. A path is a plain string at run
 * time, so it is also the key under which its answer is kept.
 */
import type { AssignmentList, AssignmentQuery } from '../../api/assignments/assignments.contract.ts';
import type { Chief, ChiefList, ChiefQuery } from '../../api/chiefs/chiefs.contract.ts';
import type {
  Patrol,
  PatrolList,
  PatrolQuery,
  PatrolTrack,
  PatrolUpload,
  PassList,
  Walked,
  WalkedQuery,
} from '../../api/patrols/patrols.contract.ts';
import type { Cadence, CadenceQuery, DueQuery, StillDue } from '../../api/coverage/cadence.contract.ts';
import type {
  ChangesQuery,
  Coverage,
  CoverageChanges,
  CoverageQuery,
  GapExportQuery,
  GapList,
  GapQuery,
} from '../../api/coverage/coverage.contract.ts';
import type { Heat, HeatQuery, HotspotList, HotspotQuery } from '../../api/hotspots/hotspots.contract.ts';
import type { CategoryList, Issue, IssueList, IssueQuery } from '../../api/issues/issues.contract.ts';
import type { Road, RoadList, RoadQuery } from '../../api/roads/roads.contract.ts';
import type { SegmentList, SegmentQuery } from '../../api/segments/segments.contract.ts';
import type { Settings } from '../../api/settings.contract.ts';
import type { ZoneList, ZoneQuery } from '../../api/zones/zones.contract.ts';

declare const answer: unique symbol;
export type Path<T> = string & { readonly [answer]?: T };

/** What a query looks like before the server reads it: numbers and lists as text, nothing for what is not asked. */
type Asked<Query> = {
  [Name in keyof Query]?: string | number | null | undefined | (Name extends 'bbox' ? number[] : never);
};

export const settingsPath: Path<Settings> = '/api/settings';
export const categoriesPath: Path<CategoryList> = '/api/categories';
export const healthPath: Path<{ status: string }> = '/api/health';

export const roadPath = (id: number): Path<Road> => `/api/roads/${id}`;
export const roadsPath = (query: Asked<RoadQuery>): Path<RoadList> => withQuery('/api/roads', query);
export const zonesPath = (query: Asked<ZoneQuery>): Path<ZoneList> => withQuery('/api/zones', query);
export const chiefPath = (id: number): Path<Chief> => `/api/chiefs/${id}`;
export const chiefsPath = (query: Asked<ChiefQuery>): Path<ChiefList> => withQuery('/api/chiefs', query);
export const assignmentsPath = (query: Asked<AssignmentQuery>): Path<AssignmentList> =>
  withQuery('/api/assignments', query);
export const segmentsPath = (query: Asked<SegmentQuery>): Path<SegmentList> => withQuery('/api/segments', query);
export const coveragePath = (query: Asked<CoverageQuery>): Path<Coverage> => withQuery('/api/coverage', query);
export const gapsPath = (query: Asked<GapQuery>): Path<GapList> => withQuery('/api/coverage/gaps', query);
export const gapsFile = (query: Asked<GapExportQuery>): string => withQuery('/api/coverage/gaps/export', query);
export const changesPath = (query: Asked<ChangesQuery>): Path<CoverageChanges> =>
  withQuery('/api/coverage/changes', query);
export const cadencePath = (query: Asked<CadenceQuery>): Path<Cadence> => withQuery('/api/coverage/cadence', query);
export const duePath = (query: Asked<DueQuery>): Path<StillDue> => withQuery('/api/coverage/due', query);
export const certificatePage = (query: { lang: string; zone_id: number | null; at: string | null }): string =>
  withQuery('/api/coverage/certificate.html', query);
export const issuePath = (id: number): Path<Issue> => `/api/issues/${id}`;
export const issuesPath = (query: Asked<IssueQuery>): Path<IssueList> => withQuery('/api/issues', query);
export const hotspotsPath = (query: Asked<HotspotQuery>): Path<HotspotList> => withQuery('/api/hotspots', query);
export const heatPath = (query: Asked<HeatQuery>): Path<Heat> => withQuery('/api/hotspots/heat', query);

export const patrolsPath = (query: Asked<PatrolQuery>): Path<PatrolList> => withQuery('/api/patrols', query);
export const patrolPath = (id: number): Path<Patrol> => `/api/patrols/${id}`;
export const trackPath = (id: number): Path<PatrolTrack> => `/api/patrols/${id}/track`;
export const passesPath = (id: number): Path<PassList> => `/api/patrols/${id}/passes`;
export const uploadPath = (query: Asked<PatrolUpload>): string => withQuery('/api/patrols', query);
export const walkedPath = (query: Asked<WalkedQuery>): Path<Walked> => withQuery('/api/coverage/walked', query);

/** Always in the same order, so the same question is the same key. */
export function withQuery(path: string, query: Record<string, unknown>): string {
  const text = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path;
}
