-- Layer passes: where did patrols go? One feature a pass. Filters: from, to, role, chief_id, patrol_id. In a tile of
-- more passes than anyone can point at, those of one road and role are put together, with the latest time and the best
-- confidence: a district of 60 chiefs has 6,000 passes in a day, most of them on the same metres as the day before.
create or replace function tile_passes(z integer, x integer, y integer, params jsonb)
returns table (
  patrol_id bigint, chief_id integer, role text, road_id integer, confidence double precision, credited boolean, direction text,
  walked bigint, geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  roads_here as materialized (
    select r.id, r.length_cm, r.geom from frame f join roads r on r.geom && f.area
  ),
  asked as materialized (
    select p.patrol_id, t.chief_id, t.role, p.road_id, p.confidence, p.credited, p.direction, lower(p.walked) as walked,
      -- A road that was shortened keeps its old passes until they are matched anew.
      p.span * int4range(0, r.length_cm) as span
    from roads_here r
    join passes p on p.road_id = r.id
    join patrols t on t.id = p.patrol_id
    where (params->>'from' is null or lower(p.walked) >= (params->>'from')::timestamptz)
      and (params->>'to' is null or lower(p.walked) < (params->>'to')::timestamptz)
      and (params->>'role' is null or t.role = params->>'role')
      and (params->>'chief_id' is null or t.chief_id = (params->>'chief_id')::integer)
      and (params->>'patrol_id' is null or p.patrol_id = (params->>'patrol_id')::bigint)
      and p.span && int4range(0, r.length_cm)
  ),
  crowd as materialized (select count(*) > tile_crowd() as crowded from asked),
  shown as (
    select a.* from asked a, crowd where not crowded
    union all
    select null, null, a.role, a.road_id, max(a.confidence), a.credited, null, max(a.walked), unnest(range_agg(a.span))
    from asked a, crowd
    where crowded
    group by a.role, a.road_id, a.credited
  ),
  drawn as (
    select s.*,
      in_tile(
        st_simplify(st_clipbybox2d(stretch_geom(r.geom, r.length_cm, s.span), f.area), f.tolerance_m),
        f.west, f.north, f.scale
      ) as tile_geom
    from shown s join roads_here r on r.id = s.road_id, frame f
  )
  select d.patrol_id, d.chief_id, d.role, d.road_id, round(d.confidence::numeric, 3)::double precision, d.credited, d.direction,
    extract(epoch from d.walked)::bigint, d.tile_geom
  from drawn d
  where not st_isempty(d.tile_geom)
  -- The surest on top.
  order by d.confidence, d.walked, d.patrol_id, d.road_id, d.span, d.role, d.credited
$$;
