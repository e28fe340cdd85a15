-- Segments of roads (null: all) derived for a moment, as a question of its own: taken apart inside every question about
-- segments, it would be planned there (5 ms) also where the kept ones answer.
create or replace function segments_derived(moment timestamptz, road_ids integer[], known timestamptz)
returns setof segments
language plpgsql stable rows 100000
set plan_cache_mode to force_custom_plan
as $$
begin
  return query select * from segments_at(segments_derived.moment, segments_derived.road_ids, segments_derived.known);
end
$$;

-- Segments of roads (null: all) as of a moment: the kept ones (for now) or derived. One of the two is never looked at.
create or replace function segments_of(moment timestamptz, kept boolean, road_ids integer[], known timestamptz)
returns setof segments
language sql stable
as $$
  select s.* from segments s where kept and (road_ids is null or s.road_id = any (road_ids))
  union all
  select d.* from segments_derived(moment, road_ids, known) d where not kept
$$;

-- When a gap came to be: unheld when the last holder of any of its metres ended, unwalked when any of them was last
-- walked in that role (null: never), else when the road came in. Of walks those known at `known` (null: now) count; of
-- holders those known now, as what was known of all takes one look at the history (api/coverage/gaps.sql).
drop function if exists gap_since(text, text, integer, int4range, int4range, timestamptz);
create or replace function gap_since(
  kind text, of_role text, of_road integer, of_span int4range, of_sides int4range, moment timestamptz, known timestamptz
)
returns timestamptz
language sql stable
as $$
  select case kind
    when 'unheld' then (
      select max(upper(a.validity))
      from assignments a
      where a.road_id = of_road and a.role = of_role and a.span && of_span and a.sides && of_sides and upper(a.validity) <= moment
    )
    when 'unwalked' then (
      select max(upper(p.walked))
      from passes p
      where p.road_id = of_road and p.role = of_role and p.span && of_span and p.sides && of_sides
        and p.credited and lower(p.walked) < moment
        and (known is null or (select t.received_at from patrols t where t.id = p.patrol_id) <= known)
    )
    else (select r.created_at from roads r where r.id = of_road)
  end
$$;
