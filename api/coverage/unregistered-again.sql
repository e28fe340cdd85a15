-- Which of the gatherings that were found are those of rows in force? As far as the ground within 20 m of them, of which the
-- smaller one is half the other's at least; the likest pair first.
with found as (
  select f.number, st_buffer(st_setsrid(f.wkb::geometry, (select srid from district)), 20) as ground
  from jsonb_to_recordset(cast(:found as jsonb)) as f (number integer, wkb text)
),
compared as (
  select f.number, s.key, lower(s.validity) as since,
    st_area(st_intersection(f.ground, known.ground)) / least(st_area(f.ground), st_area(known.ground)) as share
  from found f
  join standing_faults s on s.kind = 'unregistered' and upper_inf(s.validity) and s.geom && f.ground,
  lateral (select st_buffer(s.geom, 20) as ground) known
)
select number, key, since from compared where share >= 0.5 order by share desc, key, number
