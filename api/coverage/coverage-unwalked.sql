-- Of duties that the rules ask for. A rule has one period here: the last that was over, or the one that is running.
select :group: as key, null::text as role, a.rule_id, tstzrange(min(lower(a.period)), min(upper(a.period))) as period, sum(a.required_cm) as required,
  sum(case when a.is_met then a.required_cm else a.walked_cm end) as met,
  coalesce(sum(a.required_cm - a.walked_cm) filter (where a.is_met), 0) as tolerated
from walk_audit(:moment::timestamptz, :kept::boolean, :roads:, :period::text, null, :known::timestamptz, :role::text) a,
  lateral (select a.chief_id) h
where :in_zone: and (:class::text is null or a.class = :class::text)
group by 1, a.rule_id
