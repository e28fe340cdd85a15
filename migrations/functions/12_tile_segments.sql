-- Layer segments: which segments, as of now, does a tile show? Filters: class, zone_id, chief_id.
create or replace function tile_segments(z integer, x integer, y integer, params jsonb)
returns table (
  road_id integer, name text, class text, from_m double precision, to_m double precision, sides text,
  town_id integer, community_id integer, bureau_led boolean,
  general integer, town_l1 integer, management_l1 integer, community_l2 integer, management_l2 integer, sanitation_l2 integer,
  missing text, geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  filters as materialized (
    select (params->>'chief_id')::integer as chief_id, (params->>'zone_id')::integer as zone_id,
      (select level from zones where id = (params->>'zone_id')::integer) as zone_level,
      zones_within((params->>'zone_id')::integer) as zones_within
  ),
  roads_here as (
    select r.id, r.name, r.class, r.length_cm, r.geom, f.area
    from frame f join roads r on r.geom && f.area
    where r.class = any (tile_classes(z, params->>'class'))
  ),
  asked as materialized (
    select r.name, r.class, s.*,
      st_clipbybox2d(
        case when s.span = int4range(0, r.length_cm) then r.geom else stretch_geom(r.geom, r.length_cm, s.span) end,
        r.area
      ) as geom
    from roads_here r join segments s on s.road_id = r.id, filters f
    where segment_in_zone(f.zone_id, f.zone_level, f.zones_within, s.town_id, s.community_id, s.bureau_led)
      and (
        f.chief_id is null
        or f.chief_id in (s.general, s.town_l1, s.management_l1, s.community_l2, s.management_l2, s.sanitation_l2)
      )
  ),
  crowd as materialized (select count(*) > tile_crowd() as crowded from asked),
  shown as (
    select a.road_id, a.name, a.class, lower(a.span) as from_cm, upper(a.span) as to_cm, a.sides, a.town_id, a.community_id, a.bureau_led,
      a.general, a.town_l1, a.management_l1, a.community_l2, a.management_l2, a.sanitation_l2, a.missing, a.geom
    from asked a, crowd
    where not crowded
    union all
    select null, null, a.class, null, null, a.sides, a.town_id, a.community_id, a.bureau_led,
      a.general, a.town_l1, a.management_l1, a.community_l2, a.management_l2, a.sanitation_l2, a.missing,
      joined_lines(st_collect(a.geom), f.pixel_m)
    from asked a, frame f, crowd
    where crowded
    group by a.class, a.sides, a.town_id, a.community_id, a.bureau_led,
      a.general, a.town_l1, a.management_l1, a.community_l2, a.management_l2, a.sanitation_l2, a.missing, f.pixel_m
  ),
  drawn as (
    select s.*, in_tile(st_simplify(s.geom, f.tolerance_m), f.west, f.north, f.scale) as tile_geom
    from shown s, frame f
  )
  select d.road_id, d.name, d.class, d.from_cm / 100.0, d.to_cm / 100.0,
    case d.sides when '[0,1)' then 'left' when '[1,2)' then 'right' else 'both' end,
    d.town_id, d.community_id, d.bureau_led,
    d.general, d.town_l1, d.management_l1, d.community_l2, d.management_l2, d.sanitation_l2,
    nullif(array_to_string(d.missing, ','), ''), d.tile_geom
  from drawn d
  where not st_isempty(d.tile_geom)
  order by d.road_id, d.from_cm, d.sides, d.class
$$;
