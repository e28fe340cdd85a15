-- How many of the required metres were walked, by day and role? A pass counts on the day (of the district's time zone,
-- which is the connection's) on which it began, and for the role its chief had then. What is required is what the rules
-- ask for now. Both sides of a road lie on one axis (function sided), so everything is counted in side-centimetres and
-- is exact. :conditions: narrows to a zone or a road.
with
inside as (
  select s.road_id, range_agg(sided(s.span, s.sides)) as sides
  from segments s
  where :conditions:
  group by s.road_id
),
required as (
  select s.road_id, role, range_agg(sided(s.span, s.sides)) as sides
  from segments s, unnest(s.required) as role
  where :conditions: and role = any (:roles::text[])
  group by s.road_id, role
),
walked as (
  select lower(p.walked)::date as day, t.role, p.road_id, range_agg(sided(p.span, p.sides)) as sides
  from passes p
  join patrols t on t.id = p.patrol_id
  where p.credited
    and lower(p.walked) >= :from::timestamptz and lower(p.walked) < :to::timestamptz
    and t.role = any (:roles::text[])
  group by 1, 2, 3
),
-- What was walked on each road, cut to the zone, and the part of it that the role has to walk.
compared as (
  select w.day, w.role, w.sides * i.sides as walked, coalesce(w.sides * r.sides, '{}') as due
  from walked w
  join inside i on i.road_id = w.road_id
  left join required r on r.road_id = w.road_id and r.role = w.role
),
weighed as (
  select c.day, c.role,
    sum((select sum(upper(piece) - lower(piece)) from unnest(c.walked) as piece)) as walked,
    sum((select sum(upper(piece) - lower(piece)) from unnest(c.due) as piece)) as due
  from compared c
  group by c.day, c.role
),
duties as (
  select r.role, sum((select sum(upper(piece) - lower(piece)) from unnest(r.sides) as piece)) as required
  from required r
  group by r.role
),
days as (
  select day::date as day
  from generate_series(:from::timestamptz::date, (:to::timestamptz - interval '1 microsecond')::date, interval '1 day') as day
)
select d.day, slot.role, coalesce(u.required, 0) as required, coalesce(w.due, 0) as walked,
  coalesce(w.walked, 0) - coalesce(w.due, 0) as elsewhere
from days d
cross join roles slot
left join duties u on u.role = slot.role
left join weighed w on w.day = d.day and w.role = slot.role
where slot.role = any (:roles::text[])
order by d.day, slot.position
