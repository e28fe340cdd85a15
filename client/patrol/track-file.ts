/** The file of a track in the browser: what it is, and a name made from its content. */
import { sha256 } from './sha256.ts';

/** By the ending of the name; phones and watches give all kinds of media types, or none. */
const mediaTypes: Record<string, string> = {
  gpx: 'application/gpx+xml',
  geojson: 'application/geo+json',
  json: 'application/geo+json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};

export const trackEndings = Object.keys(mediaTypes).map((ending) => `.${ending}`);

/** The media type to send a track under, or null for a file that is none. */
export function mediaTypeOf(name: string): string | null {
  return mediaTypes[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null;
}

/** The same content is the same patrol, so that sending it twice is harmless. 64 hexadecimal digits after `sha256-`. */
export async function contentName(content: ArrayBuffer): Promise<string> {
  // Browsers keep crypto.subtle from pages on plain http, as on a district's own network.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', content)) : sha256(new Uint8Array(content));
  return `sha256-${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
