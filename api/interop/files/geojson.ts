/** GeoJSON in one piece: a FeatureCollection, a Feature or a bare geometry. Also one feature a line (RFC 8142 and without separators). */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../problems.ts';
import { startThread } from '../../start-thread.ts';
import { featureRow } from './feature-row.ts';
import { convertedRows, makeWorkFolder } from './gdal.ts';
import { readGeoJsonDocument } from './geojson-document.ts';
import type { GeoJsonTask, GeoJsonTold } from './geojson-thread.ts';
import { splitLines } from './lines.ts';
import { nextAnswer } from './thread-answer.ts';
import { encodingOf, readText } from './text-encoding.ts';
import {
  type FileOptions,
  inMebibytes,
  limits,
  type RawFile,
  type RejectedRow,
  sentence,
  type SourceRow,
  unreadable,
} from './source-file.ts';

const wgs84Because = 'GeoJSON (RFC 7946) is in WGS84 unless said otherwise';

/** Parsing takes 15 ms a MiB: from here on it is done in a thread, so that requests are not kept waiting. */
const small = 16 * 1024 * 1024;

/** Parsed whole, up to `limits.geojson_bytes`; what is larger streams as newline-delimited GeoJSON. */
export async function readGeoJson(path: string, options: FileOptions): Promise<RawFile> {
  const { size } = await stat(path);
  if (size > limits.geojson_bytes)
    throw new Problem(
      'too_large',
      `The GeoJSON has ${inMebibytes(size)}; at most ${inMebibytes(limits.geojson_bytes)} are read in one piece.`,
      {
        hint: 'Convert it to newline-delimited GeoJSON (ogr2ogr -f GeoJSONSeq) or GeoPackage: those have no such limit.',
      },
    );
  const encoding = await encodingOf(path, options.encoding);
  const read = size > small ? await inThread(path, encoding.name) : await here(path, encoding.name);
  return {
    format: 'geojson',
    wgs84Because,
    encoding: encoding.name,
    ...read,
    notes: [...encoding.notes, ...read.notes],
  };
}

type Read = Pick<RawFile, 'crs' | 'notes' | 'count' | 'rows' | 'close'>;

async function here(path: string, encoding: string): Promise<Read> {
  const { features, crs, notes } = await readGeoJsonDocument(path, encoding);
  return { crs, notes, count: features.length, rows: featureRows(features), close: async () => {} };
}

async function* featureRows(features: unknown[]): AsyncGenerator<SourceRow | RejectedRow> {
  for (const [index, feature] of features.entries()) yield featureRow(feature, index + 1);
}

/** The thread writes one feature a line; reading these back costs a millisecond at a time. */
async function inThread(path: string, encoding: string): Promise<Read> {
  const folder = await makeWorkFolder();
  try {
    const lines = join(folder.output, 'rows.geojsonl');
    const task: GeoJsonTask = { path, encoding, lines };
    const thread = startThread(new URL('./geojson-thread.ts', import.meta.url), task);
    const told = await nextAnswer<GeoJsonTold>(thread).catch((cause: unknown) => {
      throw unreadable(
        `The GeoJSON could not be parsed: ${sentence((cause as Error).message)}`,
        'Convert it to newline-delimited GeoJSON (ogr2ogr -f GeoJSONSeq): that is read piece by piece.',
        cause,
      );
    });
    await thread.terminate();
    if ('problem' in told) throw new Problem(told.problem.kind, told.problem.detail, { hint: told.problem.hint });
    return { ...told, rows: convertedRows(lines, folder.remove), close: folder.remove };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** One feature a line, streamed: no limit but that of a line. A line that is not JSON is a rejected row. */
export async function readGeoJsonLines(path: string, options: FileOptions): Promise<RawFile> {
  const encoding = await encodingOf(path, options.encoding);
  return {
    format: 'geojson-lines',
    crs: null,
    wgs84Because,
    encoding: encoding.name,
    notes: [...encoding.notes],
    count: null,
    rows: lineRows(path, encoding.name),
    close: async () => {},
  };
}

async function* lineRows(path: string, encoding: string): AsyncGenerator<SourceRow | RejectedRow> {
  let row = 0;
  for await (const { line, text } of splitLines(readText(path, encoding))) {
    row += 1;
    yield parsedRow(text, row, line);
  }
}

function parsedRow(text: string, row: number, line: number): SourceRow | RejectedRow {
  try {
    return featureRow(JSON.parse(text), row);
  } catch (cause) {
    return {
      row,
      rejected: `line ${line} is not valid JSON (${text.length} characters): ${(cause as Error).message.slice(0, 80)}`,
    };
  }
}
