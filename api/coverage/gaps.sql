-- Where is something missing? Maximal stretches on which a required role is empty (unheld), a duty was not kept
-- (unwalked) or no community lies (unzoned), and what was found by looking at the whole inventory (standing faults);
-- longest first. gaps.queries.ts fills in :roads: (an array of roads, null for all), :in_zone: (a condition on `a`) and
-- :in_box:, :key: (the key of a gap `c`) and :geometry:.
with
asked as (
  select a.*, one_stretch(a.missing) as whole
  from gap_sets(:moment::timestamptz, :kept::boolean, :roads:, :known::timestamptz, :kinds::text[], :role::text, :period::text) a
  where :in_zone: and (:duty::text is null or a.duty = :duty::text)
    and (:fault::text is null or a.fault = :fault::text)
    -- Asked and not joined: the planner expects 5 sets where thousands come, and on the embedded engine compared each of them
    -- with every road (unwalked in Dongcheng, 14,619 roads: 14 s, now 0.35 s).
    and (:class::text is null or a.road_id in (select r.id from roads r where r.class = :class::text))
),
-- Segments also end where another role changes hands; a gap does not. To take the sides of a set apart is dear, and most
-- sets are one stretch on both.
pieces as (
  select a.*, a.whole as span, '[0,2)'::int4range as sides from asked a where a.whole is not null
  union all
  select a.*, piece.span, piece.sides from asked a, stretches_of(a.missing) as piece where a.whole is null
),
stretches as (
  select m.kind, m.fault, m.road_id, m.role, m.duty, m.period, m.town_id, m.community_id, m.bureau_led, m.chief_id,
    m.span, m.sides, side_cm(m.span, m.sides) as weight, null::bigint as standing_id, null::text as standing_key
  from pieces m
  where upper(m.span) - lower(m.span) >= :min_length_cm::integer
),
standing as (
  select case f.kind when 'zones' then 'unzoned' else f.kind end, f.fault, f.road_id, null, null, null::tstzrange,
    null::integer, null::integer, false, null::integer, f.span, case when f.span is not null then '[0,2)'::int4range end,
    2 * f.length_cm::bigint, f.id,
    -- Areas have no length: the key puts the larger ones first.
    'standing:' || to_char(999999999 - least(coalesce(f.area_m2, 0), 999999999), 'FM000000000') || ':' || f.id
  from standing_faults f
  left join roads r on r.id = f.road_id
  where case f.kind when 'zones' then 'unzoned' else f.kind end = any (:kinds::text[])
    and f.validity @> :moment::timestamptz
    and (:fault::text is null or f.fault = :fault::text)
    and :role::text is null
    and (:class::text is null or r.class = :class::text)
    and (:zone::integer is null or st_intersects(f.geom, (select z.geom from zones z where z.id = :zone::integer)))
    and (:road::integer is null or :road::integer in (f.road_id, f.other_road_id))
    and :in_box:
    and f.length_cm >= :min_length_cm::integer
),
gaps as (
  select g.*, row_number() over () as number from (table stretches union all table standing) g
),
-- Who held what before, as it was known then. Once for all gaps: what was known is told by the whole history.
held_before as materialized (
  select k.id, k.road_id, k.role, k.chief_id, k.span, k.sides, upper(k.validity) as until
  from assignments_known(:known::timestamptz) k
  where :known::timestamptz is not null and upper(k.validity) <= :moment::timestamptz
),
left_empty as (
  select g.number, max(h.until) as since, (array_agg(h.chief_id order by h.until desc, h.id desc))[1] as last_holder_id
  from gaps g join held_before h on h.road_id = g.road_id and h.role = g.role and h.span && g.span and h.sides && g.sides
  where g.kind = 'unheld'
  group by g.number
),
aged as (
  select g.*, e.last_holder_id,
    case
      when g.standing_id is not null then (select lower(f.validity) from standing_faults f where f.id = g.standing_id)
      when g.kind = 'unheld' and :known::timestamptz is not null then e.since
      when :older_than_days::integer is not null
        then gap_since(g.kind, g.role, g.road_id, g.span, g.sides, :moment::timestamptz, :known::timestamptz)
    end as since
  from gaps g left join left_empty e on e.number = g.number
),
counted as materialized (
  select a.*
  from aged a
  where :older_than_days::integer is null or a.since is null
    or a.since <= :moment::timestamptz - :older_than_days::integer * interval '1 day'
),
totals as (select count(*) as gap_count, sum(c.weight) as gap_weight from counted c),
behind as (
  select c.* from counted c
  where :after_weight::bigint is null or c.weight < :after_weight::bigint
    or c.weight = :after_weight::bigint and :key: > :after_key::text
),
-- Keys are made only for what is as long as the last of the page: made for all gaps of a city they take longer than the rest.
shortest as (select min(l.weight) as weight from (select weight from behind order by weight desc limit :limit) l),
page as (
  select c.*, :key: as key
  from behind c
  where c.weight >= (select weight from shortest)
  order by c.weight desc, key
  limit :limit
)
select p.kind, p.fault, p.role, p.duty, lower(p.period) as period_from, upper(p.period) as period_to, p.road_id, p.span, p.sides,
  p.weight, p.key, p.bureau_led, totals.gap_count, totals.gap_weight, r.name as road_name, r.external_id as road_external_id, r.class,
  coalesce(p.town_id, there.town_id) as town_id, t.name as town_name,
  coalesce(p.community_id, there.community_id) as community_id, c.name as community_name,
  :geometry: as geometry,
  coalesce(p.since, case when p.standing_id is null and (p.kind <> 'unheld' or :known::timestamptz is null) then gap_since(p.kind, p.role, p.road_id, p.span, p.sides, :moment::timestamptz, :known::timestamptz) end) as since,
  holder.name as last_holder, p.chief_id, f.length_cm as fault_length_cm, f.area_m2, f.other_road_id, f.zone_ids, f.details
from page p
cross join totals
left join standing_faults f on f.id = p.standing_id
left join roads r on r.id = p.road_id
-- Where a standing fault lies, to say whose it is.
left join lateral (
  select
    (select z.id from zones z where z.level = 'town' and st_intersects(z.geom, st_pointonsurface(f.geom)) order by z.id limit 1) as town_id,
    (select z.id from zones z where z.level = 'community' and st_intersects(z.geom, st_pointonsurface(f.geom)) order by z.id limit 1) as community_id
  where f.id is not null
) there on true
left join zones t on t.id = coalesce(p.town_id, there.town_id)
left join zones c on c.id = coalesce(p.community_id, there.community_id)
left join lateral (
  select a.chief_id
  from assignments a
  where :known::timestamptz is null and p.kind = 'unheld' and a.road_id = p.road_id and a.role = p.role and a.span && p.span and a.sides && p.sides
    and upper(a.validity) <= :moment::timestamptz
  order by upper(a.validity) desc, a.id desc
  limit 1
) held on true
left join chiefs holder on holder.id = coalesce(p.last_holder_id, held.chief_id)
order by p.weight desc, p.key
