/** Reads a file with GDAL: which layers it has, and the rows of one of them as newline-delimited GeoJSON on disk. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startThread } from '../../start-thread.ts';
import { Problem } from '../../problems.ts';
import { featureRow } from './feature-row.ts';
import type { GdalAnswer, GdalLayer, GdalRequest, GdalSettings } from './gdal-thread.ts';
import { splitLines } from './lines.ts';
import { type RejectedRow, sentence, type SourceRow, unreadable } from './source-file.ts';
import { readText } from './text-encoding.ts';
import { nextAnswer } from './thread-answer.ts';

/** A folder for one file: `input` holds what GDAL reads, `output` what it writes. */
export type WorkFolder = { input: string; output: string; remove: () => Promise<void> };

export async function makeWorkFolder(): Promise<WorkFolder> {
  const folder = await mkdtemp(join(tmpdir(), `luzhang-import-${process.pid}-`));
  const [input, output] = [join(folder, 'input'), join(folder, 'output')];
  await Promise.all([mkdir(input), mkdir(output)]);
  return { input, output, remove: () => rm(folder, { recursive: true, force: true }) };
}

export type GdalSession = {
  layers: (openOptions?: string[]) => Promise<GdalLayer[]>;
  /** Writes one layer as GeoJSON lines, coordinates as they are, and answers with the path and what GDAL complained of. */
  convert: (layer: string, openOptions?: string[]) => Promise<{ path: string; complaints: string[] }>;
};

/** Runs `use` with GDAL on a file; the thread ends with it. A crash of the WebAssembly is a Problem, not the server's end. */
export async function withGdal<T>(settings: GdalSettings, use: (gdal: GdalSession) => Promise<T>): Promise<T> {
  const thread = startThread(new URL('./gdal-thread.ts', import.meta.url), settings);
  // Between two questions nobody waits for the thread; without a listener its 'error' would end the process.
  thread.on('error', () => {});
  const ask = async (request: GdalRequest): Promise<GdalAnswer> => {
    thread.postMessage(request);
    const said = await nextAnswer<GdalAnswer>(thread).catch((cause: unknown) => {
      throw damaged(`GDAL gave up (${(cause as Error).message})`, cause);
    });
    // What GDAL complained of first tells more than what it failed at in the end.
    if (said.failure) throw damaged(said.complaints.find((text) => text.startsWith('ERROR')) ?? said.failure);
    return said;
  };
  try {
    return await use({
      layers: async (openOptions = []) => (await ask({ ask: 'layers', openOptions })).layers ?? [],
      convert: async (layer, openOptions = []) => {
        const said = await ask({ ask: 'convert', openOptions, layer, options: conversion });
        return { path: said.file!, complaints: said.complaints };
      },
    });
  } finally {
    await thread.terminate();
  }
}

/** Ten decimals: 0.01 mm in degrees, far below a nanometre in metres, so that a round trip through the text changes nothing. */
const conversion = [
  '-f',
  'GeoJSONSeq',
  '-a_srs',
  'EPSG:4326',
  '-dim',
  'XY',
  '-nlt',
  'CONVERT_TO_LINEAR',
  '-lco',
  'COORDINATE_PRECISION=10',
];

const damaged = (reason: string, cause?: unknown): Problem =>
  unreadable(
    `The file cannot be read: ${sentence(reason)}`,
    'It may be damaged or cut short: compare its size with the original, or open it in QGIS and export it as GeoPackage.',
    cause,
  );

/** The layer asked for, or the only one with a geometry. Throws a Problem that lists them when a choice is needed. */
export function chooseLayer(layers: GdalLayer[], wanted: string | undefined): GdalLayer {
  const names = layers.map(({ name }) => name);
  if (wanted !== undefined) {
    const layer = layers.find(({ name }) => name === wanted);
    if (layer) return layer;
    throw new Problem('invalid', `There is no layer "${wanted}".`, { hint: `The file has: ${names.join(', ')}.` });
  }
  const spatial = layers.filter(({ geometryFields }) => geometryFields.length > 0);
  const candidates = spatial.length > 0 ? spatial : layers;
  if (candidates.length === 1) return candidates[0]!;
  if (layers.length === 0)
    throw unreadable('The file has no layer.', 'Export the layer you mean into a file of its own.');
  throw new Problem('invalid', `The file has ${candidates.length} layers.`, {
    hint: `Say which with --layer: ${candidates.map(({ name }) => name).join(', ')}.`,
  });
}

/** The rows of a converted layer; `properties` may rename what GDAL calls them. */
export async function* convertedRows(
  path: string,
  done: () => Promise<void>,
  properties: (from: Record<string, unknown>) => Record<string, unknown> = (from) => from,
): AsyncGenerator<SourceRow | RejectedRow> {
  try {
    let row = 0;
    for await (const { text } of splitLines(readText(path, 'utf-8'))) {
      row += 1;
      const read = featureRow(JSON.parse(text), row);
      yield 'rejected' in read ? read : { ...read, properties: properties(read.properties) };
    }
  } finally {
    await done();
  }
}
