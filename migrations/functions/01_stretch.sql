-- The geometry of a stretch: the part of a road between two measures in centimetres.
create or replace function stretch_geom(geom geometry, length_cm integer, span int4range) returns geometry
language sql immutable parallel safe
return st_linesubstring(
  geom,
  greatest(0, lower(span) / length_cm::double precision),
  least(1, upper(span) / length_cm::double precision)
);

-- How much a stretch weighs, in side-centimetres: a metre of road is 200, because each side counts on its own.
create or replace function side_cm(span int4range, sides int4range) returns bigint
language sql immutable parallel safe
return (upper(span) - lower(span))::bigint * (upper(sides) - lower(sides));

-- Both sides of a road on one axis, left at 0 and right at 2^30 cm (10,737 km, longer than any road), so that one
-- multirange holds any set of stretches of a road and set algebra over sides is plain multirange algebra.
create or replace function sided(span int4range, sides int4range) returns int4multirange
language sql immutable parallel safe
return case
  when sides = '[0,1)' then int4multirange(span)
  when sides = '[1,2)' then int4multirange(int4range(lower(span) + 1073741824, upper(span) + 1073741824))
  else int4multirange(span, int4range(lower(span) + 1073741824, upper(span) + 1073741824))
end;

-- The one stretch on both sides that such a set is; null where it is anything else.
create or replace function one_stretch(sided_set int4multirange) returns int4range
language sql immutable parallel safe
return case
  when upper(sided_set) - 1073741824 > lower(sided_set) then
    case
      when sided_set = sided(int4range(lower(sided_set), upper(sided_set) - 1073741824), '[0,2)')
        then int4range(lower(sided_set), upper(sided_set) - 1073741824)
    end
end;

-- The stretches of a set as `sided` lays it out: what is on both sides is one stretch on both.
create or replace function stretches_of(sided_set int4multirange) returns table (span int4range, sides int4range)
language sql immutable parallel safe
as $$
  with per_side as (
    select
      coalesce((select range_agg(piece) from unnest(sided_set * '{[0,1073741824)}') as piece), '{}') as on_left,
      coalesce((
        select range_agg(int4range(lower(piece) - 1073741824, upper(piece) - 1073741824))
        from unnest(sided_set * '{[1073741824,)}') as piece
      ), '{}') as on_right
  )
  select unnest(on_left * on_right), '[0,2)'::int4range from per_side
  union all select unnest(on_left - on_right), '[0,1)' from per_side
  union all select unnest(on_right - on_left), '[1,2)' from per_side
$$;

-- Who holds a role, of the six holders of a segment.
create or replace function holder_of(
  role text, general integer, town_l1 integer, management_l1 integer, community_l2 integer, management_l2 integer, sanitation_l2 integer
)
returns integer
language sql immutable parallel safe
return case role
  when 'general' then general
  when 'town_l1' then town_l1
  when 'management_l1' then management_l1
  when 'community_l2' then community_l2
  when 'management_l2' then management_l2
  else sanitation_l2
end;
