-- The issues that the filters shared by the list, the heat map, the hot spots and the tiles ask for; a null filter asks
-- for nothing. One plain select, so that PostgreSQL puts it into the question around it and its indexes answer.
-- A zone asks for the issues that lie in it, whatever road they were snapped to.
create or replace function asked_issues(
  of_kind text, of_codes text[], of_surface text, of_statuses text[], since timestamptz, before timestamptz, in_zone integer
)
returns setof issues
language sql stable parallel safe
as $$
  select i.*
  from issues i
  where (of_kind is null or i.kind = of_kind)
    and (of_codes is null or i.code = any (of_codes))
    and (of_surface is null or i.surface = of_surface)
    and (of_statuses is null or i.status = any (of_statuses))
    and (since is null or i.reported_at >= since)
    and (before is null or i.reported_at < before)
    and (in_zone is null or st_intersects(i.geom, (select z.geom from zones z where z.id = in_zone)))
$$;
