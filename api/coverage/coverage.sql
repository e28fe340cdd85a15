-- How much is required, met and missing, by group, role and duty? In side-centimetres, so that sums are exact.
-- coverage.queries.ts fills in :tallied: (one of the coverage-*.sql, by kind), :roads: (an array of roads, null for all),
-- :in_zone: (a condition on `a`), :group: and :group_columns: (what of `a` is grouped by; `h.chief_id` is the holder) and
-- :once: (whether the segments are asked for each time or once, which pays where they are derived).
with
segs as :once: (
  select a.*, r.class, r.status
  from segments_of(:moment::timestamptz, :kept::boolean, :roads:, :known::timestamptz) a
  -- Derived segments are not known to be of these roads; beside kept ones this would compare each road with all the others.
  join roads r on r.id = a.road_id and (:kept::boolean or :roads: is null or r.id = any (:roads:))
  where :in_zone: and (:class::text is null or r.class = :class::text)
),
tallied as (:tallied:),
lengths as (
  select :group: as key, sum(side_cm(a.span, a.sides)) as road_weight
  from segs a, lateral (select null::integer as chief_id) h
  group by 1
),
tallies as (
  select t.key, coalesce(t.role, p.role) as role, p.duty, p.per, t.period, sum(t.required) as required, sum(t.met) as met,
    sum(t.tolerated) as tolerated
  from tallied t left join patrol_rules p on p.id = t.rule_id
  group by t.key, coalesce(t.role, p.role), p.duty, p.per, t.period
)
select coalesce(t.key, l.key) as key, coalesce(l.road_weight, 0) as road_weight, t.role, t.duty, t.per,
  lower(t.period) as period_from, upper(t.period) as period_to, t.required, t.met, t.tolerated
-- A key that is null is a group too, and only an equality can be joined in full.
from lengths l full join tallies t on coalesce(t.key::text, '') = coalesce(l.key::text, '')
order by coalesce(l.road_weight, 0) desc, coalesce(t.key, l.key), t.role, t.duty
