-- Layer roads: which roads does a tile show? Filters: class, status, zone_id.
create or replace function tile_roads(z integer, x integer, y integer, params jsonb)
returns table (id integer, name text, class text, status text, layer smallint, length_m double precision, geom geometry)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  asked as materialized (
    select r.id, r.name, r.class, r.status, r.layer, r.length_cm, st_clipbybox2d(r.geom, f.area) as geom
    from frame f join roads r on r.geom && f.area
    where r.class = any (tile_classes(z, params->>'class'))
      and (params->>'status' is null or r.status = params->>'status')
      and (
        params->>'zone_id' is null
        or exists (select from zone_stretches s where s.road_id = r.id and s.zone_id = (params->>'zone_id')::integer)
      )
  ),
  crowd as materialized (select count(*) > tile_crowd() as crowded from asked),
  shown as (
    select a.id, a.name, a.class, a.status, a.layer, a.length_cm / 100.0 as length_m, a.geom
    from asked a, crowd
    where not crowded
    union all
    select null, null, a.class, a.status, a.layer, null, joined_lines(st_collect(a.geom), f.pixel_m)
    from asked a, frame f, crowd
    where crowded
    group by a.class, a.status, a.layer, f.pixel_m
  ),
  drawn as (
    select s.id, s.name, s.class, s.status, s.layer, s.length_m,
      in_tile(st_simplify(s.geom, f.tolerance_m), f.west, f.north, f.scale) as geom
    from shown s, frame f
  )
  select d.* from drawn d where not st_isempty(d.geom) order by d.id, d.class, d.status, d.layer
$$;
