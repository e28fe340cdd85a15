/**
 * Web map tiles: z/x/y in the XYZ scheme (y counts from the north), squares of the Web Mercator plane EPSG:3857.
 * Source: OGC Two Dimensional Tile Matrix Set 2.0, WebMercatorQuad.
 */
import type { Extent } from './extent.ts';

/** Half the width of the plane in metres: π × 6,378,137. */
export const HALF_WORLD = Math.PI * 6378137;
/** Nobody draws streets deeper; at z 24 a tile is 2.4 m wide. */
export const DEEPEST_ZOOM = 24;

/** Whether z/x/y names a tile: whole numbers, 0 ≤ z ≤ 24, 0 ≤ x, y < 2^z. */
export function isTile(z: number, x: number, y: number): boolean {
  const whole = Number.isInteger(z) && Number.isInteger(x) && Number.isInteger(y);
  return whole && z >= 0 && z <= DEEPEST_ZOOM && x >= 0 && x < 2 ** z && y >= 0 && y < 2 ** z;
}

/** Metres in EPSG:3857. */
export function tileExtent(z: number, x: number, y: number): Extent {
  const width = (2 * HALF_WORLD) / 2 ** z;
  return [x * width - HALF_WORLD, HALF_WORLD - (y + 1) * width, (x + 1) * width - HALF_WORLD, HALF_WORLD - y * width];
}

/** Degrees, WGS84: west, south, east, north. */
export function tileExtentLonLat(z: number, x: number, y: number): Extent {
  const longitude = (column: number): number => (column / 2 ** z) * 360 - 180;
  const latitude = (row: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  return [longitude(x), latitude(y + 1), longitude(x + 1), latitude(y)];
}

/** The tile of a zoom that holds a place; beyond 85.05° north or south it is the outermost row. */
export function tileAt(z: number, longitude: number, latitude: number): { z: number; x: number; y: number } {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const across = longitude / 360 + 0.5;
  const down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const within = (share: number): number => Math.min(Math.max(Math.floor(share * 2 ** z), 0), 2 ** z - 1);
  return { z, x: within(across), y: within(down) };
}
