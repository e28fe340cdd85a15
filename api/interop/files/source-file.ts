/** What a reader gives: rows of any file as geometry and properties, one after the other. */
import type { Geometry } from 'geojson';
import { Problem } from '../../problems.ts';

export type SourceRow = {
  /** 1-based number of the feature or record; in CSV the line, in Excel the row of the sheet. */
  row: number;
  /** In WGS84, two-dimensional; null when the record has none. */
  geometry: Geometry | null;
  properties: Record<string, unknown>;
};

/** A broken line or feature: it does not end the file. */
export type RejectedRow = { row: number; rejected: string };

export type FileFormat =
  'geojson' | 'geojson-lines' | 'osm-pbf' | 'osm-xml' | 'shapefile' | 'geopackage' | 'csv' | 'excel' | 'topojson';

export type FileOptions = {
  /** The file's original name, when `path` is that of an upload. */
  name?: string;
  format?: FileFormat;
  /** Given by the person who imports; wins over what the file says. */
  crs?: string;
  /** Name of a text encoding such as gbk; wins over what is found. */
  encoding?: string;
  /** Layer, table or sheet, for files that hold several. */
  layer?: string;
  /** Our name to theirs; here only `lon`, `lat` (or `x`, `y`) and `wkt` matter. */
  columns?: Record<string, string>;
};

export type SourceFile = {
  format: FileFormat;
  /** `found`: what the file itself says; `used`: what its coordinates were read as. */
  crs: { found: string | null; used: string };
  /** null where the format leaves no choice. */
  encoding: string | null;
  /** What a person should know. Grows while rows are read: look again after the last row. */
  notes: string[];
  /** Rows in the file, rejected ones included, where that is known beforehand. */
  count: number | null;
  /** Property names met in the first rows, in the order of the file: for guessing columns. */
  columns: string[];
  /** May be walked once. At the end, or when left early, temporary files are gone. */
  rows(): AsyncGenerator<SourceRow | RejectedRow>;
  /** For a file that is opened and not walked. */
  close(): Promise<void>;
};

/** What each format's reader gives to openFile: coordinates still as in the file. */
export type RawFile = {
  format: FileFormat;
  /** A name or WKT that the file itself gives, else null. */
  crs: string | null;
  /** Why WGS84 may be assumed when nobody says, else null: then a crs must be given. */
  wgs84Because: string | null;
  encoding: string | null;
  notes: string[];
  count: number | null;
  rows: AsyncGenerator<SourceRow | RejectedRow>;
  close(): Promise<void>;
};

export const isRejected = (row: SourceRow | RejectedRow): row is RejectedRow => 'rejected' in row;

export const formatTitles: Record<FileFormat, string> = {
  geojson: 'GeoJSON',
  'geojson-lines': 'newline-delimited GeoJSON',
  'osm-pbf': 'OpenStreetMap PBF',
  'osm-xml': 'OpenStreetMap XML',
  shapefile: 'Shapefile',
  geopackage: 'GeoPackage',
  csv: 'CSV',
  excel: 'Excel workbook (.xlsx)',
  topojson: 'TopoJSON',
};

export const readableFormats =
  'GeoJSON (also one feature a line), OpenStreetMap PBF or XML, a zipped Shapefile, GeoPackage, TopoJSON, CSV and .xlsx';

/** A file of a kind, or in a state, that cannot be read: says what came, what was expected, what to do. */
export const unreadable = (came: string, hint: string, cause?: unknown): Problem =>
  new Problem('unreadable', came, { hint, cause });

/** A foreign message as the end of a sentence of ours: one line, one full stop, no error number in front. */
export const sentence = (message: string): string =>
  `${message
    .replace(/\s+/g, ' ')
    .replace(/^ERROR \d+: /, '')
    .replace(/[.\s]+$/, '')
    .slice(0, 300)}.`;

const mebibyte = 1024 * 1024;
export const limits = {
  /** GeoJSON is parsed whole: JSON.parse needs some six times the text, and V8 holds no string above 512 MiB. */
  geojson_bytes: 256 * mebibyte,
  /** One feature of a line-wise file; the outline of a country at 1 m is some 30 MiB. */
  line_bytes: 64 * mebibyte,
  /** All members of a zip together, however small it was packed: deflate packs zeros 1000 to 1. */
  unpacked_bytes: 1024 * mebibyte,
  /** exceljs holds the sheet as objects, some twenty times its XML. */
  excel_unpacked_bytes: 200 * mebibyte,
};

export const inMebibytes = (bytes: number): string => `${Math.ceil(bytes / mebibyte).toLocaleString('en')} MiB`;
