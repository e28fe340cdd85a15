-- Ends faults that a look found no more: when the roads or zones they are told of were last changed, if that was after
-- the look before (:not_before); else with the last change of all, which mended them from elsewhere. What ended before it
-- began was never seen and is forgotten.
with
ending as (
  select f.id, lower(f.validity) as since,
    (
      select max(c.at)
      from (
        select r.change_id from roads r where r.id in (f.road_id, f.other_road_id)
        union all select z.change_id from zones z where z.id = any (f.zone_ids)
      ) own join change_log c on c.id = own.change_id
    ) as own_change
  from standing_faults f
  where f.id = any (cast(:ids as bigint[]))
),
timed as (
  select id, since,
    case
      when own_change > cast(:not_before as timestamptz) then own_change
      else coalesce((select max(at) from change_log where at > cast(:not_before as timestamptz) and at <= now()), now())
    end as until
  from ending
),
forgotten as (
  delete from standing_faults f using timed t where f.id = t.id and t.until <= t.since
)
update standing_faults f set validity = tstzrange(t.since, t.until)
from timed t
where f.id = t.id and t.until > t.since
