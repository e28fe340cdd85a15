-- Writes what a look found: faults that are there already (with an id) anew in place, the others as beginning when the
-- look says, else with the last change of their roads and zones. If that was before the look before (:not_before), which
-- did not find them, something else made them: the last change of all. The same fault never begins before it last ended.
with
found as (
  select *
  from jsonb_to_recordset(cast(:faults as jsonb)) as f (
    id bigint, fault text, key text, digest text, road_id integer, other_road_id integer, span int4range, zone_ids integer[],
    length_cm integer, area_m2 double precision, wkb text, details jsonb, since timestamptz, since_roads integer[]
  )
),
placed as (
  select f.*, st_setsrid(f.wkb::geometry, (select srid from district)) as geom from found f
),
rewritten as (
  update standing_faults s
  set fault = p.fault, digest = p.digest, road_id = p.road_id, other_road_id = p.other_road_id, span = p.span,
    zone_ids = p.zone_ids, length_cm = p.length_cm, area_m2 = p.area_m2, geom = p.geom, details = p.details
  from placed p
  where s.id = p.id
),
-- All at once: a question for each would read the whole table, whose index holds only those in force.
ended as (
  select s.key, max(upper(s.validity)) as until
  from standing_faults s
  where s.kind = :kind and not upper_inf(s.validity) and s.key in (select key from found)
  group by s.key
),
beginning as (
  select p.*, e.until as ended,
    (
      select max(c.at)
      from (
        select r.change_id from roads r where r.id = any (p.since_roads)
        union all select z.change_id from zones z where z.id = any (p.zone_ids)
      ) own join change_log c on c.id = own.change_id
    ) as own_change
  from placed p left join ended e using (key)
  where p.id is null
),
timed as (
  select b.*,
    case
      when b.since is not null then b.since
      when b.own_change > cast(:not_before as timestamptz) or cast(:not_before as timestamptz) is null and b.own_change is not null then b.own_change
      else coalesce((select max(at) from change_log where at > cast(:not_before as timestamptz) and at <= now()), now())
    end as begins
  from beginning b
)
insert into standing_faults (
  kind, fault, key, digest, road_id, other_road_id, span, zone_ids, length_cm, area_m2, geom, details, validity
)
select :kind, fault, key, digest, road_id, other_road_id, span, zone_ids, length_cm, area_m2, geom, details,
  tstzrange(greatest(begins, ended), null)
from timed
