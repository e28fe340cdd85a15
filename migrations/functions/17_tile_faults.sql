-- Layer faults: which faults of the inventory, of the zones and of unregistered streets does a tile show, as of the last
-- look (api/coverage/standing-faults.ts)? Filters: kind, fault. In a tile of more than anyone can point at, those of one
-- kind, fault and shape are put together.
create or replace function tile_faults(z integer, x integer, y integer, params jsonb)
returns table (
  id bigint, kind text, fault text, road_id integer, other_road_id integer, length_m double precision,
  area_m2 double precision, geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  asked as materialized (
    select s.id, s.kind, s.fault, s.road_id, s.other_road_id, s.length_cm, s.area_m2, st_dimension(s.geom) as dimension,
      case st_dimension(s.geom)
        when 0 then s.geom
        when 1 then st_clipbybox2d(s.geom, f.area)
        -- With a grid of a millimetre, for the reason told in api/zones/zone-faults.sql.
        else case when s.geom @ f.area then s.geom else st_collectionextract(st_intersection(s.geom, f.area, 0.001), 3) end
      end as geom
    from frame f join standing_faults s on s.geom && f.area
    where upper_inf(s.validity)
      and (params->>'kind' is null or s.kind = params->>'kind')
      and (params->>'fault' is null or s.fault = params->>'fault')
  ),
  crowd as materialized (select count(*) > tile_crowd() as crowded from asked),
  shown as (
    select a.* from asked a, crowd where not crowded
    union all
    select null, a.kind, a.fault, null, null, null, null, a.dimension,
      case when a.dimension = 1 then joined_lines(st_collect(a.geom), f.pixel_m) else st_collect(a.geom) end
    from asked a, frame f, crowd
    where crowded
    group by a.kind, a.fault, a.dimension, f.pixel_m
  ),
  drawn as (
    select s.*,
      case s.dimension
        when 0 then in_tile(s.geom, f.west, f.north, f.scale)
        when 1 then in_tile(st_simplify(s.geom, f.tolerance_m), f.west, f.north, f.scale)
        -- As in tile_zones: moved to a grid, so that neighbours stay neighbours, and the outer ring with a positive area.
        else st_forcepolygonccw(st_snaptogrid(
          st_collectionextract(in_tile(s.geom, f.west, f.north, f.scale), 3), case when z < 14 then 4 else 1 end
        ))
      end as tile_geom
    from shown s, frame f
  )
  select d.id, d.kind, d.fault, d.road_id, d.other_road_id, d.length_cm / 100.0, d.area_m2, d.tile_geom
  from drawn d
  where not st_isempty(d.tile_geom)
  -- Points over lines over areas.
  order by d.dimension desc, d.kind, d.fault, d.id
$$;
