create table assignments (
  id bigint not null generated as identity,
  external_id text,
  road_id integer not null,
  road_length_cm integer not null,
  span int4range not null,
  sides int4range not null,
  role text not null,
  chief_id integer not null,
  validity tstzrange not null,
  change_id bigint not null,
  ended_change_id bigint,
  constraint assignments_sides_check CHECK ((sides = ANY (ARRAY['[0,1)'::int4range, '[1,2)'::int4range, '[0,2)'::int4range]))),
  constraint assignments_validity_check CHECK (((NOT isempty(validity)) AND (NOT lower_inf(validity)))),
  constraint span_within_road CHECK (((NOT isempty(span)) AND (lower(span) >= 0) AND (upper(span) <= road_length_cm))),
  constraint assignments_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint assignments_chief_id_role_fkey FOREIGN KEY (chief_id, role) REFERENCES chiefs(id, role),
  constraint assignments_ended_change_id_fkey FOREIGN KEY (ended_change_id) REFERENCES change_log(id),
  constraint assignments_road_id_road_length_cm_fkey FOREIGN KEY (road_id, road_length_cm) REFERENCES roads(id, length_cm) ON UPDATE CASCADE,
  constraint assignments_pkey PRIMARY KEY (id),
  constraint one_holder EXCLUDE USING gist (road_id WITH =, role WITH =, sides WITH &&, span WITH &&, validity WITH &&) DEFERRABLE
);
CREATE INDEX assignments_chief_id_idx ON assignments USING btree (chief_id);
CREATE INDEX assignments_external_id_idx ON assignments USING btree (external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX assignments_lower_idx ON assignments USING btree (lower(validity));
CREATE INDEX assignments_road_id_idx ON assignments USING btree (road_id);
CREATE INDEX assignments_upper_idx ON assignments USING btree (upper(validity)) WHERE (NOT upper_inf(validity));

create table calendar_days (
  day date not null,
  working boolean not null,
  note text,
  change_id bigint not null,
  constraint calendar_days_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint calendar_days_pkey PRIMARY KEY (day)
);

create table categories (
  kind text not null,
  code text not null,
  class_code text not null,
  class_name_zh text not null,
  class_name_en text not null,
  name_zh text not null,
  name_en text not null,
  surface text not null,
  constraint categories_code_check CHECK ((code ~ '^[0-9]{5}$'::text)),
  constraint categories_kind_check CHECK ((kind = ANY (ARRAY['part'::text, 'matter'::text]))),
  constraint categories_surface_check CHECK ((surface = ANY (ARRAY['ground'::text, 'facade'::text, 'roof'::text]))),
  constraint categories_pkey PRIMARY KEY (kind, code)
);

create table change_log (
  id bigint not null generated as identity,
  at timestamp with time zone not null default now(),
  actor text not null,
  kind text not null,
  note text,
  details jsonb not null default '{}'::jsonb,
  constraint change_log_actor_check CHECK ((actor <> ''::text)),
  constraint change_log_pkey PRIMARY KEY (id)
);
CREATE INDEX change_log_at_idx ON change_log USING btree (at DESC);

create table chiefs (
  id integer not null generated as identity,
  external_id text,
  name text not null,
  role text not null,
  organisation text,
  phone text,
  party_branch text,
  party_member boolean not null default false,
  zone_id integer,
  change_id bigint not null,
  constraint chiefs_external_id_check CHECK ((external_id <> ''::text)),
  constraint chiefs_name_check CHECK ((name <> ''::text)),
  constraint chiefs_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint chiefs_role_fkey FOREIGN KEY (role) REFERENCES roles(role),
  constraint chiefs_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(id) ON DELETE SET NULL,
  constraint chiefs_pkey PRIMARY KEY (id),
  constraint chiefs_external_id_key UNIQUE (external_id),
  constraint chiefs_id_role_key UNIQUE (id, role)
);
CREATE INDEX chiefs_role_name_idx ON chiefs USING btree (role, name);

create table data_versions (
  kind text not null,
  version bigint not null default 1,
  constraint data_versions_pkey PRIMARY KEY (kind)
);

create table district (
  only_row boolean not null default true,
  srid integer not null,
  time_zone text not null,
  name text,
  name_en text,
  demo boolean not null default false,
  segments_at timestamp with time zone not null default now(),
  constraint district_only_row_check CHECK (only_row),
  constraint district_pkey PRIMARY KEY (only_row)
);

create table history (
  id bigint not null generated as identity,
  change_id bigint not null,
  table_name text not null,
  row_id bigint not null,
  before jsonb not null,
  constraint history_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint history_pkey PRIMARY KEY (id)
);
CREATE INDEX history_table_name_row_id_idx ON history USING btree (table_name, row_id);

create table imports (
  id bigint not null generated as identity,
  change_id bigint not null,
  kind text not null,
  file text not null,
  sha256 text not null,
  report jsonb not null,
  constraint imports_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint imports_pkey PRIMARY KEY (id)
);

create table issues (
  id bigint not null generated as identity,
  external_id text,
  kind text not null,
  code text not null,
  surface text not null,
  text text not null default ''::text,
  status text not null default 'reported'::text,
  reported_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  geom geometry(Point,4549) not null,
  sent_x double precision not null,
  sent_y double precision not null,
  sent_crs text not null,
  accuracy_m real not null,
  verdict text not null,
  road_id integer,
  measure_cm integer,
  side text,
  offset_cm integer,
  candidates jsonb not null default '[]'::jsonb,
  change_id bigint not null,
  constraint issues_accuracy_m_check CHECK ((accuracy_m > (0)::double precision)),
  constraint issues_check CHECK (((road_id IS NULL) = (measure_cm IS NULL))),
  constraint issues_external_id_check CHECK ((external_id <> ''::text)),
  constraint issues_side_check CHECK ((side = ANY (ARRAY['left'::text, 'right'::text]))),
  constraint issues_status_check CHECK ((status = ANY (ARRAY['reported'::text, 'filed'::text, 'dispatched'::text, 'resolved'::text, 'closed'::text, 'void'::text]))),
  constraint issues_surface_check CHECK ((surface = ANY (ARRAY['ground'::text, 'facade'::text, 'roof'::text]))),
  constraint issues_verdict_check CHECK ((verdict = ANY (ARRAY['matched'::text, 'ambiguous'::text, 'no_road'::text, 'chosen'::text]))),
  constraint issues_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint issues_kind_code_fkey FOREIGN KEY (kind, code) REFERENCES categories(kind, code),
  constraint issues_road_id_fkey FOREIGN KEY (road_id) REFERENCES roads(id),
  constraint issues_pkey PRIMARY KEY (id),
  constraint issues_external_id_key UNIQUE (external_id)
);
CREATE INDEX issues_geom_idx ON issues USING gist (geom);
CREATE INDEX issues_kind_code_idx ON issues USING btree (kind, code);
CREATE INDEX issues_reported_at_id_idx ON issues USING btree (reported_at DESC, id DESC);
CREATE INDEX issues_road_id_measure_cm_idx ON issues USING btree (road_id, measure_cm);

create table key_points (
  id integer not null generated as identity,
  external_id text,
  name text not null,
  geom geometry(Point,4549) not null,
  road_id integer not null,
  measure_cm integer not null,
  reach_cm integer not null default 2500,
  validity tstzrange not null,
  change_id bigint not null,
  ended_change_id bigint,
  constraint key_points_external_id_check CHECK ((external_id <> ''::text)),
  constraint key_points_measure_cm_check CHECK ((measure_cm >= 0)),
  constraint key_points_name_check CHECK ((name <> ''::text)),
  constraint key_points_reach_cm_check CHECK (((reach_cm >= 100) AND (reach_cm <= 50000))),
  constraint key_points_validity_check CHECK (((NOT isempty(validity)) AND (NOT lower_inf(validity)))),
  constraint key_points_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint key_points_ended_change_id_fkey FOREIGN KEY (ended_change_id) REFERENCES change_log(id),
  constraint key_points_road_id_fkey FOREIGN KEY (road_id) REFERENCES roads(id) ON DELETE CASCADE,
  constraint key_points_pkey PRIMARY KEY (id),
  constraint key_points_external_id_key UNIQUE (external_id)
);
CREATE INDEX key_points_geom_idx ON key_points USING gist (geom);
CREATE INDEX key_points_road_id_idx ON key_points USING btree (road_id);

create table off_road_walks (
  patrol_id bigint not null,
  number integer not null,
  walked tstzrange not null,
  geom geometry(LineString,4549) not null,
  constraint off_road_walks_walked_check CHECK ((NOT isempty(walked))),
  constraint off_road_walks_patrol_id_fkey FOREIGN KEY (patrol_id) REFERENCES patrols(id) ON DELETE CASCADE,
  constraint off_road_walks_pkey PRIMARY KEY (patrol_id, number)
);
CREATE INDEX off_road_walks_geom_idx ON off_road_walks USING gist (geom);
CREATE INDEX off_road_walks_lower_idx ON off_road_walks USING btree (lower(walked));

create table passes (
  patrol_id bigint not null,
  number integer not null,
  road_id integer not null,
  span int4range not null,
  sides int4range not null default '[0,2)'::int4range,
  walked tstzrange not null,
  direction text not null,
  confidence real not null,
  credited boolean not null,
  role text not null,
  constraint passes_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
  constraint passes_direction_check CHECK ((direction = ANY (ARRAY['forward'::text, 'backward'::text, 'both'::text]))),
  constraint passes_sides_check CHECK ((sides = ANY (ARRAY['[0,1)'::int4range, '[1,2)'::int4range, '[0,2)'::int4range]))),
  constraint passes_span_check CHECK (((NOT isempty(span)) AND (lower(span) >= 0))),
  constraint passes_walked_check CHECK (((NOT isempty(walked)) AND (NOT lower_inf(walked)) AND (NOT upper_inf(walked)))),
  constraint passes_patrol_id_fkey FOREIGN KEY (patrol_id) REFERENCES patrols(id) ON DELETE CASCADE,
  constraint passes_road_id_fkey FOREIGN KEY (road_id) REFERENCES roads(id) ON DELETE CASCADE,
  constraint passes_role_fkey FOREIGN KEY (role) REFERENCES roles(role),
  constraint passes_pkey PRIMARY KEY (patrol_id, number)
);
CREATE INDEX passes_lower_role_idx ON passes USING btree (lower(walked), role);
CREATE INDEX passes_road_id_lower_idx ON passes USING btree (road_id, lower(walked));

create table patrol_rules (
  id integer not null generated as identity,
  duty text not null,
  role text not null,
  class text,
  town_id integer,
  zone_kind text,
  bureau_led boolean,
  times smallint,
  per text not null,
  share_percent smallint not null default 90,
  from_time time without time zone,
  to_time time without time zone,
  joint_role text,
  joint_minutes smallint,
  key_points boolean not null default false,
  days text not null default 'every'::text,
  source text,
  validity tstzrange not null default '(,)'::tstzrange,
  change_id bigint,
  constraint patrol_rules_check CHECK ((((from_time IS NULL) = (to_time IS NULL)) AND (from_time < to_time))),
  constraint patrol_rules_check1 CHECK ((((joint_role IS NULL) = (joint_minutes IS NULL)) AND (joint_role <> role))),
  constraint patrol_rules_check2 CHECK (((joint_role IS NULL) OR (times = 1))),
  constraint patrol_rules_check3 CHECK (((days = 'every'::text) OR (per = 'day'::text))),
  constraint patrol_rules_class_check CHECK ((class = ANY (ARRAY['main'::text, 'secondary'::text, 'branch'::text, 'alley'::text, 'service'::text, 'path'::text, 'other'::text]))),
  constraint patrol_rules_days_check CHECK ((days = ANY (ARRAY['every'::text, 'working'::text]))),
  constraint patrol_rules_duty_check CHECK ((duty ~ '^[a-z0-9_]{1,40}$'::text)),
  constraint patrol_rules_joint_minutes_check CHECK (((joint_minutes >= 0) AND (joint_minutes <= 720))),
  constraint patrol_rules_per_check CHECK ((per = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
  constraint patrol_rules_share_percent_check CHECK (((share_percent >= 1) AND (share_percent <= 100))),
  constraint patrol_rules_times_check CHECK (((times >= 1) AND (times <= 24))),
  constraint patrol_rules_validity_check CHECK ((NOT isempty(validity))),
  constraint patrol_rules_zone_kind_check CHECK ((zone_kind <> ''::text)),
  constraint patrol_rules_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint patrol_rules_joint_role_fkey FOREIGN KEY (joint_role) REFERENCES roles(role),
  constraint patrol_rules_role_fkey FOREIGN KEY (role) REFERENCES roles(role),
  constraint patrol_rules_town_id_fkey FOREIGN KEY (town_id) REFERENCES zones(id) ON DELETE CASCADE,
  constraint patrol_rules_pkey PRIMARY KEY (id),
  constraint one_patrol_rule EXCLUDE USING gist (duty WITH =, COALESCE(class, ''::text) WITH =, COALESCE(town_id, 0) WITH =, COALESCE(zone_kind, ''::text) WITH =, COALESCE((bureau_led)::integer, '-1'::integer) WITH =, validity WITH &&)
);

create table patrols (
  id bigint not null generated as identity,
  external_id text not null,
  chief_id integer not null,
  role text not null,
  received_at timestamp with time zone not null default now(),
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  change_id bigint not null,
  content_sha256 bytea not null,
  sent_crs text not null,
  fixes integer not null,
  sent_times bytea not null,
  sent_positions bytea not null,
  sent_accuracies_m bytea,
  sent_headings_deg bytea,
  sent_speeds_m_s bytea,
  dropped jsonb not null default '[]'::jsonb,
  extent geometry(Polygon,4549) not null,
  flags jsonb not null default '[]'::jsonb,
  sketch bigint[] not null default '{}'::bigint[],
  network_version bigint not null,
  roads_digest text,
  estimate jsonb,
  unmatched jsonb not null default '[]'::jsonb,
  least_confidence real not null,
  walked_cm bigint not null default 0,
  matched_cm bigint not null default 0,
  constraint patrols_check CHECK ((octet_length(sent_times) = (8 * fixes))),
  constraint patrols_check1 CHECK ((octet_length(sent_positions) = (16 * fixes))),
  constraint patrols_check2 CHECK ((octet_length(sent_accuracies_m) = (4 * fixes))),
  constraint patrols_check3 CHECK ((octet_length(sent_headings_deg) = (4 * fixes))),
  constraint patrols_check4 CHECK ((octet_length(sent_speeds_m_s) = (4 * fixes))),
  constraint patrols_check5 CHECK ((ended_at > started_at)),
  constraint patrols_external_id_check CHECK ((external_id <> ''::text)),
  constraint patrols_fixes_check CHECK (((fixes >= 2) AND (fixes <= 1000000))),
  constraint patrols_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint patrols_chief_id_fkey FOREIGN KEY (chief_id) REFERENCES chiefs(id),
  constraint patrols_role_fkey FOREIGN KEY (role) REFERENCES roles(role),
  constraint patrols_pkey PRIMARY KEY (id),
  constraint patrols_external_id_key UNIQUE (external_id)
);
CREATE INDEX patrols_chief_id_started_at_idx ON patrols USING btree (chief_id, started_at DESC);
CREATE INDEX patrols_extent_idx ON patrols USING gist (extent);
CREATE INDEX patrols_network_version_idx ON patrols USING btree (network_version);
CREATE INDEX patrols_sketch_idx ON patrols USING gin (sketch);
CREATE INDEX patrols_started_at_id_idx ON patrols USING btree (started_at DESC, id DESC);

create table road_nodes (
  node_id integer not null,
  road_id integer not null,
  at_cm integer not null,
  geom geometry(Point,4549) not null,
  constraint road_nodes_road_id_fkey FOREIGN KEY (road_id) REFERENCES roads(id) ON DELETE CASCADE
);
CREATE INDEX road_nodes_node_id_idx ON road_nodes USING btree (node_id);
CREATE INDEX road_nodes_road_id_at_cm_idx ON road_nodes USING btree (road_id, at_cm);

create table roads (
  id integer not null generated as identity,
  external_id text,
  name text,
  other_names text[] not null default '{}'::text[],
  class text not null,
  status text not null default 'handed_over'::text,
  layer smallint not null default 0,
  oneway boolean not null default false,
  geom geometry(LineString,4549) not null,
  length_cm integer not null generated always as (round((st_length(geom) * (100)::double precision))),
  geometry_version integer not null default 1,
  properties jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  change_id bigint not null,
  constraint roads_class_check CHECK ((class = ANY (ARRAY['main'::text, 'secondary'::text, 'branch'::text, 'alley'::text, 'service'::text, 'path'::text, 'other'::text]))),
  constraint roads_external_id_check CHECK ((external_id <> ''::text)),
  constraint roads_geom_check CHECK ((st_numpoints(geom) >= 2)),
  constraint roads_length_cm_check CHECK ((length_cm > 0)),
  constraint roads_name_check CHECK ((name <> ''::text)),
  constraint roads_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'built'::text, 'handed_over'::text]))),
  constraint roads_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint roads_pkey PRIMARY KEY (id),
  constraint roads_external_id_key UNIQUE (external_id),
  constraint roads_id_length_cm_key UNIQUE (id, length_cm)
);
CREATE INDEX roads_class_id_idx ON roads USING btree (class, id);
CREATE INDEX roads_geom_idx ON roads USING gist (geom);
CREATE INDEX roads_lower_idx ON roads USING btree (lower(name) text_pattern_ops);

create table role_rules (
  town_id integer,
  class text,
  role text not null,
  required boolean not null,
  id integer not null generated as identity,
  status text not null default 'handed_over'::text,
  zone_kind text,
  bureau_led boolean,
  source text,
  validity tstzrange not null default '(,)'::tstzrange,
  change_id bigint,
  constraint role_rules_class_check CHECK ((class = ANY (ARRAY['main'::text, 'secondary'::text, 'branch'::text, 'alley'::text, 'service'::text, 'path'::text, 'other'::text]))),
  constraint role_rules_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'built'::text, 'handed_over'::text]))),
  constraint role_rules_validity_check CHECK ((NOT isempty(validity))),
  constraint role_rules_zone_kind_check CHECK ((zone_kind <> ''::text)),
  constraint role_rules_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint role_rules_role_fkey FOREIGN KEY (role) REFERENCES roles(role),
  constraint role_rules_town_id_fkey FOREIGN KEY (town_id) REFERENCES zones(id) ON DELETE CASCADE,
  constraint role_rules_pkey PRIMARY KEY (id),
  constraint one_role_rule EXCLUDE USING gist (role WITH =, status WITH =, COALESCE(class, ''::text) WITH =, COALESCE(town_id, 0) WITH =, COALESCE(zone_kind, ''::text) WITH =, COALESCE((bureau_led)::integer, '-1'::integer) WITH =, validity WITH &&)
);

create table roles (
  role text not null,
  position smallint not null,
  constraint roles_pkey PRIMARY KEY (role),
  constraint roles_position_key UNIQUE ("position")
);

create table segments (
  road_id integer not null,
  span int4range not null,
  sides int4range not null,
  town_id integer,
  community_id integer,
  bureau_led boolean not null,
  general integer,
  town_l1 integer,
  management_l1 integer,
  community_l2 integer,
  management_l2 integer,
  sanitation_l2 integer,
  required text[] not null,
  missing text[] not null,
  constraint segments_community_id_fkey FOREIGN KEY (community_id) REFERENCES zones(id) ON DELETE SET NULL,
  constraint segments_road_id_fkey FOREIGN KEY (road_id) REFERENCES roads(id) ON DELETE CASCADE,
  constraint segments_town_id_fkey FOREIGN KEY (town_id) REFERENCES zones(id) ON DELETE SET NULL
);
CREATE INDEX segments_community_id_idx ON segments USING btree (community_id);
CREATE INDEX segments_road_id_idx ON segments USING btree (road_id);
CREATE INDEX segments_road_id_idx1 ON segments USING btree (road_id) WHERE (missing <> '{}'::text[]);
CREATE INDEX segments_town_id_idx ON segments USING btree (town_id);

create table standing_faults (
  id bigint not null generated as identity,
  kind text not null,
  fault text not null,
  key text not null,
  digest text not null,
  road_id integer,
  other_road_id integer,
  span int4range,
  zone_ids integer[] not null default '{}'::integer[],
  length_cm integer not null default 0,
  area_m2 double precision,
  geom geometry(Geometry,4549) not null,
  details jsonb not null default '{}'::jsonb,
  validity tstzrange not null,
  constraint standing_faults_kind_check CHECK ((kind = ANY (ARRAY['unregistered'::text, 'inventory'::text, 'zones'::text]))),
  constraint standing_faults_length_cm_check CHECK ((length_cm >= 0)),
  constraint standing_faults_validity_check CHECK (((NOT isempty(validity)) AND (NOT lower_inf(validity)))),
  constraint standing_faults_pkey PRIMARY KEY (id)
);
CREATE INDEX standing_faults_geom_idx ON standing_faults USING gist (geom);
CREATE INDEX standing_faults_kind_fault_idx ON standing_faults USING btree (kind, fault);
CREATE UNIQUE INDEX standing_faults_kind_key_idx ON standing_faults USING btree (kind, key) WHERE upper_inf(validity);

create table standing_looks (
  kind text not null,
  versions text not null,
  looked_at timestamp with time zone not null default now(),
  constraint standing_looks_pkey PRIMARY KEY (kind)
);

create table zone_stretches (
  zone_id integer not null,
  level text not null,
  road_id integer not null,
  span int4range not null,
  sides int4range not null,
  constraint zone_stretches_sides_check CHECK ((sides = ANY (ARRAY['[0,1)'::int4range, '[1,2)'::int4range, '[0,2)'::int4range]))),
  constraint zone_stretches_span_check CHECK ((NOT isempty(span))),
  constraint zone_stretches_road_id_fkey FOREIGN KEY (road_id) REFERENCES roads(id) ON DELETE CASCADE,
  constraint zone_stretches_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(id) ON DELETE CASCADE
);
CREATE INDEX zone_stretches_road_id_level_idx ON zone_stretches USING btree (road_id, level);
CREATE INDEX zone_stretches_zone_id_idx ON zone_stretches USING btree (zone_id);

create table zones (
  id integer not null generated as identity,
  code text not null,
  level text not null,
  name text not null,
  parent_id integer,
  geom geometry(MultiPolygon,4549) not null,
  properties jsonb not null default '{}'::jsonb,
  change_id bigint not null,
  kind text generated always as (COALESCE((properties ->> 'kind'::text),
CASE
    WHEN (level <> 'town'::text) THEN level
    WHEN ((name ~~ '%街道'::text) OR (name ~~ '%街道办事处'::text)) THEN 'subdistrict'::text
    WHEN (name ~~ '%乡'::text) THEN 'township'::text
    ELSE 'town'::text
END)),
  constraint zones_code_check CHECK ((code <> ''::text)),
  constraint zones_geom_check CHECK ((st_isvalid(geom) AND (NOT st_isempty(geom)))),
  constraint zones_level_check CHECK ((level = ANY (ARRAY['district'::text, 'town'::text, 'community'::text, 'grid'::text, 'bureau'::text]))),
  constraint zones_name_check CHECK ((name <> ''::text)),
  constraint zones_change_id_fkey FOREIGN KEY (change_id) REFERENCES change_log(id),
  constraint zones_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES zones(id),
  constraint zones_pkey PRIMARY KEY (id),
  constraint zones_code_key UNIQUE (code)
);
CREATE INDEX zones_geom_idx ON zones USING gist (geom);
CREATE INDEX zones_level_idx ON zones USING btree (level);
CREATE INDEX zones_parent_id_idx ON zones USING btree (parent_id);

-- function asked_area(west double precision, south double precision, east double precision, north double precision) returns geometry
-- function asked_issues(of_kind text, of_codes text[], of_surface text, of_statuses text[], since timestamp with time zone, before timestamp with time zone, in_zone integer) returns SETOF issues
-- function assignments_known(known timestamp with time zone) returns SETOF assignments
-- function gap_sets(moment timestamp with time zone, kept boolean, road_ids integer[], known timestamp with time zone, kinds text[], of_role text, asked text) returns TABLE(kind text, fault text, road_id integer, role text, duty text, period tstzrange, town_id integer, community_id integer, bureau_led boolean, chief_id integer, missing int4multirange)
-- function gap_since(kind text, of_role text, of_road integer, of_span int4range, of_sides int4range, moment timestamp with time zone, known timestamp with time zone) returns timestamp with time zone
-- function holder_of(role text, general integer, town_l1 integer, management_l1 integer, community_l2 integer, management_l2 integer, sanitation_l2 integer) returns integer
-- function in_tile(geom geometry, west double precision, north double precision, scale double precision) returns geometry
-- function is_working_day(day date) returns boolean
-- function joined_lines(lines geometry, pixel_m double precision) returns geometry
-- function one_stretch(sided_set int4multirange) returns int4range
-- function pass_totals(of_patrol bigint, OUT walked_cm bigint, OUT matched_cm bigint) returns record
-- function period_ended_last(per text, days text, moment timestamp with time zone) returns SETOF tstzrange
-- function period_running(per text, days text, moment timestamp with time zone) returns SETOF tstzrange
-- function periods_ended(per text, days text, since timestamp with time zone, until timestamp with time zone) returns SETOF tstzrange
-- function refresh_segments(road_ids integer[]) returns void
-- function roads_digest(area geometry) returns text
-- function rule_fits(rule_class text, rule_town integer, rule_kind text, rule_bureau boolean, class text, town_id integer, zone_kind text, bureau_led boolean) returns boolean
-- function rule_rank(rule_class text, rule_town integer, rule_kind text, rule_bureau boolean) returns integer
-- function segment_in_zone(zone_id integer, level text, within integer[], town_id integer, community_id integer, bureau_led boolean) returns boolean
-- function segments_at(moment timestamp with time zone, road_ids integer[], known timestamp with time zone DEFAULT NULL::timestamp with time zone) returns TABLE(road_id integer, span int4range, sides int4range, town_id integer, community_id integer, bureau_led boolean, general integer, town_l1 integer, management_l1 integer, community_l2 integer, management_l2 integer, sanitation_l2 integer, required text[], missing text[])
-- function segments_derived(moment timestamp with time zone, road_ids integer[], known timestamp with time zone) returns SETOF segments
-- function segments_of(moment timestamp with time zone, kept boolean, road_ids integer[], known timestamp with time zone) returns SETOF segments
-- function side_cm(span int4range, sides int4range) returns bigint
-- function sided(span int4range, sides int4range) returns int4multirange
-- function stretch_geom(geom geometry, length_cm integer, span int4range) returns geometry
-- function stretches_of(sided_set int4multirange) returns TABLE(span int4range, sides int4range)
-- function tile_classes(z integer, asked text) returns text[]
-- function tile_crowd() returns integer
-- function tile_faults(z integer, x integer, y integer, params jsonb) returns TABLE(id bigint, kind text, fault text, road_id integer, other_road_id integer, length_m double precision, area_m2 double precision, geom geometry)
-- function tile_frame(z integer, x integer, y integer) returns TABLE(area geometry, west double precision, north double precision, scale double precision, pixel_m double precision, tolerance_m double precision)
-- function tile_gaps(z integer, x integer, y integer, params jsonb) returns TABLE(role text, road_id integer, name text, class text, from_m double precision, to_m double precision, sides text, length_m double precision, geom geometry)
-- function tile_issues(z integer, x integer, y integer, params jsonb) returns TABLE(id bigint, kind text, code text, surface text, status text, verdict text, reported_at bigint, road_id integer, count bigint, geom geometry)
-- function tile_passes(z integer, x integer, y integer, params jsonb) returns TABLE(patrol_id bigint, chief_id integer, role text, road_id integer, confidence double precision, credited boolean, direction text, walked bigint, geom geometry)
-- function tile_roads(z integer, x integer, y integer, params jsonb) returns TABLE(id integer, name text, class text, status text, layer smallint, length_m double precision, geom geometry)
-- function tile_segments(z integer, x integer, y integer, params jsonb) returns TABLE(road_id integer, name text, class text, from_m double precision, to_m double precision, sides text, town_id integer, community_id integer, bureau_led boolean, general integer, town_l1 integer, management_l1 integer, community_l2 integer, management_l2 integer, sanitation_l2 integer, missing text, geom geometry)
-- function tile_unwalked(z integer, x integer, y integer, params jsonb) returns TABLE(role text, duty text, chief_id integer, road_id integer, name text, class text, from_m double precision, to_m double precision, sides text, length_m double precision, geom geometry)
-- function tile_unzoned(z integer, x integer, y integer, params jsonb) returns TABLE(road_id integer, name text, class text, from_m double precision, to_m double precision, sides text, length_m double precision, geom geometry)
-- function tile_zones(z integer, x integer, y integer, params jsonb) returns TABLE(id integer, code text, level text, name text, parent_id integer, geom geometry)
-- function walk_audit(moment timestamp with time zone, kept boolean, road_ids integer[], asked text, since timestamp with time zone, known timestamp with time zone, of_role text, until timestamp with time zone DEFAULT NULL::timestamp with time zone, in_time boolean DEFAULT false) returns TABLE(road_id integer, span int4range, sides int4range, town_id integer, community_id integer, bureau_led boolean, class text, role text, duty text, rule_id integer, chief_id integer, period tstzrange, required int4multirange, walked int4multirange, required_cm bigint, walked_cm bigint, is_met boolean)
-- function walk_audit_on(road_ids integer[], asked text, of_role text) returns TABLE(road_id integer, town_id integer, community_id integer, bureau_led boolean, role text, duty text, chief_id integer, required int4multirange, walked int4multirange, is_met boolean)
-- function zones_within(district_id integer) returns integer[]
