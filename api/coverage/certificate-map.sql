-- What does the ground of the certificate's map look like? Roads and outlines as SVG paths, in units of which 1,000 span
-- the longer edge, snapped to whole units so that a city stays small; of very many roads the greater ones.
-- certificate-map.ts fills in :in_roads(column): (whether a road is asked for) and :levels: (which outlines).
with
asked as (
  select r.id, r.class, r.length_cm, r.geom from roads r where :in_roads(r.id):
),
drawn as (
  select a.*, a.class in ('main', 'secondary') as is_major
  from asked a
  order by array_position(array['main', 'secondary', 'branch', 'alley', 'service', 'path', 'other'], a.class), a.length_cm desc
  limit :most
),
lines as (
  select case when d.is_major then 'major' else 'minor' end as layer,
    st_assvg(st_snaptogrid(st_transscale(d.geom, -:minx::float8, -:maxy::float8, :scale::float8, :scale::float8), 1), 1, 0) as path
  from drawn d
  union all
  select case when z.level = 'town' then 'town' when z.level = 'community' then 'community' else 'outline' end,
    st_assvg(st_snaptogrid(st_transscale(z.geom, -:minx::float8, -:maxy::float8, :scale::float8, :scale::float8), 1), 1, 0)
  from zones z
  where z.id = :zone::integer or z.level = any (:levels::text[])
)
select l.layer, string_agg(l.path, '') as path, count(*) as count
from lines l
where l.path <> ''
group by l.layer
