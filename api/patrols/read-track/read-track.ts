/**
 * A file with a track → fixes as they were sent. The declared content type decides how it is read; the first bytes only
 * tell whether that is true.
 */
import { createReadStream } from 'node:fs';
import { Problem } from '../../problems.ts';
import { gatherFixes, type Gathering } from './gather-fixes.ts';
import { readGeoJson } from './geojson.ts';
import { readGpx } from './gpx.ts';
import { readNdjson } from './ndjson.ts';

export type TrackFormat = 'geojson' | 'gpx' | 'ndjson';

/** Content types by format, the best one first. */
export const contentTypes: Record<TrackFormat, string[]> = {
  geojson: ['application/geo+json', 'application/json'],
  gpx: ['application/gpx+xml', 'application/xml', 'text/xml'],
  ndjson: ['application/x-ndjson'],
};

const readers: Record<
  TrackFormat,
  { name: string; unit: string; read: (texts: AsyncIterable<string>, gathering: Gathering) => Promise<void> }
> = {
  geojson: { name: 'GeoJSON', unit: 'position', read: readGeoJson },
  gpx: { name: 'GPX', unit: 'track point', read: readGpx },
  ndjson: { name: 'one JSON object a line', unit: 'line', read: readNdjson },
};

/** @throws Problem `unreadable` for a content type that is no track. */
export function formatOf(contentType: string | undefined): TrackFormat {
  const plain = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  for (const [format, types] of Object.entries(contentTypes)) if (types.includes(plain)) return format as TrackFormat;
  throw new Problem(
    'unreadable',
    plain ? `The content type ${plain.slice(0, 80)} is no track.` : 'The content type is missing.',
    {
      hint: `Declare what you send: ${Object.values(contentTypes).flat().join(', ')}. With curl: -H "Content-Type: application/gpx+xml".`,
    },
  );
}

/**
 * Reads a file in the memory of its fixes.
 * @param now milliseconds since 1970.
 * @throws Problem `unreadable` for another format than the declared one, `invalid` for a broken file, `too_large`.
 */
export async function readTrack(path: string, format: TrackFormat, now: number): Promise<Gathering> {
  const { unit, read } = readers[format];
  const gathering = gatherFixes(unit, now);
  await read(textsOf(path, format), gathering);
  return gathering;
}

async function* textsOf(path: string, format: TrackFormat): AsyncIterable<string> {
  let decoder: TextDecoder | null = null;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer;
    if (!decoder) {
      decoder = decoderFor(bytes);
      requireFormat(format, bytes, decoder.encoding);
    }
    yield decoder.decode(bytes, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

/** UTF-8, or UTF-16 where a byte order mark says so. Broken bytes in a name do not make a track unreadable. */
function decoderFor(bytes: Buffer): TextDecoder {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}

function requireFormat(format: TrackFormat, bytes: Buffer, encoding: string): void {
  const seen = lookedLike(bytes, encoding);
  if (seen === format || seen === null) return;
  const declared = `The content type declares ${readers[format].name}`;
  if (typeof seen === 'object') {
    throw new Problem('unreadable', `${declared}, but the body begins as ${seen.name}.`, { hint: seen.hint });
  }
  throw new Problem('unreadable', `${declared}, but the body begins as ${readers[seen].name}.`, {
    hint: `If it is, send it with Content-Type: ${contentTypes[seen][0]}.`,
  });
}

/** What a body begins as; null when that cannot be told. */
function lookedLike(bytes: Buffer, encoding: string): TrackFormat | { name: string; hint: string } | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { name: 'a gzip archive', hint: 'Unpack it first.' };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return { name: 'a zip archive', hint: 'Unpack it and send the track in it.' };
  if (bytes.toString('latin1', 0, 4) === '%PDF') return { name: 'a PDF', hint: 'Export the track as GPX.' };
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, 4000)).trimStart();
  if (text.includes('\u0000'))
    return { name: 'binary data', hint: 'Export the track as GPX, GeoJSON or one JSON object a line.' };
  if (text === '') return null;
  if (text.startsWith('<')) return 'gpx';
  if (!text.startsWith('{') && !text.startsWith('[')) {
    return { name: `"${text.slice(0, 20)}"`, hint: 'Expected a track as GPX, GeoJSON or one JSON object a line.' };
  }
  const firstLine = text.split('\n', 1)[0]!;
  if (/"type"\s*:\s*"Feature/.test(firstLine)) return 'geojson';
  return /^\s*\{.*"position"\s*:.*\}\s*$/.test(firstLine) ? 'ndjson' : null;
}
