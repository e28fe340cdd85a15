-- Which maximal stretches lack a required role? The :segments: and :conditions: places are filled in by
-- coverage.queries.ts; everything else is one question, longest gap first.
with
missing as (
  select s.road_id, m.role, s.town_id, s.community_id, s.bureau_led, s.span, s.sides
  from :segments: s
  join roads r on r.id = s.road_id
  cross join unnest(s.missing) as m (role)
  where :conditions:
),
-- Segments also end where another role changes hands; a gap does not, so each side is put together again.
by_side as (
  select road_id, role, town_id, community_id, bureau_led,
    coalesce(range_agg(span) filter (where sides && '[0,1)'), '{}') as on_left,
    coalesce(range_agg(span) filter (where sides && '[1,2)'), '{}') as on_right
  from missing
  group by road_id, role, town_id, community_id, bureau_led
),
gaps as (
  select b.road_id, b.role, b.town_id, b.community_id, b.bureau_led, piece.span, piece.sides,
    side_cm(piece.span, piece.sides) as weight
  from by_side b, lateral (
    select unnest(on_left * on_right) as span, '[0,2)'::int4range as sides
    union all select unnest(on_left - on_right), '[0,1)'
    union all select unnest(on_right - on_left), '[1,2)'
  ) as piece
),
counted as (
  select g.*, count(*) over () as gap_count, sum(weight) over () as gap_weight
  from gaps g
  where upper(g.span) - lower(g.span) >= :min_length_cm
),
asked as (
  select * from counted
  where :after_weight::bigint is null
    or (-weight, road_id, role, lower(span), lower(sides))
      > (-:after_weight::bigint, :after_road::integer, :after_role::text, :after_from::integer, :after_side::integer)
  order by weight desc, road_id, role, lower(span), lower(sides)
  limit :limit
)
select a.road_id, a.role, a.span, a.sides, a.weight, a.bureau_led, a.gap_count, a.gap_weight,
  r.name as road_name, r.class,
  case when t.id is not null then json_build_object('id', t.id, 'name', t.name) end as town,
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as community,
  st_asgeojson(st_transform(stretch_geom(r.geom, r.length_cm, a.span), 4326), 7)::json as geometry,
  before.since, before.last_holder
from asked a
join roads r on r.id = a.road_id
left join zones t on t.id = a.town_id
left join zones c on c.id = a.community_id
-- Since when: the last moment at which any of its metres still had a holder.
left join lateral (
  select upper(held.validity) as since, chief.name as last_holder
  from assignments held
  join chiefs chief on chief.id = held.chief_id
  where held.road_id = a.road_id and held.role = a.role and held.span && a.span and held.sides && a.sides
    and upper(held.validity) <= :at::timestamptz
  order by upper(held.validity) desc, held.id desc
  limit 1
) before on true
order by a.weight desc, a.road_id, a.role, lower(a.span), lower(a.sides)
