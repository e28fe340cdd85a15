-- Was every metre walked that a role has to walk? One row a segment, duty and period, in side-centimetres.
--
-- Holders, zones and rules are those of `moment`: from the kept segments (`kept`, for now) or derived. `asked` says which
-- periods: 'ended' the last that was over by `moment`, 'running' the one it lies in, 'between' all that ended in
-- (since, until]. `known` (null: now) leaves out of account what came in later, `in_time` what came in after its period
-- was over. Null for roads and role asks for all.
--
-- A metre is walked when a credited pass of the role covers it that began in the period, by `moment` (and in the rule's
-- hours). Where a rule asks for n times, n patrols have to cover the metre; where it asks for company, a pass of the other
-- role has to be there at the same time, give or take the rule's minutes. A segment keeps its duty when at least the
-- rule's share of its required metres was walked: then the rest is tolerated, else it is missing.
-- So required = walked + tolerated + missing, and each is whole side-centimetres.
drop function if exists walk_audit(timestamptz, boolean, integer[], text, timestamptz, timestamptz, text);
create or replace function walk_audit(
  moment timestamptz, kept boolean, road_ids integer[], asked text, since timestamptz, known timestamptz, of_role text,
  until timestamptz default null, in_time boolean default false
)
returns table (
  road_id integer, span int4range, sides int4range, town_id integer, community_id integer, bureau_led boolean, class text,
  role text, duty text, rule_id integer, chief_id integer, period tstzrange,
  required int4multirange, walked int4multirange, required_cm bigint, walked_cm bigint, is_met boolean
)
language sql stable
as $$
  with
  segs as materialized (
    select s.road_id, s.span, s.sides, s.town_id, s.community_id, s.bureau_led, r.class, s.required,
      s.general, s.town_l1, s.management_l1, s.community_l2, s.management_l2, s.sanitation_l2,
      -- One key for where a rule holds: of three equalities the planner would expect a thousand times too few matches.
      concat_ws(' ', coalesce(s.town_id, 0), s.bureau_led, r.class) as place, side_cm(s.span, s.sides) as weight
    from segments_of(moment, kept, road_ids, known) s
    -- Derived segments are not known to be of these roads; beside kept ones this would compare each road with all the others.
    join roads r on r.id = s.road_id and (kept or road_ids is null or r.id = any (road_ids))
  ),
  places as (select distinct s.place, s.town_id, s.bureau_led, s.class from segs s),
  -- Of each duty the most particular rule that fits a place decides.
  chosen as (
    select distinct on (p.place, rule.duty) p.place, rule.*
    from places p
    left join zones z on z.id = p.town_id
    join lateral (
      select r.id as rule_id, r.duty, r.role, r.times, r.per, r.share_percent, r.from_time, r.to_time, r.joint_role,
        r.joint_minutes, r.key_points, r.days, rule_rank(r.class, r.town_id, r.zone_kind, r.bureau_led) as rank
      from patrol_rules r
      where r.validity @> moment
        and (of_role is null or r.role = of_role)
        and rule_fits(r.class, r.town_id, r.zone_kind, r.bureau_led, p.class, p.town_id, z.kind, p.bureau_led)
    ) rule on true
    order by p.place, rule.duty, rule.rank desc
  ),
  rules as (select distinct c.rule_id, c.per, c.days from chosen c where c.times is not null),
  windows as materialized (
    select r.rule_id, w.period
    from rules r, lateral (
      select period_ended_last(r.per, r.days, moment) as period where asked = 'ended'
      union all
      select period_running(r.per, r.days, moment) where asked = 'running'
      union all
      select periods_ended(r.per, r.days, since, until) where asked = 'between'
    ) w
  ),
  duties as materialized (
    select c.*, w.period,
      dense_rank() over (
        order by c.role, w.period, c.from_time, c.to_time, c.times, c.joint_role, c.joint_minutes, c.key_points
      ) as manner
    from chosen c join windows w on w.rule_id = c.rule_id
    where c.times is not null
  ),
  -- Rules that ask for the same walk share the work.
  manners as (
    select distinct d.manner, d.role, d.period, d.from_time, d.to_time, d.times, d.joint_role,
      d.joint_minutes * interval '1 minute' as give, d.key_points
    from duties d
  ),
  around_points as materialized (
    select k.road_id, range_agg(
      sided(int4range(greatest(0, k.measure_cm - k.reach_cm), k.measure_cm + k.reach_cm), '[0,2)')
    ) as around
    from key_points k
    where k.validity @> moment and (road_ids is null or k.road_id = any (road_ids))
    group by k.road_id
  ),
  -- Passes of the roads that are asked for, each looked up once for all manners of a period. (None where all are asked for:
  -- then each manner asks by role and time.) Whoever keeps company may have begun a day before or after: no pass lasts longer.
  passed as materialized (
    select asked.period, asked.key_points, here.*
    from (
      select m.period, m.key_points, array_agg(m.role) || array_agg(m.joint_role) as roles
      from manners m group by m.period, m.key_points
    ) asked, unnest(road_ids) as asked_road, lateral (
      select p.patrol_id, p.road_id, p.role, p.span, p.sides, p.walked
      from passes p
      where p.road_id = asked_road and p.credited and p.role = any (asked.roles)
        and lower(p.walked) >= lower(asked.period) - interval '1 day' and lower(p.walked) < upper(asked.period) + interval '1 day'
      -- Else the planner would rather read a month of the city.
      offset 0
    ) here
    where not asked.key_points or asked_road in (select k.road_id from around_points k)
  ),
  done as (
    select m.*, p.patrol_id, p.road_id, p.span, p.sides, p.walked
    from manners m, lateral (
      select p.patrol_id, p.road_id, p.span, p.sides, p.walked
      from passes p
      where p.role = m.role and p.credited
        and lower(p.walked) >= lower(m.period) and lower(p.walked) < upper(m.period) and lower(p.walked) <= moment
      offset 0
    ) p
    where road_ids is null
    union all
    select m.*, p.patrol_id, p.road_id, p.span, p.sides, p.walked
    from manners m join passed p on p.period = m.period and p.key_points = m.key_points and p.role = m.role
    where lower(p.walked) >= lower(m.period) and lower(p.walked) < upper(m.period) and lower(p.walked) <= moment
  ),
  credited as materialized (
    select d.manner, d.times, d.joint_role, d.patrol_id, d.road_id, d.span, d.sides,
      case when d.joint_role is not null then tstzrange(lower(d.walked) - d.give, upper(d.walked) + d.give, '[]') end as about
    from done d
    where (d.from_time is null or lower(d.walked)::time >= d.from_time and lower(d.walked)::time < d.to_time)
      and (not d.key_points or d.road_id in (select k.road_id from around_points k))
      and (known is null or (select t.received_at from patrols t where t.id = d.patrol_id) <= known)
      and (not in_time or (select t.received_at from patrols t where t.id = d.patrol_id) < upper(d.period))
  ),
  walked_once as (
    select c.manner, c.road_id, range_agg(sided(c.span, c.sides)) as walked
    from credited c
    where c.times = 1 and c.joint_role is null
    group by c.manner, c.road_id
  ),
  -- A patrol that passes twice is one visit.
  visits as (
    select c.manner, c.road_id, c.times, range_agg(sided(c.span, c.sides)) as walked
    from credited c
    where c.times > 1
    group by c.manner, c.road_id, c.times, c.patrol_id
  ),
  steps as (
    select v.manner, v.road_id, v.times, step.at, sum(step.change) as change
    from visits v, unnest(v.walked) as piece, lateral (values (lower(piece), 1), (upper(piece), -1)) as step (at, change)
    group by v.manner, v.road_id, v.times, step.at
  ),
  depths as (
    select s.manner, s.road_id, s.times,
      int4range(s.at, lead(s.at, 1, s.at) over (partition by s.manner, s.road_id order by s.at)) as piece,
      sum(s.change) over (partition by s.manner, s.road_id order by s.at) as visits
    from steps s
  ),
  walked_often as (
    select d.manner, d.road_id, range_agg(d.piece) as walked
    from depths d
    where d.visits >= d.times
    group by d.manner, d.road_id
  ),
  there as (
    select m.manner, m.period, p.patrol_id, p.road_id, p.span, p.sides, p.walked
    from manners m, lateral (
      select p.patrol_id, p.road_id, p.span, p.sides, p.walked
      from passes p
      where p.role = m.joint_role and p.credited
        and lower(p.walked) >= lower(m.period) - interval '1 day' and lower(p.walked) < upper(m.period) + interval '1 day'
      offset 0
    ) p
    where road_ids is null
    union all
    select m.manner, m.period, p.patrol_id, p.road_id, p.span, p.sides, p.walked
    from manners m join passed p on p.period = m.period and p.key_points = m.key_points and p.role = m.joint_role
    where lower(p.walked) >= lower(m.period) - interval '1 day' and lower(p.walked) < upper(m.period) + interval '1 day'
  ),
  companions as materialized (
    select t.manner, t.road_id, t.span, t.sides, t.walked
    from there t
    where (known is null or (select p.received_at from patrols p where p.id = t.patrol_id) <= known)
      and (not in_time or (select p.received_at from patrols p where p.id = t.patrol_id) < upper(t.period))
  ),
  walked_together as (
    select c.manner, c.road_id, range_agg(sided(c.span * o.span, c.sides * o.sides)) as walked
    from credited c
    join companions o on o.manner = c.manner and o.road_id = c.road_id
      and o.walked && c.about and o.span && c.span and o.sides && c.sides
    where c.joint_role is not null
    group by c.manner, c.road_id
  ),
  walks as (table walked_once union all table walked_often union all table walked_together),
  due as (
    select s.road_id, s.span, s.sides, s.town_id, s.community_id, s.bureau_led, s.class, d.role, d.duty, d.rule_id, d.manner,
      d.period, d.share_percent, s.weight, k.around,
      holder_of(d.role, s.general, s.town_l1, s.management_l1, s.community_l2, s.management_l2, s.sanitation_l2) as chief_id
    from segs s
    join duties d on d.place = s.place and d.role = any (s.required)
    left join around_points k on d.key_points and k.road_id = s.road_id
    where not d.key_points or k.around && sided(s.span, s.sides)
  ),
  -- Offset 0, here and below: what a row takes from these is worked out once, and what nobody asks for not at all. Most
  -- segments were not walked, and a set for each of them would cost more than all the rest.
  compared as (
    select d.*,
      case when w.walked is not null then w.walked * sided(d.span, d.sides) * coalesce(d.around, '{(,)}') end as walked,
      case when d.around is not null then d.around * sided(d.span, d.sides) end as around_here
    -- A full join is hashed or merged, never looped: where the planner expects few duties and many come, it would compare
    -- each of them with each walk. What was walked and is nobody's duty falls away, by a condition that hides that from it.
    from due d full join walks w on w.manner = d.manner and w.road_id = d.road_id
    where coalesce(d.weight, 0) > 0
    offset 0
  ),
  weighed as (
    select c.*,
      case
        when c.around_here is null then c.weight
        else (select sum(upper(piece) - lower(piece)) from unnest(c.around_here) as piece)
      end as required_cm,
      case
        when c.walked is null or c.walked = '{}' then 0
        else (select sum(upper(piece) - lower(piece)) from unnest(c.walked) as piece)
      end as walked_cm
    from compared c
    offset 0
  )
  select w.road_id, w.span, w.sides, w.town_id, w.community_id, w.bureau_led, w.class, w.role, w.duty, w.rule_id, w.chief_id,
    w.period, coalesce(w.around_here, sided(w.span, w.sides)), coalesce(w.walked, '{}'), w.required_cm, w.walked_cm,
    w.walked_cm * 100 >= w.required_cm * w.share_percent
  from weighed w
$$;

-- The same for roads that another question finds. Such a question as an argument would keep the planner from taking the
-- function apart, and the whole city would be read for a tile; as a variable with a value it does not.
create or replace function walk_audit_on(road_ids integer[], asked text, of_role text)
returns table (
  road_id integer, town_id integer, community_id integer, bureau_led boolean, role text, duty text, chief_id integer,
  required int4multirange, walked int4multirange, is_met boolean
)
language plpgsql stable
set plan_cache_mode to force_custom_plan
as $$
begin
  return query
    select a.road_id, a.town_id, a.community_id, a.bureau_led, a.role, a.duty, a.chief_id, a.required, a.walked, a.is_met
    from walk_audit(now(), true, walk_audit_on.road_ids, walk_audit_on.asked, null, null, walk_audit_on.of_role) a;
end
$$;
