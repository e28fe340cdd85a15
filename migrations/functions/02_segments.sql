-- The segments of roads (null: all) at a moment: maximal stretches on which town, community, the bureau-led area and
-- all six holders are constant. Where both sides agree they are one segment, else each side is its own.
create or replace function segments_at(moment timestamptz, road_ids integer[])
returns table (
  road_id integer, span int4range, sides int4range, town_id integer, community_id integer, bureau_led boolean,
  general integer, town_l1 integer, management_l1 integer, community_l2 integer, management_l2 integer,
  sanitation_l2 integer, required text[], missing text[]
)
language sql stable
as $$
  with
  wanted as (
    select r.id, r.length_cm, r.class, r.status from roads r where road_ids is null or r.id = any (road_ids)
  ),
  -- Everything that can change along a road, at that moment.
  held as (
    select a.road_id, a.role, a.chief_id, a.span, a.sides
    from assignments a join wanted w on w.id = a.road_id
    where a.validity @> moment
  ),
  zoned as (
    select z.road_id, z.level, z.zone_id, z.span, z.sides
    from zone_stretches z join wanted w on w.id = z.road_id
    where z.level in ('town', 'community', 'bureau')
  ),
  -- A road is cut wherever anything begins or ends on either side.
  cuts as (
    select w.id as road_id, at
    from wanted w, lateral (values (0), (w.length_cm)) as ends (at)
    union
    select h.road_id, at from held h, lateral (values (lower(h.span)), (upper(h.span))) as ends (at)
    union
    select z.road_id, at from zoned z, lateral (values (lower(z.span)), (upper(z.span))) as ends (at)
  ),
  pieces as (
    select c.road_id, c.at as from_cm, lead(c.at) over (partition by c.road_id order by c.at) as to_cm
    from cuts c
  ),
  one_sided as (
    select p.road_id, int4range(p.from_cm, p.to_cm) as span, s.side
    from pieces p, (values ('[0,1)'::int4range), ('[1,2)'::int4range)) as s (side)
    where p.to_cm is not null
  ),
  -- Aggregated before they are joined to each other, or holders and zones would multiply.
  holders as (
    select o.road_id, o.span, o.side,
      max(h.chief_id) filter (where h.role = 'general') as general,
      max(h.chief_id) filter (where h.role = 'town_l1') as town_l1,
      max(h.chief_id) filter (where h.role = 'management_l1') as management_l1,
      max(h.chief_id) filter (where h.role = 'community_l2') as community_l2,
      max(h.chief_id) filter (where h.role = 'management_l2') as management_l2,
      max(h.chief_id) filter (where h.role = 'sanitation_l2') as sanitation_l2
    from one_sided o
    left join held h on h.road_id = o.road_id and h.span && o.span and h.sides && o.side
    group by o.road_id, o.span, o.side
  ),
  places as (
    select o.road_id, o.span, o.side,
      max(z.zone_id) filter (where z.level = 'town') as town_id,
      max(z.zone_id) filter (where z.level = 'community') as community_id,
      coalesce(bool_or(z.level = 'bureau'), false) as bureau_led
    from one_sided o
    left join zoned z on z.road_id = o.road_id and z.span && o.span and z.sides && o.side
    group by o.road_id, o.span, o.side
  ),
  -- Two sides with the same facts become one piece.
  crossings as (
    select h.road_id, h.span, int4range(min(lower(h.side)), max(upper(h.side))) as sides,
      p.town_id, p.community_id, p.bureau_led,
      h.general, h.town_l1, h.management_l1, h.community_l2, h.management_l2, h.sanitation_l2
    from holders h join places p using (road_id, span, side)
    group by h.road_id, h.span, p.town_id, p.community_id, p.bureau_led,
      h.general, h.town_l1, h.management_l1, h.community_l2, h.management_l2, h.sanitation_l2
  ),
  -- Pieces that follow each other with the same facts become one segment.
  begins as (
    select c.*,
      lower(c.span) is distinct from lag(upper(c.span)) over facts as begins
    from crossings c
    window facts as (
      partition by c.road_id, c.sides, c.town_id, c.community_id, c.bureau_led,
        c.general, c.town_l1, c.management_l1, c.community_l2, c.management_l2, c.sanitation_l2
      order by lower(c.span)
    )
  ),
  numbered as (
    select b.*,
      count(*) filter (where b.begins) over (
        partition by b.road_id, b.sides, b.town_id, b.community_id, b.bureau_led,
          b.general, b.town_l1, b.management_l1, b.community_l2, b.management_l2, b.sanitation_l2
        order by lower(b.span)
      ) as number
    from begins b
  ),
  merged as (
    select n.road_id, int4range(min(lower(n.span)), max(upper(n.span))) as span, n.sides,
      n.town_id, n.community_id, n.bureau_led,
      n.general, n.town_l1, n.management_l1, n.community_l2, n.management_l2, n.sanitation_l2
    from numbered n
    group by n.road_id, n.sides, n.number, n.town_id, n.community_id, n.bureau_led,
      n.general, n.town_l1, n.management_l1, n.community_l2, n.management_l2, n.sanitation_l2
  ),
  town_classes as (
    select distinct m.town_id, w.class, w.status = 'handed_over' as in_scope from merged m join wanted w on w.id = m.road_id
  ),
  -- Only roads that were handed over are in scope (R5); a town's own rule wins over the district's.
  needs as (
    select t.town_id, t.class, t.in_scope, array(
      select r.role
      from roles r
      left join role_rules own on own.town_id = t.town_id and own.class = t.class and own.role = r.role
      left join role_rules usual on usual.town_id is null and usual.class = t.class and usual.role = r.role
      where t.in_scope and coalesce(own.required, usual.required, false)
      order by r.position
    ) as required
    from town_classes t
  )
  select m.*, needs.required,
    array(
      select role from unnest(needs.required) as role
      where case role
        when 'general' then m.general
        when 'town_l1' then m.town_l1
        when 'management_l1' then m.management_l1
        when 'community_l2' then m.community_l2
        when 'management_l2' then m.management_l2
        else m.sanitation_l2
      end is null
    )
  from merged m
  join wanted w on w.id = m.road_id
  join needs on needs.town_id is not distinct from m.town_id and needs.class = w.class and needs.in_scope = (w.status = 'handed_over')
$$;

-- Derives the segments of roads (null: all) anew. Call it in the transaction that changed what they stand on.
create or replace function refresh_segments(road_ids integer[]) returns void
language sql volatile
as $$
  -- Whoever derives the same roads at the same moment waits here: two at once would both insert.
  select from roads r where road_ids is null or r.id = any (road_ids) order by r.id for no key update;
  delete from segments s where road_ids is null or s.road_id = any (road_ids);
  -- As of the clock and not of the transaction's start: what others committed while a long import ran is in force too.
  insert into segments select * from segments_at(clock_timestamp(), road_ids);
$$;
