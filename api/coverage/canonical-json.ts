/**
 * JSON in its one canonical form (RFC 8785): members sorted by their names' UTF-16 code units, no blanks, numbers and
 * strings as ECMAScript writes them. So a document has one digest, whoever wrote it down.
 */
import { createHash } from 'node:crypto';

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Members that a certificate's digest leaves out: the same state has the same digest whenever it is issued. */
export const notDigested = new Set(['digest', 'issued_at']);

/** The digest of a document as 64 hexadecimal digits, of a list one element at a time: a city's gaps are 100 MB. */
export function digestOf(document: Record<string, unknown>): string {
  const hash = createHash('sha256');
  const names = Object.keys(document)
    .filter((name) => !notDigested.has(name) && document[name] !== undefined)
    .toSorted();
  for (const [index, name] of names.entries()) {
    hash.update(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    const value = document[name];
    if (!Array.isArray(value)) hash.update(canonicalJson(value));
    else {
      hash.update('[');
      for (const [at, element] of value.entries()) hash.update((at === 0 ? '' : ',') + canonicalJson(element));
      hash.update(']');
    }
  }
  return hash.update(names.length === 0 ? '{}' : '}').digest('hex');
}
