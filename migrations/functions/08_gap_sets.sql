-- What is missing, as one set a road for each kind, role, duty, place and holder: a required role that is empty (unheld),
-- a duty that was not kept (unwalked), no community (unzoned). Parameters as in walk_audit.
create or replace function gap_sets(
  moment timestamptz, kept boolean, road_ids integer[], known timestamptz, kinds text[], of_role text, asked text
)
returns table (
  kind text, fault text, road_id integer, role text, duty text, period tstzrange, town_id integer, community_id integer,
  bureau_led boolean, chief_id integer, missing int4multirange
)
language sql stable
as $$
  select 'unheld', null::text, s.road_id, slot.role, null::text, null::tstzrange, s.town_id, s.community_id, s.bureau_led,
    null::integer, range_agg(sided(s.span, s.sides))
  from segments_of(moment, kept, road_ids, known) s, unnest(s.missing) as slot (role)
  where 'unheld' = any (kinds) and (of_role is null or slot.role = of_role)
  group by s.road_id, slot.role, s.town_id, s.community_id, s.bureau_led
  union all
  select 'unwalked', null, a.road_id, a.role, a.duty, a.period, a.town_id, a.community_id, a.bureau_led, a.chief_id,
    range_agg(a.required - a.walked)
  from walk_audit(moment, kept, road_ids, asked, null, known, of_role) a
  where 'unwalked' = any (kinds) and not a.is_met
  group by a.road_id, a.role, a.duty, a.period, a.town_id, a.community_id, a.bureau_led, a.chief_id
  union all
  select 'unzoned', 'no_community', s.road_id, null, null, null, s.town_id, null, s.bureau_led, null,
    range_agg(sided(s.span, s.sides))
  from segments_of(moment, kept, road_ids, known) s
  join roads r on r.id = s.road_id and r.status <> 'planned'
  where 'unzoned' = any (kinds) and s.community_id is null and of_role is null
  group by s.road_id, s.town_id, s.bureau_led
$$;
