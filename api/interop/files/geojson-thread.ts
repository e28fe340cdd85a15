/** Parses a large GeoJSON document off the main thread and writes it as one feature a line. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Problem, type ProblemKind } from '../../problems.ts';
import { readGeoJsonDocument } from './geojson-document.ts';

export type GeoJsonTask = { path: string; encoding: string; lines: string };
export type GeoJsonTold =
  | { crs: string | null; notes: string[]; count: number }
  | { problem: { kind: ProblemKind; detail: string; hint: string | undefined } };

const { path, encoding, lines } = workerData as GeoJsonTask;

async function work(): Promise<GeoJsonTold> {
  const { features, crs, notes } = await readGeoJsonDocument(path, encoding);
  await pipeline(Readable.from(inLines(features)), createWriteStream(lines));
  return { crs, notes, count: features.length };
}

function* inLines(features: unknown[]): Generator<string> {
  for (const feature of features) yield `${JSON.stringify(feature)}\n`;
}

work().then(
  (told) => parentPort!.postMessage(told),
  (error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    parentPort!.postMessage({
      problem: { kind: error.kind, detail: error.message, hint: error.hint },
    } satisfies GeoJsonTold);
  },
);
