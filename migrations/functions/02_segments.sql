-- The segments of roads (null: all) at a moment: maximal stretches on which town, community, the bureau-led area and
-- all six holders are constant. Where both sides agree they are one segment, else each side is its own.
-- `known` (null: now) asks for what was known then: assignments that were made or ended later are left out of account.
drop function if exists segments_at(timestamptz, integer[]);
create or replace function segments_at(moment timestamptz, road_ids integer[], known timestamptz default null)
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
    where known is null and a.validity @> moment
    union all
    select a.road_id, a.role, a.chief_id, a.span * int4range(0, w.length_cm), a.sides
    from assignments_known(known) a join wanted w on w.id = a.road_id
    where known is not null and a.validity @> moment and a.span && int4range(0, w.length_cm)
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
  -- A road on which nothing lies on one side alone is looked at once, not side by side.
  halved as (
    select h.road_id from held h where h.sides <> '[0,2)'
    union
    select z.road_id from zoned z where z.sides <> '[0,2)'
  ),
  one_sided as (
    select p.road_id, int4range(p.from_cm, p.to_cm) as span, s.side
    from pieces p
    left join halved h on h.road_id = p.road_id
    join (values (true, '[0,1)'::int4range), (true, '[1,2)'), (false, '[0,2)')) as s (halved, side)
      on s.halved = (h.road_id is not null)
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
  located as (
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
    from holders h join located p using (road_id, span, side)
    group by h.road_id, h.span, p.town_id, p.community_id, p.bureau_led,
      h.general, h.town_l1, h.management_l1, h.community_l2, h.management_l2, h.sanitation_l2
  ),
  -- Pieces that follow each other with the same facts become one segment. (Compared with the piece before: to sort by all
  -- the facts takes twice as long.)
  begins as (
    select c.*,
      (c.town_id, c.community_id, c.bureau_led, c.general, c.town_l1, c.management_l1, c.community_l2, c.management_l2,
        c.sanitation_l2, lower(c.span))
      is distinct from (
        lag(c.town_id) over along, lag(c.community_id) over along, lag(c.bureau_led) over along, lag(c.general) over along,
        lag(c.town_l1) over along, lag(c.management_l1) over along, lag(c.community_l2) over along,
        lag(c.management_l2) over along, lag(c.sanitation_l2) over along, lag(upper(c.span)) over along
      ) as begins
    from crossings c
    window along as (partition by c.road_id, c.sides order by lower(c.span))
  ),
  numbered as (
    select b.*,
      count(*) filter (where b.begins) over (partition by b.road_id, b.sides order by lower(b.span)) as number
    from begins b
  ),
  merged as (
    select n.road_id, int4range(min(lower(n.span)), max(upper(n.span))) as span, n.sides,
      min(n.town_id) as town_id, min(n.community_id) as community_id, bool_or(n.bureau_led) as bureau_led,
      min(n.general) as general, min(n.town_l1) as town_l1, min(n.management_l1) as management_l1,
      min(n.community_l2) as community_l2, min(n.management_l2) as management_l2, min(n.sanitation_l2) as sanitation_l2
    from numbered n
    group by n.road_id, n.sides, n.number
  ),
  places as (
    select distinct m.town_id, m.bureau_led, w.class, w.status from merged m join wanted w on w.id = m.road_id
  ),
  -- The most particular rule that fits a place decides.
  needs as materialized (
    select p.town_id, p.bureau_led, p.class, p.status, array(
      select r.role
      from roles r, lateral (
        select rule.required
        from role_rules rule
        where rule.role = r.role and rule.status = p.status and rule.validity @> moment
          and rule_fits(rule.class, rule.town_id, rule.zone_kind, rule.bureau_led, p.class, p.town_id, z.kind, p.bureau_led)
        order by rule_rank(rule.class, rule.town_id, rule.zone_kind, rule.bureau_led) desc
        limit 1
      ) as decisive
      where decisive.required
      order by r.position
    ) as required
    from places p left join zones z on z.id = p.town_id
  )
  select m.*, needs.required,
    array(
      select role from unnest(needs.required) as role
      where holder_of(role, m.general, m.town_l1, m.management_l1, m.community_l2, m.management_l2, m.sanitation_l2) is null
    )
  from merged m
  join wanted w on w.id = m.road_id
  -- No zone has the number 0, and only an equality can be hashed.
  join needs on coalesce(needs.town_id, 0) = coalesce(m.town_id, 0) and needs.bureau_led = m.bureau_led
    and needs.class = w.class and needs.status = w.status
$$;

-- Derives the segments of roads (null: all) anew. Call it in the transaction that changed what they stand on.
-- Planned for the roads at hand each time: a plan for any roads would read all there are for one (35 ms instead of 5).
create or replace function refresh_segments(road_ids integer[]) returns void
language plpgsql volatile
set plan_cache_mode to force_custom_plan
as $$
declare
  moment timestamptz;
begin
  -- Whoever derives the same roads at the same moment waits here: two at once would both insert.
  perform from roads r where road_ids is null or r.id = any (road_ids) order by r.id for no key update;
  delete from segments s where road_ids is null or s.road_id = any (road_ids);
  -- As of the clock and not of the transaction's start: what others committed while a long import ran is in force too.
  moment := clock_timestamp();
  insert into segments select * from segments_at(moment, road_ids);
end
$$;
