-- Which roads meet where? A node is a place at which two of their points coincide: a point of two roads, or two points
-- of one (a ring, a loop). Coincide means the same centimetre: ways of one file share their points to the bit, and
-- a file that was projected on the way is off by nanometres.
insert into road_nodes (node_id, road_id, at_cm, geom)
with
vertices as (
  select r.id as road_id, r.length_cm, point.path[1] as number, point.geom, st_npoints(r.geom) as count
  from roads r, lateral st_dumppoints(r.geom) as point
),
measured as (
  select v.*,
    sum(step) over (partition by road_id order by number) as along_m
  from (
    select v.*, coalesce(st_distance(geom, lag(geom) over (partition by road_id order by number)), 0) as step
    from vertices v
  ) v
),
placed as (
  select road_id, geom,
    case when number = count then length_cm else least(round(along_m * 100)::integer, length_cm) end as at_cm,
    round(st_x(geom) * 100)::bigint as x_cm,
    round(st_y(geom) * 100)::bigint as y_cm
  from measured
),
meetings as (
  select x_cm, y_cm, row_number() over (order by x_cm, y_cm) as node_id
  from placed
  group by x_cm, y_cm
  having count(*) > 1
)
select m.node_id, p.road_id, p.at_cm, p.geom
from meetings m join placed p using (x_cm, y_cm)
order by m.node_id, p.road_id, p.at_cm
