/**
 * Which encoding a text is in. District offices send UTF-8, UTF-8 with a byte order mark, or GBK without a word about it.
 *
 * UTF-8 is told by its form: GBK text of any length breaks its rules. GBK is then read as GB18030, its superset.
 */
import { createReadStream } from 'node:fs';
import { Problem } from '../../problems.ts';

/** How many well-formed and ill-formed multi-byte sequences of UTF-8 a text holds. */
export type Utf8Evidence = { good: number; bad: number };

/** Counts UTF-8 sequences over chunks of bytes: feed them in order, then ask. */
export function countUtf8(): { feed: (bytes: Uint8Array) => void; evidence: () => Utf8Evidence } {
  let good = 0;
  let bad = 0;
  let missing = 0; // continuation bytes still to come
  return {
    feed(bytes) {
      for (let index = 0; index < bytes.length; index += 1) {
        const byte = bytes[index]!;
        if (missing > 0) {
          if ((byte & 0xc0) === 0x80) {
            missing -= 1;
            if (missing === 0) good += 1;
            continue;
          }
          missing = 0;
          bad += 1; // and look at this byte afresh
        }
        if (byte < 0x80) continue;
        if (byte >= 0xc2 && byte <= 0xdf) missing = 1;
        else if (byte >= 0xe0 && byte <= 0xef) missing = 2;
        else if (byte >= 0xf0 && byte <= 0xf4) missing = 3;
        else bad += 1;
      }
    },
    evidence: () => ({ good, bad: bad + (missing > 0 ? 1 : 0) }),
  };
}

/**
 * A few broken sequences among many good ones are characters cut by a field's width, not another encoding:
 * Chinese in GBK is well-formed UTF-8 by accident in 3 of 100 texts of two characters, 1 of 40,000 of six, never of eight.
 */
export const looksLikeUtf8 = ({ good, bad }: Utf8Evidence): boolean => bad === 0 || good > 10 * bad;

export type TextEncoding = { name: string; notes: string[] };

/** The encoding of a file: what was given, else its byte order mark, else what its bytes look like. */
export async function encodingOf(path: string, given: string | undefined): Promise<TextEncoding> {
  const counter = countUtf8();
  let first = true;
  let marked: string | null = null;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (first) marked = byteOrderMark(chunk);
    first = false;
    if (marked || given) break;
    counter.feed(chunk);
  }
  if (given) return { name: knownEncoding(given), notes: [] };
  if (marked) return { name: marked, notes: [] };
  return encodingFromEvidence(counter.evidence());
}

export function encodingFromEvidence(evidence: Utf8Evidence): TextEncoding {
  if (!looksLikeUtf8(evidence))
    return {
      name: 'gb18030',
      notes: ['The text is not UTF-8; read as GBK (GB18030). Another one can be given with --encoding.'],
    };
  if (evidence.bad === 0) return { name: 'utf-8', notes: [] };
  const broken = `${evidence.bad} broken ${evidence.bad === 1 ? 'character' : 'characters'}`;
  return { name: 'utf-8', notes: [`The text is UTF-8 with ${broken}, shown as �.`] };
}

export function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'; // "Unicode text" of Excel
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** The name in the form TextDecoder knows; gbk becomes its superset gb18030. Throws a Problem for an unknown one. */
export function knownEncoding(name: string): string {
  try {
    const known = new TextDecoder(name).encoding;
    return known === 'gbk' ? 'gb18030' : known;
  } catch (cause) {
    throw new Problem('invalid', `"${name}" is no text encoding we know.`, {
      hint: 'Give utf-8, gbk, big5 or another name of the WHATWG Encoding Standard.',
      cause,
    });
  }
}

/** The text of a file, piece by piece, without its byte order mark. */
export async function* readText(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>)
    yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
