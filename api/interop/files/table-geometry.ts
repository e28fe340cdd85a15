/**
 * Where in a table the position of a record stands: a pair of columns (lon/lat, x/y, 经度/纬度) or one with WKT or GeoJSON text.
 * A name may declare its coordinate system too: lon_gcj02.
 */
import type { Geometry } from 'geojson';
import { isGeometryObject } from 'geojson-validation';
import GeoJSON from 'ol/format/GeoJSON.js';
import WKT from 'ol/format/WKT.js';
import { Problem } from '../../problems.ts';

export type TableGeometry = {
  /** What the column names say of their coordinate system. */
  crs: string | null;
  /** For the notes: which columns were taken. */
  taken: string;
  /** null: the record has no position. Throws an Error with the reason when what stands there is none. */
  read: (cells: Record<string, unknown>) => Geometry | null;
};

const longitudes = [
  'lon',
  'lng',
  'long',
  'longitude',
  '经度',
  'x',
  'x坐标',
  '坐标x',
  'point_x',
  'easting',
  '东坐标',
  '横坐标',
];
const latitudes = ['lat', 'latitude', '纬度', 'y', 'y坐标', '坐标y', 'point_y', 'northing', '北坐标', '纵坐标'];
const texts = ['wkt', 'geom', 'geometry', 'the_geom', 'geojson', 'shape', '几何', '坐标串', '空间坐标'];

/** null when the table has no position at all, as a list of people. Throws a Problem when columns were named that are not there. */
export function findGeometry(columns: string[], given: Record<string, string> = {}): TableGeometry | null {
  const text = named(columns, given.wkt ?? given.geometry) ?? byName(columns, texts);
  const x = named(columns, given.lon ?? given.x) ?? byName(columns, longitudes);
  const y = named(columns, given.lat ?? given.y) ?? byName(columns, latitudes);
  const pairGiven = (given.lon ?? given.x ?? given.lat ?? given.y) !== undefined;
  if (text && !(pairGiven && x && y))
    return { crs: null, taken: text, read: (cells) => textGeometry(cells[text], text) };
  if (x && y)
    return {
      crs: declaredCrs(x) ?? declaredCrs(y),
      taken: `${x} and ${y}`,
      read: (cells) => pointGeometry(cells, x, y),
    };
  return null;
}

function named(columns: string[], name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (columns.includes(name)) return name;
  throw new Problem('invalid', `There is no column "${name}".`, { hint: `The file has: ${columns.join(', ')}.` });
}

const crsSuffix = /[_\s(（-]*(wgs84|wgs-84|cgcs2000|gcj02|gcj-02|gcj|bd09|bd-09|bd)[)）]?$/i;

function byName(columns: string[], names: string[]): string | undefined {
  const plain = columns.map((column) => column.trim().toLowerCase().replace(crsSuffix, ''));
  for (const name of names) {
    const index = plain.indexOf(name);
    if (index >= 0) return columns[index];
  }
  return undefined;
}

function declaredCrs(column: string): string | null {
  const suffix = crsSuffix.exec(column.trim().toLowerCase())?.[1]?.replace('-', '');
  if (!suffix) return null;
  return suffix === 'gcj' ? 'gcj02' : suffix === 'bd' ? 'bd09' : suffix;
}

function pointGeometry(cells: Record<string, unknown>, x: string, y: string): Geometry | null {
  const [first, second] = [cells[x], cells[y]];
  if (isEmpty(first) && isEmpty(second)) return null;
  return { type: 'Point', coordinates: [coordinate(first, x), coordinate(second, y)] };
}

function coordinate(cell: unknown, column: string): number {
  const number = typeof cell === 'number' ? cell : isEmpty(cell) ? Number.NaN : Number(String(cell).trim());
  if (Number.isFinite(number)) return number;
  throw new Error(`${column} is ${isEmpty(cell) ? 'empty' : JSON.stringify(cell)}; a number was expected`);
}

function textGeometry(cell: unknown, column: string): Geometry | null {
  if (isEmpty(cell)) return null;
  const text = String(cell).trim();
  const geometry = text.startsWith('{') ? (JSON.parse(text) as unknown) : parseWkt(text, column);
  const faults = isGeometryObject(geometry, true);
  if (faults.length > 0) throw new Error(`${column}: ${faults[0]}`);
  return geometry as Geometry;
}

const isEmpty = (cell: unknown): boolean => cell === null || cell === undefined || String(cell).trim() === '';

const wkt = new WKT();
const geojson = new GeoJSON();

/** By OpenLayers' reader, which the product carries anyway. */
function parseWkt(text: string, column: string): Geometry {
  const srid = /^SRID=(\d+);/i.exec(text)?.[1];
  if (srid && srid !== '4326')
    throw new Error(`${column} says SRID=${srid}; write plain WKT and give --crs EPSG:${srid}`);
  try {
    const plain = srid ? text.slice(text.indexOf(';') + 1) : text;
    return geojson.writeGeometryObject(wkt.readGeometry(plain)) as Geometry;
  } catch (cause) {
    const reason = (cause as Error).message.slice(0, 80);
    throw new Error(`${column} is neither WKT nor GeoJSON: ${reason}`, { cause });
  }
}
