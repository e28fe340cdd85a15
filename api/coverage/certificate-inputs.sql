-- What does a certificate stand on? Of each kind of fact the number of rows and the SHA-256 over their lines: a line is a
-- JSON array and ends with a line feed, so that the same question at a terminal, piped into sha256sum, gives the same.
-- Only what counts at the moment: what a later change made of a row's end is left out.
-- certificate.queries.ts fills in :in_roads(column): (whether a road is asked for).
with
road_lines as (
  select r.id as a, 0 as b, 0 as c, jsonb_build_array(
    r.id, r.external_id, r.name, r.class, r.status, r.length_cm, r.created_at, encode(sha256(st_asbinary(r.geom, 'NDR')), 'hex')
  )::text as line
  from roads r where :in_roads(r.id):
),
zone_lines as (
  select z.id as a, 0 as b, 0 as c, jsonb_build_array(
    z.id, z.code, z.level, z.name, z.kind, z.parent_id, encode(sha256(st_asbinary(z.geom, 'NDR')), 'hex')
  )::text as line
  from zones z
),
stretch_lines as (
  select z.road_id as a, z.zone_id as b, lower(z.span) * 2 + lower(z.sides) as c, jsonb_build_array(
    z.road_id, z.zone_id, lower(z.span), upper(z.span), lower(z.sides), upper(z.sides)
  )::text as line
  from zone_stretches z
  where z.level in ('town', 'community', 'bureau') and :in_roads(z.road_id):
),
known_assignments as (
  select a.* from assignments a where :known::timestamptz is null
  union all
  select a.* from assignments_known(:known::timestamptz) a where :known::timestamptz is not null
),
begun as (
  select a.*, case when upper(a.validity) <= :moment::timestamptz then upper(a.validity) end as ended
  from known_assignments a
  where lower(a.validity) <= :moment::timestamptz and :in_roads(a.road_id):
),
-- A row that was ended in part is replaced by rows for what is left, from then on: so no id, but road, role and place.
assignment_lines as (
  select b.road_id as a, lower(b.span) as b, 0 as c, jsonb_build_array(
    b.road_id, b.role, lower(b.span), upper(b.span), lower(b.sides), upper(b.sides), b.chief_id, lower(b.validity), b.ended
  )::text as line
  from begun b
),
chief_lines as (
  select c.id as a, 0 as b, 0 as c, jsonb_build_array(c.id, c.external_id, c.name, c.role)::text as line
  from chiefs c
  where c.id in (select b.chief_id from begun b where b.ended is null)
),
role_rule_lines as (
  select r.id as a, 0 as b, 0 as c, jsonb_build_array(
    r.id, r.role, r.required, r.status, r.class, r.town_id, r.zone_kind, r.bureau_led
  )::text as line
  from role_rules r where r.validity @> :moment::timestamptz
),
duties as (select r.* from patrol_rules r where r.validity @> :moment::timestamptz),
patrol_rule_lines as (
  select r.id as a, 0 as b, 0 as c, jsonb_build_array(
    r.id, r.duty, r.role, r.times, r.per, r.share_percent, r.from_time, r.to_time, r.joint_role, r.joint_minutes,
    r.key_points, r.days, r.class, r.town_id, r.zone_kind, r.bureau_led
  )::text as line
  from duties r
),
point_lines as (
  select k.id as a, 0 as b, 0 as c, jsonb_build_array(k.id, k.road_id, k.measure_cm, k.reach_cm)::text as line
  from key_points k
  where k.validity @> :moment::timestamptz and :in_roads(k.road_id):
),
windows as (
  select w.role, range_agg(w.period) as periods
  from (
    select d.role, period from duties d, period_ended_last(d.per, d.days, :moment::timestamptz) as period where d.times is not null
    union all
    -- Whoever keeps company may have begun a day before.
    select d.joint_role, tstzrange(lower(period) - interval '1 day', upper(period) + interval '1 day')
    from duties d, period_ended_last(d.per, d.days, :moment::timestamptz) as period where d.joint_role is not null
  ) w
  group by w.role
),
known_passes as (
  select p.* from passes p
  where p.credited and :in_roads(p.road_id):
    and (:known::timestamptz is null or (select t.received_at from patrols t where t.id = p.patrol_id) <= :known::timestamptz)
),
pass_lines as (
  select p.patrol_id as a, p.number as b, 0 as c, jsonb_build_array(
    p.patrol_id, p.number, p.role, p.road_id, lower(p.span), upper(p.span), lower(p.sides), upper(p.sides),
    lower(p.walked), upper(p.walked)
  )::text as line
  from windows w, unnest(w.periods) as period, known_passes p
  where p.role = w.role and lower(p.walked) >= lower(period) and lower(p.walked) < upper(period)
),
-- When a stretch was last walked is told of a gap, so what came before the periods counts too: in sums.
earlier_lines as (
  select p.road_id as a, (select o.position from roles o where o.role = p.role) as b, 0 as c, jsonb_build_array(
    p.road_id, p.role, count(*), sum(lower(p.span)), sum(upper(p.span)), sum(lower(p.sides) + 2 * upper(p.sides)), max(upper(p.walked))
  )::text as line
  from known_passes p
  where lower(p.walked) < :moment::timestamptz
  group by p.road_id, p.role
),
calendar_lines as (
  select d.day - date '2000-01-01' as a, 0 as b, 0 as c, jsonb_build_array(d.day, d.working)::text as line
  from calendar_days d
  where d.day > :moment::timestamptz::date - 62 and d.day <= :moment::timestamptz::date
),
all_lines as (
  select 'roads' as input, 1 as place, r.* from road_lines r
  union all select 'zones', 2, z.* from zone_lines z
  union all select 'zone_stretches', 3, s.* from stretch_lines s
  union all select 'assignments', 4, s.* from assignment_lines s
  union all select 'chiefs', 5, s.* from chief_lines s
  union all select 'role_rules', 6, s.* from role_rule_lines s
  union all select 'patrol_rules', 7, s.* from patrol_rule_lines s
  union all select 'key_points', 8, s.* from point_lines s
  union all select 'passes', 9, s.* from pass_lines s
  union all select 'earlier_walks', 10, s.* from earlier_lines s
  union all select 'calendar', 11, s.* from calendar_lines s
)
select l.input, count(*) as rows,
  encode(sha256(convert_to(string_agg(l.line || E'\n', '' order by l.a, l.b, l.c, l.line collate "C"), 'UTF8')), 'hex') as sha256
from all_lines l
group by l.input, l.place
order by l.place
