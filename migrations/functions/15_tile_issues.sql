-- Layer issues: which issues does a tile show? Filters: those of asked_issues (codes and statuses as array literals)
-- and verdict. Issues in one square of 4 pixels (2 from zoom 12, none from zoom 14) are one point, the newest, with
-- their `count`: what lies closer than that is drawn as one spot anyway.
create or replace function tile_issues(z integer, x integer, y integer, params jsonb)
returns table (
  id bigint, kind text, code text, surface text, status text, verdict text, reported_at bigint, road_id integer,
  count bigint, geom geometry
)
language sql stable
as $$
  with
  frame as materialized (select * from tile_frame(z, x, y)),
  asked as (
    select i.id, i.kind, i.code, i.surface, i.status, i.verdict, i.reported_at, i.road_id,
      in_tile(i.geom, f.west, f.north, f.scale) as geom
    from frame f
    join asked_issues(
      params->>'kind', (params->>'codes')::text[], params->>'surface', (params->>'statuses')::text[],
      (params->>'from')::timestamptz, (params->>'to')::timestamptz, (params->>'zone_id')::integer
    ) i on i.geom && f.area
    where params->>'verdict' is null or i.verdict = params->>'verdict'
  ),
  spots as (
    select a.*, case when z < 12 then st_snaptogrid(a.geom, 32) when z < 14 then st_snaptogrid(a.geom, 16) end as spot
    from asked a
  ),
  newest as (
    select distinct on (coalesce(s.spot::bytea, int8send(s.id))) s.*,
      count(*) over (partition by coalesce(s.spot::bytea, int8send(s.id))) as issues
    from spots s
    order by coalesce(s.spot::bytea, int8send(s.id)), s.reported_at desc, s.id desc
  )
  select n.id, n.kind, n.code, n.surface, n.status, n.verdict, extract(epoch from n.reported_at)::bigint, n.road_id,
    n.issues, n.geom
  from newest n
  order by n.id
$$;
