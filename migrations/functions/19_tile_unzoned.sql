-- Layer unzoned: which metres of road in a tile lie in no community? Planned roads are left out. Filter: class.
create or replace function tile_unzoned(z integer, x integer, y integer, params jsonb)
returns table (
  road_id integer, name text, class text, from_m double precision, to_m double precision, sides text, length_m double precision,
  geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  roads_here as materialized (
    select r.id, r.name, r.class, r.length_cm, r.geom
    from frame f join roads r on r.geom && f.area
    where r.status <> 'planned'
      and (params->>'class' is null and z >= 10 or r.class = any (tile_classes(greatest(z, 9), params->>'class')))
  ),
  outside as (
    select s.road_id, range_agg(sided(s.span, s.sides)) as missing
    from roads_here r join segments s on s.road_id = r.id
    where s.community_id is null
    -- As /api/coverage/gaps lists them: cut where the place changes.
    group by s.road_id, s.town_id, s.bureau_led
  ),
  pieces as materialized (
    select o.road_id, piece.span, piece.sides from outside o, stretches_of(o.missing) as piece
  ),
  crowd as materialized (select count(*) > tile_crowd() as crowded from pieces),
  drawable as (
    select p.road_id, r.name, r.class, p.span, p.sides,
      st_clipbybox2d(
        case when p.span = int4range(0, r.length_cm) then r.geom else stretch_geom(r.geom, r.length_cm, p.span) end, f.area
      ) as line
    from pieces p join roads_here r on r.id = p.road_id, frame f
  ),
  shown as (
    select d.road_id, d.name, d.class, lower(d.span) as from_cm, upper(d.span) as to_cm, d.sides, d.line
    from drawable d, crowd
    where not crowded
    union all
    select null, null, d.class, null, null, d.sides, joined_lines(st_collect(d.line), f.pixel_m)
    from drawable d, frame f, crowd
    where crowded
    group by d.class, d.sides, f.pixel_m
  ),
  drawn as (
    select s.*, in_tile(st_simplify(s.line, f.tolerance_m), f.west, f.north, f.scale) as tile_geom
    from shown s, frame f
  )
  select d.road_id, d.name, d.class, d.from_cm / 100.0, d.to_cm / 100.0,
    case d.sides when '[0,1)' then 'left' when '[1,2)' then 'right' else 'both' end, (d.to_cm - d.from_cm) / 100.0, d.tile_geom
  from drawn d
  where not st_isempty(d.tile_geom)
  order by d.road_id, d.from_cm, d.sides, d.class
$$;
