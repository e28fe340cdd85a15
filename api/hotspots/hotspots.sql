-- On which segments does trouble recur? The :zone: place is filled in by hotspots.queries.ts (a condition on s).
with
asked as (
  select i.kind, i.code, i.status not in ('closed', 'void') as open, i.reported_at, i.road_id,
    -- Spans end before their upper bound, so an issue at the very end of its road (or beyond, after the road was
    -- redrawn shorter) counts on the last centimetre.
    greatest(0, least(i.measure_cm, r.length_cm - 1)) as at_cm,
    case i.side when 'right' then 1 else 0 end as side,
    -- A relapse follows a closed issue of the same category within 30 days and 50 m of road, on either side of it: long
    -- enough to see that a disposal did not last, near enough to be the same trouble. The one before need not be asked for.
    exists (
      select from issues earlier
      where earlier.road_id = i.road_id
        and earlier.measure_cm between i.measure_cm - 5000 and i.measure_cm + 5000
        and earlier.kind = i.kind and earlier.code = i.code
        and earlier.status = 'closed' and earlier.id <> i.id
        and earlier.closed_at <= i.reported_at
        and earlier.closed_at >= i.reported_at - interval '30 days'
    ) as relapse
  from asked_issues(:kind, :codes, :surface, :statuses, :from, :to, null) i
  join roads r on r.id = i.road_id
),
-- The segments of a road partition both its sides, so each issue counts once.
per_category as (
  select s.road_id, s.span, s.sides, s.community_id, a.kind, a.code,
    count(*) as issues,
    count(*) filter (where a.open) as open,
    count(*) filter (where a.relapse) as relapses,
    max(a.reported_at) as last_reported_at
  from asked a
  join segments s on s.road_id = a.road_id and s.span @> a.at_cm and s.sides @> a.side
  where :zone:
  group by s.road_id, s.span, s.sides, s.community_id, a.kind, a.code
),
per_segment as (
  select road_id, span, sides, community_id,
    sum(issues) as issues, sum(open) as open, sum(relapses) as relapses, max(last_reported_at) as last_reported_at,
    (array_agg(kind order by issues desc, kind, code))[1] as top_kind,
    (array_agg(code order by issues desc, kind, code))[1] as top_code
  from per_category
  group by road_id, span, sides, community_id
  having sum(issues) >= :min_issues
),
worst as (
  select *, upper(span) - lower(span) as length_cm
  from per_segment
  order by issues desc, issues / (upper(span) - lower(span)) desc, road_id, lower(span), lower(sides)
  limit :limit
)
select w.road_id, w.span, w.sides, w.length_cm, w.issues, w.open, w.relapses, w.last_reported_at, w.top_code,
  t.name_zh as top_category_zh, t.name_en as top_category_en, r.name as road_name, r.class,
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as community,
  st_asgeojson(st_transform(stretch_geom(r.geom, r.length_cm, w.span), 4326), 7)::json as geometry
from worst w
join roads r on r.id = w.road_id
join categories t on t.kind = w.top_kind and t.code = w.top_code
left join zones c on c.id = w.community_id
order by w.issues desc, w.issues / w.length_cm desc, w.road_id, lower(w.span), lower(w.sides)
