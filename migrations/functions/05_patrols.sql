-- Which roads lie around a track, and as which change left them: as long as this stays the same, matching the track
-- again would give the same passes. Roads within 200 m count, farther than any fix is matched.
create or replace function roads_digest(area geometry) returns text
language sql stable parallel safe
as $$
  select coalesce(md5(string_agg(r.id || '.' || r.change_id, ',' order by r.id)), 'none')
  from roads r
  where r.geom && st_expand(area, 200)
$$;

-- Different metres of road of the credited passes of a patrol, and the metres of all its passes, in centimetres.
create or replace function pass_totals(of_patrol bigint, out walked_cm bigint, out matched_cm bigint)
language sql stable
as $$
  select
    coalesce((
      select sum(upper(piece) - lower(piece))
      from (
        select range_agg(p.span) as walked from passes p where p.patrol_id = of_patrol and p.credited group by p.road_id
      ) roads, unnest(roads.walked) as piece
    ), 0),
    coalesce((select sum(upper(p.span) - lower(p.span)) from passes p where p.patrol_id = of_patrol), 0)
$$;
