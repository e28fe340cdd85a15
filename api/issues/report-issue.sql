-- Keeps a report: the issue, its change and the new version of the issues. One statement and so one transaction: every
-- report takes the row of the version, and held over round trips it made the reports of one moment wait for each other.
-- The road is locked before that row, as an import does which takes both: by itself its foreign key would be looked at last,
-- and a report on a road that is being imported would hold up all others and end in a deadlock that undoes the import.
-- The same report that comes twice at the same moment leaves nothing behind, its change neither: no row is the answer.
with
stands_on as materialized (select r.id from roads r where r.id = :road_id::integer for key share),
drawn as (select nextval(pg_get_serial_sequence('change_log', 'id')) as change_id),
made as (
  insert into issues (external_id, kind, code, surface, text, reported_at, geom, sent_x, sent_y, sent_crs, accuracy_m,
    verdict, road_id, measure_cm, side, offset_cm, candidates, change_id)
  select :external_id::text, :kind::text, :code::text, :surface::text, :says::text, coalesce(:reported_at::timestamptz, now()),
    st_setsrid(st_point(:x, :y), :srid), :sent_x::double precision, :sent_y::double precision, :crs::text, :accuracy_m::real,
    :verdict::text, :road_id::integer, :measure_cm::integer, :side::text, :offset_cm::integer, :candidates::jsonb, d.change_id
  from drawn d left join stands_on s on true
  on conflict (external_id) do nothing
  returning id, change_id
),
logged as (
  insert into change_log (id, actor, kind, details) overriding system value
  select m.change_id, :actor::text, 'report_issue', :details::jsonb from made m
),
touched as (
  update data_versions set version = version + 1 where kind = 'issues' and exists (select from made)
)
select m.id from made m
