-- Layer unwalked: which stretches in a tile were not walked as a duty asks? One feature per duty, of the last period that
-- was over, or of the one that is running (period). Filters: role, duty, class, zone_id, chief_id, period.
create or replace function tile_unwalked(z integer, x integer, y integer, params jsonb)
returns table (
  role text, duty text, chief_id integer, road_id integer, name text, class text, from_m double precision, to_m double precision,
  sides text, length_m double precision, geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  filters as materialized (
    select params->>'role' as role, params->>'duty' as duty, (params->>'zone_id')::integer as zone_id,
      (params->>'chief_id')::integer as chief_id, (select level from zones where id = (params->>'zone_id')::integer) as zone_level,
      zones_within((params->>'zone_id')::integer) as zones_within
  ),
  roads_here as materialized (
    select r.id, r.name, r.class, r.length_cm, r.geom
    from frame f join roads r on r.geom && f.area
    where params->>'class' is null and z >= 10 or r.class = any (tile_classes(greatest(z, 9), params->>'class'))
  ),
  missed as materialized (
    select a.road_id, a.role, a.duty, a.chief_id, range_agg(a.required - a.walked) as missing
    from walk_audit_on(array(select h.id from roads_here h), coalesce(params->>'period', 'ended'), params->>'role') a,
      filters f
    where not a.is_met
      and (f.duty is null or a.duty = f.duty)
      and (f.chief_id is null or a.chief_id = f.chief_id)
      and segment_in_zone(f.zone_id, f.zone_level, f.zones_within, a.town_id, a.community_id, a.bureau_led)
    -- As /api/coverage/gaps lists them: cut where the place changes.
    group by a.road_id, a.role, a.duty, a.chief_id, a.town_id, a.community_id, a.bureau_led
  ),
  -- Geometry is the dear part, and several duties are often missed on the same metres: it is made once for all of them.
  pieces as materialized (
    select m.road_id, piece.span, piece.sides, array_agg(m.role order by m.role, m.duty) as roles,
      array_agg(m.duty order by m.role, m.duty) as duties, array_agg(m.chief_id order by m.role, m.duty) as chiefs
    from missed m, stretches_of(m.missing) as piece
    group by m.road_id, piece.span, piece.sides
  ),
  crowd as materialized (select coalesce(sum(cardinality(duties)), 0) > tile_crowd() as crowded from pieces),
  drawable as (
    select p.*, h.name, h.class,
      st_clipbybox2d(
        case when p.span = int4range(0, h.length_cm) then h.geom else stretch_geom(h.geom, h.length_cm, p.span) end, f.area
      ) as line
    from pieces p join roads_here h on h.id = p.road_id, frame f
  ),
  shown as (
    select d.roles, d.duties, d.chiefs, d.road_id, d.name, d.class, lower(d.span) as from_cm, upper(d.span) as to_cm, d.sides, d.line
    from drawable d, crowd
    where not crowded
    union all
    select d.roles, d.duties, null, null, null, d.class, null, null, d.sides, joined_lines(st_collect(d.line), f.pixel_m)
    from drawable d, frame f, crowd
    where crowded
    group by d.roles, d.duties, d.class, d.sides, f.pixel_m
  ),
  drawn as (
    select s.*, in_tile(st_simplify(s.line, f.tolerance_m), f.west, f.north, f.scale) as tile_geom
    from shown s, frame f
  )
  select g.role, g.duty, g.chief_id, d.road_id, d.name, d.class, d.from_cm / 100.0, d.to_cm / 100.0,
    case d.sides when '[0,1)' then 'left' when '[1,2)' then 'right' else 'both' end, (d.to_cm - d.from_cm) / 100.0, d.tile_geom
  from drawn d, unnest(d.roles, d.duties, d.chiefs) as g (role, duty, chief_id)
  where not st_isempty(d.tile_geom)
  order by g.role, g.duty, d.road_id, d.from_cm, d.sides, d.class
$$;
