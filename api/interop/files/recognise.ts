/** Which format a file is in: by its content first, by its name only where the content leaves it open. */
import { open } from 'node:fs/promises';
import { byteOrderMark } from './text-encoding.ts';
import { zipMembers } from './unzip.ts';
import { type FileFormat, formatTitles, readableFormats, unreadable } from './source-file.ts';

/** @param name the original file name; only its ending is looked at. Throws a Problem that says what came instead. */
export async function recognise(path: string, name: string): Promise<FileFormat> {
  const head = await readHead(path, 1 << 20);
  if (head.length === 0)
    throw unreadable('The file is empty.', 'Export it again: an export or upload that broke off looks like this.');
  return (await byMagic(path, head, name)) ?? byText(decode(head), name, head.length < 1 << 20);
}

async function byMagic(path: string, head: Buffer, name: string): Promise<FileFormat | null> {
  const starts = (text: string): boolean => head.subarray(0, text.length).toString('latin1') === text;
  if (starts('PK\x03\x04') || starts('PK\x05\x06')) return insideZip(path);
  if (starts('SQLite format 3\0')) return insideSqlite(head, name);
  if (starts('\0\0\x27\x0a')) return 'shapefile';
  if (head.subarray(4, 24).includes('OSMHeader')) return 'osm-pbf';
  const other = otherFormats.find(([magic]) => starts(magic));
  if (other) throw unreadable(`The file is ${other[1]}.`, other[2]);
  return null;
}

const unpack = 'Unpack it first, or pack the files as zip.';
/** Files people send although they are something else: [first bytes, what it is, what to do]. */
const otherFormats: [magic: string, title: string, hint: string][] = [
  ['\xd0\xcf\x11\xe0', 'an old Office file (.xls or .doc)', 'Save it as .xlsx or CSV and import that.'],
  ['Rar!', 'a RAR archive', unpack],
  ['7z\xbc\xaf', 'a 7-Zip archive', unpack],
  ['\x1f\x8b', 'packed with gzip', unpack],
  ['BZh', 'packed with bzip2', unpack],
  ['%PDF', 'a PDF', `Ask for the data behind it, as ${readableFormats}.`],
  ['\x89PNG', 'a picture', `Ask for the data behind it, as ${readableFormats}.`],
  ['\xff\xd8\xff', 'a picture', `Ask for the data behind it, as ${readableFormats}.`],
];

async function insideZip(path: string): Promise<FileFormat> {
  const names = (await zipMembers(path)).map(({ name }) => name);
  if (names.some((name) => /^xl\/workbook\.xml$/i.test(name))) return 'excel';
  if (names.some((name) => /\.shp$/i.test(name))) return 'shapefile';
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  throw unreadable(
    names.length === 0 ? 'The zip is empty.' : `The zip holds no .shp: ${shown}.`,
    'A zip is read as a Shapefile (.shp, .shx, .dbf, .prj together). Unpack other formats and import the file itself.',
  );
}

function insideSqlite(head: Buffer, name: string): FileFormat {
  const application = head.subarray(68, 72).toString('latin1');
  if (/^GP(KG|1\d)$/.test(application) || /\.gpkg$/i.test(name)) return 'geopackage';
  throw unreadable('The file is an SQLite database, but not a GeoPackage.', 'Export the layer as GeoPackage (.gpkg).');
}

function byText(text: string, name: string, complete: boolean): FileFormat {
  const start = text.trimStart().slice(0, 4096);
  if (start === '' && complete)
    throw unreadable(
      'The file holds nothing but blanks.',
      'Export it again: an export that broke off looks like this.',
    );
  if (start.startsWith('<')) return byMarkup(start);
  if (start.startsWith('{') || start.startsWith('\x1e')) return byJson(text.trimStart(), name);
  if (start.startsWith('['))
    throw unreadable(
      'The file is a JSON array.',
      'GeoJSON is an object: {"type": "FeatureCollection", "features": [ … ]}.',
    );
  const binary = text.includes('\0');
  if (!binary && (/\.(csv|tsv|tab|txt)$/i.test(name) || /^[^\n]*[,;\t|]/.test(start))) return 'csv';
  throw unreadable(
    `"${name}" is of no kind we know${binary ? ' (it is binary)' : `: it begins with "${start.slice(0, 40)}"`}.`,
    `Read are ${readableFormats}.`,
  );
}

function byMarkup(start: string): FileFormat {
  if (/<osm[\s>]/.test(start)) return 'osm-xml';
  if (/<!doctype html|<html/i.test(start))
    throw unreadable(
      'The file is a web page (HTML), not data.',
      'The download most likely ended at a login or error page: open the file in a browser to see which.',
    );
  const root = /<([A-Za-z][\w:.-]*)/.exec(start.replace(/<[?!][^>]*>/g, ''))?.[1] ?? '?';
  throw unreadable(
    `The file is XML of another kind (<${root}>).`,
    `Read are ${readableFormats}. QGIS or ogr2ogr converts most others.`,
  );
}

const geoJsonTypes = new Set([
  'FeatureCollection',
  'Feature',
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

function byJson(text: string, name: string): FileFormat {
  if (text.startsWith('\x1e')) return 'geojson-lines';
  const end = text.indexOf('\n');
  const firstLine = parse(end < 0 ? text : text.slice(0, end));
  const more = end >= 0 && text.slice(end).trim() !== '';
  const type = firstLine
    ? firstLine.type
    : /"type"\s*:\s*"(Topology|FeatureCollection|Feature)"/.exec(text.slice(0, 65_536))?.[1];
  if (type === 'Topology') return 'topojson';
  if (firstLine && more) return 'geojson-lines';
  if (!firstLine && /\.(geojsonl|geojsons|geojsonseq|ndjson|jsonl|ndgeojson)$/i.test(name)) return 'geojson-lines';
  if (geoJsonTypes.has(String(type))) return 'geojson';
  if (!firstLine && /"(features|coordinates|geometries)"/.test(text)) return 'geojson'; // its type stands at the end
  throw unreadable(
    `The file is JSON, but not ${formatTitles.geojson}: its "type" is ${type === undefined ? 'missing' : JSON.stringify(type)}.`,
    'If it comes from ArcGIS, ask its service for f=geojson.',
  );
}

function parse(text: string): { type?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null; // not a whole document on one line, which is the question asked
  }
}

/** Enough to look at: bytes that are not UTF-8 may come out as other characters, the ASCII around them does not. */
function decode(head: Buffer): string {
  return new TextDecoder(byteOrderMark(head) ?? 'utf-8').decode(head);
}

async function readHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
