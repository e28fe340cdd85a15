-- Layer zones: which zones does a tile show? Communities from zoom 10, grid cells from zoom 13, the others always,
-- unless a level is asked for. Filters: level, zone_id (the zone and what is directly inside it).
create or replace function tile_zones(z integer, x integer, y integer, params jsonb)
returns table (id integer, code text, level text, name text, parent_id integer, geom geometry)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  asked as (
    select a.id, a.code, a.level, a.name, a.parent_id,
      -- With a grid of a millimetre, for the reason told in api/zones/zone-faults.sql.
      -- To the millimetre: without a grid an overlay can end a statement early on the embedded engine, with no error.
      case when a.geom @ f.area then a.geom else st_collectionextract(st_intersection(a.geom, f.area, 0.001), 3) end as geom
    from frame f join zones a on a.geom && f.area
    where case
        when params->>'level' is not null then a.level = params->>'level'
        when a.level = 'community' then z >= 10
        when a.level = 'grid' then z >= 13
        else true
      end
      and (params->>'zone_id' is null or (params->>'zone_id')::integer in (a.id, a.parent_id))
  ),
  drawn as (
    select a.*,
      -- Moved point by point to a grid of half a pixel (of a unit from zoom 14 on) and not simplified as a line:
      -- so neighbours, which share the points of their border, still share it in the tile.
      st_snaptogrid(in_tile(a.geom, f.west, f.north, f.scale), case when z < 14 then 4 else 1 end) as tile_geom
    from asked a, frame f
  )
  -- The outer ring has a positive area with y down (Mapbox Vector Tile 2.1, 4.3.4.4).
  select d.id, d.code, d.level, d.name, d.parent_id, st_forcepolygonccw(d.tile_geom)
  from drawn d
  where not st_isempty(d.tile_geom)
  order by d.id
$$;
