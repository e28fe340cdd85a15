-- Do the zones of a level tile their parent? Of each parent (all, or :zone_id and what lies in it): how large it is, how
-- much of it its children cover, what they leave out, lay double and reach out of it. Every overlay names its grid of a
-- millimetre, for the reason in zone-faults.sql.
with recursive
asked as (
  select z.id from zones z where z.id = coalesce(:zone_id::integer, z.id)
  union
  select z.id from zones z join asked a on z.parent_id = a.id
),
-- The bureau-led area lies in the district beside the towns and tiles nothing.
tiling as (
  select c.parent_id, c.level, count(*) as children, sum(st_area(c.geom)) as children_m2, sum(st_perimeter(c.geom)) as border_m,
    st_union(c.geom, 0.001) as geom
  from zones c join asked a on a.id = c.parent_id
  where c.level <> 'bureau'
  group by c.parent_id, c.level
),
measured as (
  select t.*, p.code, p.level as parent_level, p.name, st_area(p.geom) as area_m2,
    t.border_m + st_perimeter(p.geom) as all_borders_m,
    st_area(st_intersection(p.geom, t.geom, 0.001)) as covered_m2,
    st_area(st_difference(p.geom, t.geom, 0.001)) as hole_m2,
    st_area(st_difference(t.geom, p.geom, 0.001)) as outside_m2,
    -- What lies in two children counts once, in three twice; snapping may take a little more than there is.
    greatest(0, t.children_m2 - st_area(t.geom)) as overlap_m2
  from tiling t join zones p on p.id = t.parent_id
)
select m.parent_id as id, m.code, m.parent_level as level, m.name, m.level as children_level, m.children, m.all_borders_m,
  round(m.area_m2::numeric, 1) as area_m2, round(m.children_m2::numeric, 1) as children_m2,
  round(m.covered_m2::numeric, 1) as covered_m2, round(m.hole_m2::numeric, 1) as hole_m2,
  round(m.overlap_m2::numeric, 1) as overlap_m2, round(m.outside_m2::numeric, 1) as outside_m2
from measured m
order by array_position(array['district', 'town', 'community', 'grid'], m.parent_level), m.code, m.level
