/** Any file a district sends, as rows of WGS84 geometry and properties. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Position, readCrs, toWgs84, type Transform } from '../../geometry/crs.ts';
import { impossiblePosition, type PositionWatch, watchPositions } from '../../geometry/suspect-positions.ts';
import { Problem } from '../../problems.ts';
import { decideCrs } from './file-crs.ts';
import { readCsv } from './csv.ts';
import { readExcel } from './excel.ts';
import { readGeoJson, readGeoJsonLines } from './geojson.ts';
import { readGeoPackage, readTopoJson } from './geopackage.ts';
import { readOsm } from './osm.ts';
import { recognise } from './recognise.ts';
import { readShapefile } from './shapefile.ts';
import {
  type FileFormat,
  type FileOptions,
  isRejected,
  type RawFile,
  type RejectedRow,
  type SourceFile,
  type SourceRow,
} from './source-file.ts';
import { eachPosition, mapPositions } from './positions.ts';

const readers: Record<FileFormat, (path: string, options: FileOptions) => Promise<RawFile>> = {
  geojson: readGeoJson,
  'geojson-lines': readGeoJsonLines,
  'osm-pbf': (path, options) => readOsm(path, 'osm-pbf', options),
  'osm-xml': (path, options) => readOsm(path, 'osm-xml', options),
  shapefile: readShapefile,
  geopackage: readGeoPackage,
  csv: readCsv,
  excel: readExcel,
  topojson: readTopoJson,
};

/**
 * Opens a file: finds its format, encoding and coordinate system, and looks at its first rows.
 *
 * Throws a Problem that says what came, what was expected and what to do: `unreadable` for a file that is not what it
 * seems, `too_large`, and `invalid` for a coordinate system that is missing, unknown or cannot be the right one.
 */
export async function openFile(path: string, options: FileOptions = {}): Promise<SourceFile> {
  const exists = await stat(path).catch(() => null);
  if (!exists?.isFile())
    throw new Problem('not_found', `There is no file ${basename(path)}.`, { hint: 'Check the path.' });
  const format = options.format ?? (await recognise(path, options.name ?? basename(path)));
  const raw = await readers[format](path, options);
  try {
    return await understand(raw, options, options.name ?? basename(path));
  } catch (error) {
    await raw.close();
    throw error;
  }
}

/** Rows looked at before the first is handed out: enough to see metres, degrees and most tags of OSM, few enough to be instant. */
const peeked = 1000;

async function understand(raw: RawFile, options: FileOptions, name: string): Promise<SourceFile> {
  const first: (SourceRow | RejectedRow)[] = [];
  while (first.length < peeked) {
    const next = await raw.rows.next();
    if (next.done) break;
    first.push(next.value);
  }
  const good = first.filter((row): row is SourceRow => !isRejected(row));
  const crs = decideCrs(raw, options.crs, samplePositions(good), name);
  const notes = [...raw.notes, ...crs.notes];
  const watch = watchPositions({ projected: readCrs(crs.text).projected });
  let walked = false;
  return {
    format: raw.format,
    crs: { found: crs.found, used: crs.used },
    encoding: raw.encoding,
    notes,
    count: raw.count,
    columns: [...new Set(good.flatMap(({ properties }) => Object.keys(properties)))],
    close: async () => {
      await raw.rows.return(undefined);
      await raw.close();
    },
    async *rows() {
      if (walked) throw new Error('The rows of a file can be walked once; open it again.');
      walked = true;
      let any = false;
      try {
        for await (const row of andThen(first, raw.rows)) {
          any = true;
          yield isRejected(row) ? row : inWgs84(row, toWgs84(crs.text), watch);
        }
        if (!any) notes.push('The file has no rows.');
      } finally {
        notes.push(...watch.suspicions().map(({ message }) => message));
        await raw.close();
      }
    },
  };
}

async function* andThen<T>(first: T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined); // also when left among the first: the file is closed
  }
}

function samplePositions(rows: SourceRow[]): Position[] {
  const sample: Position[] = [];
  for (const { geometry } of rows)
    if (geometry && sample.length < 2000) eachPosition(geometry, (position) => sample.push(position));
  return sample;
}

/** The row in WGS84, or why it cannot be: one impossible position makes the whole geometry one. */
function inWgs84(row: SourceRow, transform: Transform, watch: PositionWatch): SourceRow | RejectedRow {
  if (!row.geometry) return row;
  let impossible: string | null = null;
  const geometry = mapPositions(row.geometry, (came) => {
    const position = transform(came);
    watch.see(came, position, row.row);
    impossible ??= impossiblePosition(position);
    return position;
  });
  return impossible ? { row: row.row, rejected: impossible } : { ...row, geometry };
}
