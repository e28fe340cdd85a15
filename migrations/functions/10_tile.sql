-- What every layer's tile function stands on. A tile is 4096 units wide and is drawn 512 pixels wide, so a pixel is
-- 8 units. A layer is one function `tile_<layer>(z, x, y, params)` whose rows are the tile: attributes, and `geom` in
-- whole units from the upper left corner, y down. The server engine packs the rows with ST_AsMVT, the embedded one
-- (built without protobuf: no ST_AsMVT, no ST_AsMVTGeom) in api/tiles/encode-mvt.ts, so both give the same tile.

-- The frame of a tile: the area it asks for in the district's CRS (with 64 units around, so that a line 16 pixels wide
-- is not cut at the edge), its upper left corner and units per metre in web mercator, the true metres of a pixel, and
-- how far a simplified line may stray: half a pixel, and nothing on the last zoom (16), which is drawn enlarged.
-- No row where the district's CRS does not reach.
create or replace function tile_frame(z integer, x integer, y integer)
returns table (
  area geometry, west double precision, north double precision, scale double precision,
  pixel_m double precision, tolerance_m double precision
)
language sql stable parallel safe
as $$
  with
  envelope as materialized (
    select st_tileenvelope(z, x, y) as box, st_transform(st_tileenvelope(z, x, y, margin => 64 / 4096.0), 4326) as degrees
  ),
  sized as materialized (
    select box,
      -- A box along the axes of the metric CRS, because only such a box clips quickly. It leans against the tile by
      -- the convergence of the meridians, at most 1.3° within a 3-degree zone: 2 % of a tile, another 90 units.
      st_envelope(asked_area(st_xmin(degrees), st_ymin(degrees), st_xmax(degrees), st_ymax(degrees))) as area,
      (st_xmax(box) - st_xmin(box)) / 512 * cos(radians((st_ymin(degrees) + st_ymax(degrees)) / 2)) as pixel_m
    from envelope
  )
  select area, st_xmin(box), st_ymax(box), 4096 / (st_xmax(box) - st_xmin(box)),
    pixel_m, case when z < 16 then pixel_m / 2 else 0 end
  from sized
  where area is not null
$$;

-- Metric geometry in the units of a tile; null when nothing larger than a unit is left of it.
create or replace function in_tile(geom geometry, west double precision, north double precision, scale double precision)
returns geometry
language sql immutable parallel safe
return st_snaptogrid(st_transscale(st_transform(geom, 3857), -west, -north, scale, -scale), 1);

-- The classes of road that a zoom shows, unless one is asked for: a street grid of alleys 60 m apart is 1 pixel apart
-- at zoom 10 and 8 pixels apart at zoom 13.
create or replace function tile_classes(z integer, asked text) returns text[]
language sql immutable parallel safe
return case
  when asked is not null then array[asked]
  when z < 9 then array['main']
  when z < 10 then array['main', 'secondary']
  when z < 12 then array['main', 'secondary', 'branch']
  when z < 13 then array['main', 'secondary', 'branch', 'alley', 'service']
  else array['main', 'secondary', 'branch', 'alley', 'service', 'path', 'other']
end;

-- A tile with more stretches than this joins those that look alike and leaves out what tells them apart (ids, names,
-- measures): nobody can point at one of them. 6,000 are at most about 300 kB; a district of 400 roads is never joined.
create or replace function tile_crowd() returns integer
language sql immutable parallel safe
return 6000;

-- Lines that look alike as one, end joined to end, without the parts shorter than a pixel: where all of Wuhan is one
-- tile (zoom 10), these are 31 % of the parts and 4 % of the length.
create or replace function joined_lines(lines geometry, pixel_m double precision) returns geometry
language sql immutable parallel safe
as $$
  select st_collect(part.geom)
  from st_dump(st_linemerge(st_collectionextract(lines, 2))) as part
  where st_length(part.geom) >= pixel_m
$$;

-- The zones below a district, where there are several districts; null where it is the only one (or is none): then every
-- metre is its own, also those in no town.
create or replace function zones_within(district_id integer) returns integer[]
language sql stable
as $$
  select case
    when exists (select from zones z where z.id = district_id and z.level = 'district')
      and exists (select from zones z where z.id <> district_id and z.level = 'district')
    then array(
      select z.id from zones z left join zones p on p.id = z.parent_id where district_id in (z.parent_id, p.parent_id)
    )
  end
$$;

-- Whether a segment lies in the zone that is asked for (null: no zone is), by the column that its level has there, in a
-- district by what is within it (`zones_within`). A grid cell has none.
drop function if exists segment_in_zone(integer, text, integer, integer, boolean);
create or replace function segment_in_zone(
  zone_id integer, level text, within integer[], town_id integer, community_id integer, bureau_led boolean
)
returns boolean
language sql immutable parallel safe
return case
  when zone_id is null then true
  when level = 'district' then within is null or coalesce(coalesce(town_id, community_id) = any (within), false)
  when level = 'town' then coalesce(town_id = zone_id, false)
  when level = 'community' then coalesce(community_id = zone_id, false)
  when level = 'bureau' then bureau_led
  else false
end;
