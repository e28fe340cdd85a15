-- The area that a box in WGS84 degrees asks for, in the district's metric CRS: the question is transformed, never the
-- column, so that the spatial index answers. Sides are cut into 16 before they are transformed, because a parallel is a
-- curve there (a chord of one degree at 30° N misses by 105 m, a sixteenth of it by 0.4 m). A box that leaves
-- the reach of a transverse Mercator (60° from its meridian, poles) is cut back first: the corners of the whole world
-- all fall on one line. Null when nothing of it is left.
-- Call it as `(select asked_area(…))`, which is answered once a question and not once a row.
create or replace function asked_area(west double precision, south double precision, east double precision, north double precision)
returns geometry
language sql stable parallel safe
as $$
  -- Materialized, or the planner applies the last condition to all 8,500 rows of spatial_ref_sys (250 ms).
  with meridian as materialized (
    select coalesce(substring(srtext from '"central_meridian",([-0-9.]+)')::double precision, 0) as degrees
    from spatial_ref_sys where srid = (select srid from district)
  ),
  reach as (
    select greatest(west, degrees - 60) as west, greatest(south, -80) as south,
      least(east, degrees + 60) as east, least(north, 84) as north
    from meridian
  )
  select st_transform(
    st_segmentize(st_makeenvelope(r.west, r.south, r.east, r.north, 4326), greatest(r.east - r.west, r.north - r.south) / 16),
    (select srid from district)
  )
  from reach r
  where r.west < r.east and r.south < r.north
$$;
