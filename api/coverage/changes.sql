-- What opened, what closed and what stayed missing between two moments? changes.queries.ts fills in :roads: (an array of
-- roads, null for all) and :in_zone: (a condition on `a`).
with
before as (
  select a.kind, a.fault, a.road_id, a.role, a.duty, range_agg(a.missing) as missing
  from gap_sets(:from::timestamptz, false, :roads:, :known::timestamptz, :kinds::text[], :role::text, 'ended') a
  where :in_zone:
  group by a.kind, a.fault, a.road_id, a.role, a.duty
),
after as (
  select a.kind, a.fault, a.road_id, a.role, a.duty, range_agg(a.missing) as missing
  from gap_sets(:to::timestamptz, :kept::boolean, :roads:, :known::timestamptz, :kinds::text[], :role::text, 'ended') a
  where :in_zone:
  group by a.kind, a.fault, a.road_id, a.role, a.duty
),
-- A role that is null is one too, and only an equality can be joined in full.
compared as (
  select coalesce(a.kind, b.kind) as kind, coalesce(a.fault, b.fault) as fault, coalesce(a.road_id, b.road_id) as road_id,
    coalesce(a.role, b.role) as role, coalesce(a.duty, b.duty) as duty,
    coalesce(b.missing, '{}') as before, coalesce(a.missing, '{}') as after
  from before b
  full join after a on a.kind = b.kind and a.road_id = b.road_id
    and coalesce(a.role, '') = coalesce(b.role, '') and coalesce(a.duty, '') = coalesce(b.duty, '')
),
sets as (
  select 'opened' as change, kind, fault, road_id, role, duty, after - before as part from compared
  union all select 'closed', kind, fault, road_id, role, duty, before - after from compared
  union all select 'still', kind, fault, road_id, role, duty, before * after from compared
),
stretches as (
  select s.change, s.kind, s.fault, s.role, s.duty, s.road_id, piece.span, piece.sides, side_cm(piece.span, piece.sides) as weight,
    null::bigint as standing_id
  from sets s, stretches_of(s.part) as piece
  -- Not joined, for the reason told in gaps.sql.
  where :class::text is null or s.road_id in (select r.id from roads r where r.class = :class::text)
),
standing as (
  select
    case
      when not f.validity @> :from::timestamptz then 'opened'
      when not f.validity @> :to::timestamptz then 'closed'
      else 'still'
    end,
    case f.kind when 'zones' then 'unzoned' else f.kind end, f.fault, null, null, f.road_id, f.span, case when f.span is not null then '[0,2)'::int4range end,
    2 * f.length_cm::bigint, f.id
  from standing_faults f
  left join roads r on r.id = f.road_id
  where case f.kind when 'zones' then 'unzoned' else f.kind end = any (:kinds::text[])
    and (f.validity @> :from::timestamptz or f.validity @> :to::timestamptz)
    and :role::text is null
    and (:class::text is null or r.class = :class::text)
    and (:zone::integer is null or st_intersects(f.geom, (select z.geom from zones z where z.id = :zone::integer)))
),
counted as (
  select c.*, count(*) over (partition by c.change) as change_count, sum(c.weight) over (partition by c.change) as change_weight,
    row_number() over (partition by c.change order by c.weight desc, c.kind, c.road_id, c.role, c.duty, c.span, c.standing_id) as place
  from (table stretches union all table standing) c
)
select c.change, c.kind, c.fault, c.role, c.duty, c.road_id, c.span, c.sides, c.change_count, c.change_weight, r.name as road_name,
  f.length_cm as fault_length_cm,
  st_asgeojson(st_transform(coalesce(f.geom, stretch_geom(r.geom, r.length_cm, c.span)), 4326), 7)::json as geometry
from counted c
left join standing_faults f on f.id = c.standing_id
left join roads r on r.id = c.road_id
where c.place <= :limit::integer
order by c.change desc, c.place
