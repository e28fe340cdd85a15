-- Where do zones of one level overlap, leave a hole in their parent, or reach out of it? The parent of a zone that names
-- none is the district, where there is one.
-- Borders drawn twice never agree to the centimetre, so a part counts as a fault when it is at least :min_width_m wide
-- (twice its area over its perimeter: the width of a sliver) and :min_area_m2 large. Areas are those of such parts only.
-- Every overlay names its grid of a millimetre. Without one GEOS tries floating point first and throws inside when that
-- fails; in the embedded engine such an exception ends the statement after the rows so far, without an error (seen with
-- PGlite 0.5.8: 1 row of 7, then "snapshot still active").
with
shared as (
  select 'overlap' as fault, array[a.id, b.id] as zone_ids, array[a.name, b.name] as names, st_intersection(a.geom, b.geom, 0.001) as geom
  from zones a join zones b on a.level = b.level and a.id < b.id and st_intersects(a.geom, b.geom)
),
-- The district's outline is what everything but itself has to keep to; two districts would leave it open which is meant.
outline as (
  select min(id) as id from zones where level = 'district' having count(*) = 1
),
nested as (
  select z.id, z.name, z.level, z.geom, case when z.level = 'district' then z.parent_id else coalesce(z.parent_id, o.id) end as parent_id
  from zones z left join outline o on true
),
-- Children of the bureau's level do not tile the district, and a parent without children has no hole.
tiling as (
  select parent_id, level, st_union(geom, 0.001) as geom
  from nested
  where parent_id is not null and level <> 'bureau'
  group by parent_id, level
),
left_over as (
  select 'hole' as fault, array[p.id] as zone_ids, array[p.name] as names, st_difference(p.geom, t.geom, 0.001) as geom
  from tiling t join zones p on p.id = t.parent_id
),
reaching_out as (
  select 'outside_parent' as fault, array[z.id, p.id] as zone_ids, array[z.name, p.name] as names, st_difference(z.geom, p.geom, 0.001) as geom
  from nested z join zones p on p.id = z.parent_id
),
parts as (
  select f.fault, f.zone_ids, f.names, part.geom
  from (table shared union all table left_over union all table reaching_out) f,
    st_dump(st_collectionextract(f.geom, 3)) as part
)
select fault, zone_ids, names, round(sum(st_area(geom))::numeric, 1) as area_m2,
  encode(st_asbinary(st_collect(geom order by st_area(geom) desc), 'NDR'), 'hex') as wkb
from parts
where st_area(geom) >= :min_area_m2 and 2 * st_area(geom) / st_perimeter(geom) >= :min_width_m
group by fault, zone_ids, names
order by area_m2 desc, zone_ids
