-- Layer passes: where did patrols go? One feature a pass. Filters: from, to, role, chief_id, patrol_id.
create or replace function tile_passes(z integer, x integer, y integer, params jsonb)
returns table (
  patrol_id bigint, chief_id integer, role text, road_id integer, confidence real, credited boolean, direction text,
  walked bigint, geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  asked as (
    select p.patrol_id, t.chief_id, t.role, p.road_id, p.confidence, p.credited, p.direction, p.walked, p.number,
      st_clipbybox2d(stretch_geom(r.geom, r.length_cm, p.span * int4range(0, r.length_cm)), f.area) as geom
    from frame f
    join roads r on r.geom && f.area
    join passes p on p.road_id = r.id
    join patrols t on t.id = p.patrol_id
    where (params->>'from' is null or lower(p.walked) >= (params->>'from')::timestamptz)
      and (params->>'to' is null or lower(p.walked) < (params->>'to')::timestamptz)
      and (params->>'role' is null or t.role = params->>'role')
      and (params->>'chief_id' is null or t.chief_id = (params->>'chief_id')::integer)
      and (params->>'patrol_id' is null or p.patrol_id = (params->>'patrol_id')::bigint)
      -- A road that was shortened keeps its old passes until they are matched anew.
      and p.span && int4range(0, r.length_cm)
  ),
  drawn as (
    select a.*, in_tile(st_simplify(a.geom, f.tolerance_m), f.west, f.north, f.scale) as tile_geom
    from asked a, frame f
  )
  select d.patrol_id, d.chief_id, d.role, d.road_id, d.confidence, d.credited, d.direction,
    extract(epoch from lower(d.walked))::bigint, d.tile_geom
  from drawn d
  where not st_isempty(d.tile_geom)
  -- The surest on top.
  order by d.confidence, d.patrol_id, d.number
$$;
