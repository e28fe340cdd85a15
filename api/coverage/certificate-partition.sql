-- Do the segments that follow from the facts partition both sides of every road, and are the kept ones the same?
-- certificate.queries.ts fills in :roads: (an array of roads, null for all) and :in_roads(column): (whether one is among them).
with
asked as (
  select r.id, r.length_cm from roads r where :in_roads(r.id):
),
derived as materialized (
  select d.* from segments_at(:moment::timestamptz, :roads:, :known::timestamptz) d
),
laid_out as (
  select a.id, a.length_cm, count(d.road_id) as segments, sum(side_cm(d.span, d.sides)) as weight,
    range_agg(sided(d.span, d.sides)) as covered
  from asked a left join derived d on d.road_id = a.id
  group by a.id, a.length_cm
),
-- As heavy as both sides and covering both sides: so without hole and without overlap.
failing as (
  select l.id from laid_out l
  where l.weight is distinct from 2 * l.length_cm::bigint or l.covered is distinct from sided(int4range(0, l.length_cm), '[0,2)')
),
-- Segments are kept as of the last look; what began or ended since is due and not a difference.
due as (
  select a.road_id from assignments a, district t
  where (lower(a.validity) > t.segments_at and lower(a.validity) <= :moment::timestamptz)
    or (upper(a.validity) > t.segments_at and upper(a.validity) <= :moment::timestamptz)
),
kept as (
  select s.* from segments s where :kept::boolean and :in_roads(s.road_id):
),
different as (
  select u.road_id
  from ((table kept except all table derived) union all (table derived except all table kept)) u
  where :kept::boolean and u.road_id not in (select road_id from due)
)
select count(*) as roads, coalesce(sum(l.length_cm), 0) as length_cm, coalesce(sum(l.segments), 0) as segments,
  (select count(*) from failing) as failing, (select min(id) from failing) as failing_road,
  (select count(distinct road_id) from different) as different, (select min(road_id) from different) as different_road
from laid_out l
