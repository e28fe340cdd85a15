/** Generated from the migrations by scripts/generate-row-types.ts; do not edit. */

export type AssignmentRow = {
  id: number;
  external_id: string | null;
  road_id: number;
  road_length_cm: number;
  span: string;
  sides: string;
  role: string;
  chief_id: number;
  validity: string;
  change_id: number;
  ended_change_id: number | null;
};

export type CalendarDayRow = {
  day: string;
  working: boolean;
  note: string | null;
  change_id: number;
};

export type CategoryRow = {
  kind: string;
  code: string;
  class_code: string;
  class_name_zh: string;
  class_name_en: string;
  name_zh: string;
  name_en: string;
  surface: string;
};

export type ChangeLogRow = {
  id: number;
  at: Date;
  actor: string;
  kind: string;
  note: string | null;
  details: unknown;
};

export type ChiefRow = {
  id: number;
  external_id: string | null;
  name: string;
  role: string;
  organisation: string | null;
  phone: string | null;
  party_branch: string | null;
  party_member: boolean;
  zone_id: number | null;
  change_id: number;
};

export type DataVersionRow = {
  kind: string;
  version: number;
};

export type DistrictRow = {
  only_row: boolean;
  srid: number;
  time_zone: string;
  name: string | null;
  name_en: string | null;
  demo: boolean;
  segments_at: Date;
};

export type HistoryRow = {
  id: number;
  change_id: number;
  table_name: string;
  row_id: number;
  before: unknown;
};

export type ImportRow = {
  id: number;
  change_id: number;
  kind: string;
  file: string;
  sha256: string;
  report: unknown;
};

export type IssueRow = {
  id: number;
  external_id: string | null;
  kind: string;
  code: string;
  surface: string;
  text: string;
  status: string;
  reported_at: Date;
  closed_at: Date | null;
  geom: string;
  sent_x: number;
  sent_y: number;
  sent_crs: string;
  accuracy_m: number;
  verdict: string;
  road_id: number | null;
  measure_cm: number | null;
  side: string | null;
  offset_cm: number | null;
  candidates: unknown;
  change_id: number;
};

export type KeyPointRow = {
  id: number;
  external_id: string | null;
  name: string;
  geom: string;
  road_id: number;
  measure_cm: number;
  reach_cm: number;
  validity: string;
  change_id: number;
  ended_change_id: number | null;
};

export type OffRoadWalkRow = {
  patrol_id: number;
  number: number;
  walked: string;
  geom: string;
};

export type PassRow = {
  patrol_id: number;
  number: number;
  road_id: number;
  span: string;
  sides: string;
  walked: string;
  direction: string;
  confidence: number;
  credited: boolean;
  role: string;
};

export type PatrolRuleRow = {
  id: number;
  duty: string;
  role: string;
  class: string | null;
  town_id: number | null;
  zone_kind: string | null;
  bureau_led: boolean | null;
  times: number | null;
  per: string;
  share_percent: number;
  from_time: string | null;
  to_time: string | null;
  joint_role: string | null;
  joint_minutes: number | null;
  key_points: boolean;
  days: string;
  source: string | null;
  validity: string;
  change_id: number | null;
};

export type PatrolRow = {
  id: number;
  external_id: string;
  chief_id: number;
  role: string;
  received_at: Date;
  started_at: Date;
  ended_at: Date;
  change_id: number;
  content_sha256: Buffer;
  sent_crs: string;
  fixes: number;
  sent_times: Buffer;
  sent_positions: Buffer;
  sent_accuracies_m: Buffer | null;
  sent_headings_deg: Buffer | null;
  sent_speeds_m_s: Buffer | null;
  dropped: unknown;
  extent: string;
  flags: unknown;
  sketch: string[];
  network_version: number;
  roads_digest: string | null;
  estimate: unknown;
  unmatched: unknown;
  least_confidence: number;
  walked_cm: number;
  matched_cm: number;
};

export type RoadNodeRow = {
  node_id: number;
  road_id: number;
  at_cm: number;
  geom: string;
};

export type RoadRow = {
  id: number;
  external_id: string | null;
  name: string | null;
  other_names: string[];
  class: string;
  status: string;
  layer: number;
  oneway: boolean;
  geom: string;
  length_cm: number;
  geometry_version: number;
  properties: unknown;
  created_at: Date;
  change_id: number;
};

export type RoleRuleRow = {
  town_id: number | null;
  class: string | null;
  role: string;
  required: boolean;
  id: number;
  status: string;
  zone_kind: string | null;
  bureau_led: boolean | null;
  source: string | null;
  validity: string;
  change_id: number | null;
};

export type RoleRow = {
  role: string;
  position: number;
};

export type SegmentRow = {
  road_id: number;
  span: string;
  sides: string;
  town_id: number | null;
  community_id: number | null;
  bureau_led: boolean;
  general: number | null;
  town_l1: number | null;
  management_l1: number | null;
  community_l2: number | null;
  management_l2: number | null;
  sanitation_l2: number | null;
  required: string[];
  missing: string[];
};

export type StandingFaultRow = {
  id: number;
  kind: string;
  fault: string;
  key: string;
  digest: string;
  road_id: number | null;
  other_road_id: number | null;
  span: string | null;
  zone_ids: number[];
  length_cm: number;
  area_m2: number | null;
  geom: string;
  details: unknown;
  validity: string;
};

export type StandingLookRow = {
  kind: string;
  versions: string;
  looked_at: Date;
};

export type ZoneStretchRow = {
  zone_id: number;
  level: string;
  road_id: number;
  span: string;
  sides: string;
};

export type ZoneRow = {
  id: number;
  code: string;
  level: string;
  name: string;
  parent_id: number | null;
  geom: string;
  properties: unknown;
  change_id: number;
  kind: string | null;
};
