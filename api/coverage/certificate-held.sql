-- How much of what the rules ask for do the assignments themselves cover, by role and class? Set algebra on whole roads,
-- past the segments' own columns of holders, so that it proves them. In side-centimetres.
-- certificate.queries.ts fills in :roads: (an array of roads, null for all) and :in_roads(column): (whether one is among them) and :in_zone: (a condition on `a`).
with
required as (
  select a.road_id, slot.role, a.span, a.sides
  from segments_of(:moment::timestamptz, :kept::boolean, :roads:, :known::timestamptz) a, unnest(a.required) as slot (role)
  where :in_zone:
),
held as (
  select h.road_id, h.role, h.span, h.sides from assignments h
  where :known::timestamptz is null and h.validity @> :moment::timestamptz and :in_roads(h.road_id):
  union all
  select h.road_id, h.role, h.span * int4range(0, r.length_cm), h.sides
  from assignments_known(:known::timestamptz) h join roads r on r.id = h.road_id
  where :known::timestamptz is not null and h.validity @> :moment::timestamptz and h.span && int4range(0, r.length_cm)
    and :in_roads(h.road_id):
),
-- Gathered by one grouping and not by a join: how many rows the functions give is not known beforehand, and a nested loop
-- over a city does not end.
gathered as (
  select b.road_id, b.role,
    range_agg(sided(b.span, b.sides)) filter (where b.is_required) as required,
    coalesce(range_agg(sided(b.span, b.sides)) filter (where not b.is_required), '{}') as held
  from (select q.*, true as is_required from required q union all select h.*, false from held h) b
  group by b.road_id, b.role
),
measured as (
  select g.road_id, g.role,
    (select coalesce(sum(upper(piece) - lower(piece)), 0) from unnest(g.required) as piece) as required,
    (select coalesce(sum(upper(piece) - lower(piece)), 0) from unnest(g.required * g.held) as piece) as met,
    (select coalesce(sum(upper(piece) - lower(piece)), 0) from unnest(g.required - g.held) as piece) as missing
  from gathered g
  where g.required is not null
)
select r.class, m.role, sum(m.required) as required, sum(m.met) as met, sum(m.missing) as missing
from measured m join roads r on r.id = m.road_id
group by r.class, m.role
order by r.class, m.role
