import proj4 from 'proj4';
import type { Point, Position } from '../drawing/shapes.ts';

/**
 * Where the invented district lies and what day it is there. Every date in the demo files is relative to
 * `referenceDate`, so a loader can shift all of them by one number of days and the demo never grows old.
 */
export const place = {
  code: '329901',
  name: '云溪区',
  nameEn: 'Yunxi District',
  srid: 4549,
  referenceDate: '2026-11-01',
  timeZone: 'Asia/Shanghai',
  seed: 20261101,
} as const;

/** EPSG:4549, CGCS2000 / 3-degree Gauss-Krüger, central meridian 120° E: the CRS the district would store its roads in. */
const gaussKruger120 = proj4(
  '+proj=longlat +datum=WGS84 +no_defs',
  '+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs',
);

/** The drum tower's neighbourhood, in the fields of the lower Yangtze plain where no such town stands. */
const [originEast, originNorth] = gaussKruger120.forward([119.9, 32.4]).map(Math.round) as [number, number];

/** Local metres (east, north of the origin) to WGS84 degrees, with as many decimals as asked (7 is about 1 cm). */
export function toWgs84(point: Point, decimals = 7): Position {
  const [lon, lat] = gaussKruger120.inverse([point[0] + originEast, point[1] + originNorth]) as [number, number];
  return [Number(lon.toFixed(decimals)), Number(lat.toFixed(decimals))];
}

/** WGS84 degrees to local metres; distances are those of EPSG:4549, the origin is only shifted. */
export function toLocal(position: Position): Point {
  const [east, north] = gaussKruger120.forward([position[0], position[1]]) as [number, number];
  return [east - originEast, north - originNorth];
}
