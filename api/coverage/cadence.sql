-- Which duties were due, kept and missed? One row a group; in side-centimetres. cadence.queries.ts fills in :audit: (rows
-- of walk_audit), :in_time: (the same, of what came in before its period was over) and :in_zone:.
with
asked as (
  select a.*, :key: as key
  from (:audit:) a
  where :in_zone: and (:duty::text is null or a.duty = :duty::text) and (:chief::integer is null or a.chief_id = :chief::integer)
),
in_time as (
  select a.walked_cm, :key: as key
  from (:in_time:) a
  where :in_zone: and (:duty::text is null or a.duty = :duty::text) and (:chief::integer is null or a.chief_id = :chief::integer)
),
late as (select t.key, sum(t.walked_cm) as walked from in_time t group by t.key),
tallies as (
  select a.key, count(*) as due, count(*) filter (where a.is_met) as met, sum(a.required_cm) as required, sum(a.walked_cm) as walked,
    coalesce(sum(a.required_cm) filter (where a.is_met), 0) as kept,
    coalesce(sum(a.required_cm - a.walked_cm) filter (where not a.is_met), 0) as short,
    min(a.role) as role, min(lower(a.period)) as period_from, min(upper(a.period)) as period_to
  from asked a
  group by a.key
)
select t.*, case when :any_late::boolean then t.walked - coalesce(l.walked, 0) else 0 end as late
from tallies t left join late l on l.key is not distinct from t.key
order by t.kept::double precision / t.required, t.key
