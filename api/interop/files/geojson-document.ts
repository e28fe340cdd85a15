/** GeoJSON in one piece: what the document says of itself and the features in it. Runs on the main thread and in geojson-thread.ts. */
import { readFile } from 'node:fs/promises';
import { sentence, unreadable } from './source-file.ts';

export type GeoJsonDocument = { features: unknown[]; crs: string | null; notes: string[] };

/** Throws a Problem for text that is no JSON, or JSON that is no GeoJSON. Broken features are found row by row, later. */
export async function readGeoJsonDocument(path: string, encoding: string): Promise<GeoJsonDocument> {
  const document = parseDocument(new TextDecoder(encoding).decode(await readFile(path)));
  const notes: string[] = [];
  return { features: featuresOf(document), crs: memberCrs(document, notes), notes };
}

type Document = Record<string, unknown>;

function parseDocument(text: string): Document {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Document;
  } catch (cause) {
    const message = (cause as Error).message.split(/, "|\.\.\. /)[0]; // V8 quotes the document at length
    throw unreadable(
      `The file is not valid JSON: ${sentence(message ?? '')}`,
      /NaN|Infinity/.test(text.slice(0, 1 << 20))
        ? 'NaN and Infinity are no JSON; write null instead.'
        : 'It may be cut short: compare its size with the original and send it again.',
      cause,
    );
  }
  throw unreadable(
    'The JSON is not an object.',
    'GeoJSON is an object: {"type": "FeatureCollection", "features": [ … ]}.',
  );
}

function featuresOf(document: Document): unknown[] {
  if (document.type !== 'FeatureCollection') return [document];
  if ('coordinates' in document || 'geometry' in document || 'properties' in document)
    throw unreadable(
      'The GeoJSON contradicts itself: a FeatureCollection with "coordinates", "geometry" or "properties".',
      'RFC 7946 (7.1) forbids these members there; put them into a Feature.',
    );
  if (Array.isArray(document.features)) return document.features;
  throw unreadable('The FeatureCollection has no array "features".', 'Export it again as GeoJSON (RFC 7946).');
}

/** The crs member of GeoJSON before RFC 7946, which district offices' tools still write. */
function memberCrs(document: Document, notes: string[]): string | null {
  const crs = document.crs as { type?: unknown; properties?: { name?: unknown } | null } | null | undefined;
  if (crs === undefined || crs === null) return null;
  const name = crs.properties?.name;
  if (typeof name === 'string') return name;
  notes.push('The crs member of the GeoJSON names no coordinate system and is passed over.');
  return null;
}
