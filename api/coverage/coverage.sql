-- How much is required, met and missing, by group, role and duty? In side-centimetres, so that sums are exact.
-- coverage.queries.ts fills in :roads: (an array of roads, null for all), :in_zone: (a condition on `a`) and :group:
-- (what of `a`, its road `r` and the holder `h` is grouped by).
with
segs as (
  select a.*, r.class, r.status, r.id
  from segments_of(:moment::timestamptz, :kept::boolean, :roads:, :known::timestamptz) a
  join roads r on r.id = a.road_id
  where :in_zone: and (:class::text is null or r.class = :class::text)
),
unheld as (
  select :group: as key, slot.role, null::text as duty, null::tstzrange as period, null::integer as rule_id,
    side_cm(a.span, a.sides) as required,
    case when slot.role = any (a.missing) then 0 else side_cm(a.span, a.sides) end as met, 0::bigint as tolerated
  from segs a join roads r on r.id = a.road_id, unnest(a.required) as slot (role),
    lateral (
      select holder_of(slot.role, a.general, a.town_l1, a.management_l1, a.community_l2, a.management_l2, a.sanitation_l2) as chief_id
    ) h
  where :kind::text = 'unheld' and slot.role = any (:roles::text[])
),
unwalked as (
  select :group:, a.role, a.duty, a.period, a.rule_id, a.required_cm,
    case when a.is_met then a.required_cm else a.walked_cm end,
    case when a.is_met then a.required_cm - a.walked_cm else 0 end
  from walk_audit(:moment::timestamptz, :kept::boolean, :roads:, :period::text, null, :known::timestamptz, null) a
  join roads r on r.id = a.road_id,
    lateral (select a.chief_id) h
  where :kind::text = 'unwalked' and :in_zone: and (:class::text is null or r.class = :class::text) and a.role = any (:roles::text[])
),
unzoned as (
  select :group:, null, null, null::tstzrange, null::integer, side_cm(a.span, a.sides),
    case when a.community_id is null then 0 else side_cm(a.span, a.sides) end, 0::bigint
  from segs a join roads r on r.id = a.road_id, lateral (select null::integer as chief_id) h
  where :kind::text = 'unzoned' and a.status <> 'planned'
),
lengths as (
  select :group: as key, sum(side_cm(a.span, a.sides)) as road_weight
  from segs a join roads r on r.id = a.road_id, lateral (select null::integer as chief_id) h
  group by 1
),
tallies as (
  select u.key, u.role, u.duty, u.period, sum(u.required) as required, sum(u.met) as met, sum(u.tolerated) as tolerated,
    min(u.rule_id) as rule_id
  from (table unheld union all table unwalked union all table unzoned) u
  group by u.key, u.role, u.duty, u.period
)
select coalesce(t.key, l.key) as key, coalesce(l.road_weight, 0) as road_weight, t.role, t.duty,
  (select p.per from patrol_rules p where p.id = t.rule_id) as per,
  lower(t.period) as period_from, upper(t.period) as period_to, t.required, t.met, t.tolerated
-- A key that is null is a group too, and only an equality can be joined in full.
from lengths l full join tallies t on coalesce(t.key::text, '') = coalesce(l.key::text, '')
order by coalesce(l.road_weight, 0) desc, coalesce(t.key, l.key), t.role, t.duty
