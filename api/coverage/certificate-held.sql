-- How much of what the rules ask for do the assignments themselves cover, by role and class? Set algebra on whole roads,
-- past the segments' own columns of holders, so that it proves them. In side-centimetres.
-- certificate.queries.ts fills in :roads: (an array of roads, null for all) and :in_roads(column): (whether one is among them) and :in_zone: (a condition on `a`).
with
required as (
  select a.road_id, slot.role, range_agg(sided(a.span, a.sides)) as sides
  from segments_of(:moment::timestamptz, :kept::boolean, :roads:, :known::timestamptz) a, unnest(a.required) as slot (role)
  where :in_zone:
  group by a.road_id, slot.role
),
valid as (
  select h.road_id, h.role, h.span, h.sides from assignments h
  where :known::timestamptz is null and h.validity @> :moment::timestamptz and :in_roads(h.road_id):
  union all
  select h.road_id, h.role, h.span * int4range(0, r.length_cm), h.sides
  from assignments_known(:known::timestamptz) h join roads r on r.id = h.road_id
  where :known::timestamptz is not null and h.validity @> :moment::timestamptz and h.span && int4range(0, r.length_cm)
    and :in_roads(h.road_id):
),
held as (
  select v.road_id, v.role, range_agg(sided(v.span, v.sides)) as sides from valid v group by v.road_id, v.role
),
compared as (
  select q.road_id, q.role, q.sides as required, coalesce(q.sides * h.sides, '{}') as met,
    coalesce(q.sides - h.sides, q.sides) as missing
  from required q left join held h on h.road_id = q.road_id and h.role = q.role
),
measured as (
  select r.class, c.role,
    (select coalesce(sum(upper(piece) - lower(piece)), 0) from unnest(c.required) as piece) as required,
    (select coalesce(sum(upper(piece) - lower(piece)), 0) from unnest(c.met) as piece) as met,
    (select coalesce(sum(upper(piece) - lower(piece)), 0) from unnest(c.missing) as piece) as missing
  from compared c join roads r on r.id = c.road_id
)
select m.class, m.role, sum(m.required) as required, sum(m.met) as met, sum(m.missing) as missing
from measured m
group by m.class, m.role
order by m.class, m.role
