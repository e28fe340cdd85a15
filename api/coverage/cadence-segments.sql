-- Segment by segment and period by period: was the duty kept? The newest period and the most metres short first.
-- cadence.queries.ts fills in :audit: (rows of walk_audit) and :in_zone:.
with
asked as (
  select a.*, a.required_cm - a.walked_cm as short_cm,
    case when a.is_met then 'met' when upper(a.period) > :now::timestamptz then 'due' else 'missed' end as state,
    concat_ws(':', a.road_id, lower(a.span), lower(a.sides), a.duty) as key
  from (:audit:) a
  where :in_zone: and (:duty::text is null or a.duty = :duty::text) and (:chief::integer is null or a.chief_id = :chief::integer)
),
counted as (
  select a.*, count(*) over () as total, coalesce(sum(a.short_cm) filter (where not a.is_met) over (), 0) as total_short
  from asked a
  where :state::text is null or a.state = :state::text
),
page as (
  select * from counted c
  where :after_period_s::bigint is null
    or (-extract(epoch from lower(c.period)), -c.short_cm, c.key)
      > (-:after_period_s::bigint, -:after_short::bigint, :after_key::text)
  order by lower(c.period) desc, c.short_cm desc, c.key
  limit :limit
)
select p.duty, p.role, lower(p.period) as period_from, upper(p.period) as period_to, p.state, p.chief_id, r.name as road_name, p.class,
  p.road_id, p.span, p.sides, p.required_cm, p.walked_cm, p.short_cm, p.is_met, p.key, p.total, p.total_short,
  st_asgeojson(st_transform(stretch_geom(r.geom, r.length_cm, p.span), 4326), 7)::json as geometry
from page p join roads r on r.id = p.road_id
order by lower(p.period) desc, p.short_cm desc, p.key
