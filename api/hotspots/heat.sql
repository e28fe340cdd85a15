-- How many issues lie in each square of a grid in the district's metric CRS? Squares are cut at whole multiples of the
-- cell's side, so that two heat maps of one district lie on the same grid.
with
cells as (
  select floor(st_x(i.geom) / :cell_m) as across, floor(st_y(i.geom) / :cell_m) as up, count(*) as issues
  from asked_issues(:kind, :codes, :surface, :statuses, :from, :to, :zone_id) i
  group by 1, 2
),
centres as (
  select c.issues, c.across, c.up,
    st_transform(st_setsrid(st_point((c.across + 0.5) * :cell_m, (c.up + 0.5) * :cell_m), d.srid), 4326) as centre
  from cells c, district d
)
-- Seven decimals of a degree are a centimetre.
select round(st_x(centre)::numeric, 7) as longitude, round(st_y(centre)::numeric, 7) as latitude, issues
from centres
order by up, across
limit :most
