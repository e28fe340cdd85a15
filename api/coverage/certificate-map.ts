/** The map of the certificate's page: inline SVG, so that one file is the whole document. */
import type { Knex } from 'knex';
import { sqlText } from '../database/sql-file.ts';
import { askedRoads, type Bindings } from './asked.ts';
import { fillRoads } from './certificate.queries.ts';

const mapFile = sqlText(new URL('./certificate-map.sql', import.meta.url));
/** 8,000 roads are some 200 kB of paths; more could not be told apart on a sheet of paper. */
const MOST_ROADS = 8_000;
/** Characters of the paths of one kind of gap, the longest gaps first. */
const MOST_PATH = 150_000;
/** Units along the longer edge. */
const SPAN = 1_000;

export type Frame = { minx: number; maxy: number; scale: number; width: number; height: number };
export type Ground = { frame: Frame; paths: Record<string, string>; roads: number };

/** null where there is no road to draw. */
export async function groundOf(db: Knex, zone_id: number | undefined): Promise<Ground | null> {
  const { roads, bindings } = await askedRoads(db, { ...(zone_id !== undefined && { zone_id }) }, 'a');
  const { rows: boxes } = await db.raw<{ rows: { minx: number | null; miny: number; maxx: number; maxy: number }[] }>(
    fillRoads(
      `select st_xmin(box) as minx, st_ymin(box) as miny, st_xmax(box) as maxx, st_ymax(box) as maxy
     from (
       select st_extent(geom) as box
       from (
         select r.geom from roads r where :zone::integer is null and :in_roads(r.id):
         union all select z.geom from zones z where z.id = :zone::integer
       ) seen
     ) boxes`,
      roads,
    ),
    { ...bindings, zone: zone_id ?? null } as Bindings,
  );
  const { minx, miny, maxx, maxy } = boxes[0]!;
  if (minx === null) return null;
  const scale = SPAN / Math.max(maxx - minx, maxy - miny, 1);
  const frame = {
    minx,
    maxy,
    scale,
    width: Math.max(1, Math.ceil((maxx - minx) * scale)),
    height: Math.max(1, Math.ceil((maxy - miny) * scale)),
  };
  const { rows } = await db.raw<{ rows: { layer: string; path: string; count: number }[] }>(fillRoads(mapFile, roads), {
    ...bindings,
    ...frame,
    most: MOST_ROADS,
    zone: zone_id ?? null,
    levels: zone_id === undefined ? ['district', 'town'] : [],
  } as unknown as Bindings);
  return {
    frame,
    paths: Object.fromEntries(rows.map(({ layer, path }) => [layer, path])),
    roads: rows.filter(({ layer }) => ['major', 'minor'].includes(layer)).reduce((sum, { count }) => sum + count, 0),
  };
}

/** SQL for the path of a gap: what is too short for its place on paper, or a point, becomes a dot. */
export function gapPathSql({ minx, maxy, scale }: Frame): string {
  const placed = `st_transscale(coalesce(f.geom, stretch_geom(r.geom, r.length_cm, p.span)), ${-minx}, ${-maxy}, ${scale}, ${scale})`;
  const first = `st_geometryn(st_points(${placed}), 1)`;
  return `(case
    when st_dimension(coalesce(f.geom, r.geom)) > 0 and not st_isempty(st_snaptogrid(${placed}, 1))
      then st_assvg(st_snaptogrid(${placed}, 1), 1, 0)
    else 'M' || round(st_x(${first})) || ' ' || round(-st_y(${first})) || 'h0'
  end)`;
}

export type Paths = {
  add: (layer: string, path: string) => void;
  of: (layer: string) => { path: string; drawn: number; all: number };
};

/** Gathers paths by layer up to what a page can hold, and says how many there were. */
export function gatherPaths(): Paths {
  const layers = new Map<string, { path: string; drawn: number; all: number }>();
  return {
    add(name, path) {
      const layer = layers.get(name) ?? { path: '', drawn: 0, all: 0 };
      layers.set(name, layer);
      layer.all += 1;
      if (layer.path.length + path.length > MOST_PATH) return;
      layer.path += path;
      layer.drawn += 1;
    },
    of: (name) => layers.get(name) ?? { path: '', drawn: 0, all: 0 },
  };
}
