/**
 * Looks into zip files and takes members out, never more than a limit.
 *
 * yauzl because it hands out raw entry names (zips made in China name their members in GBK without saying so), reads
 * zip64, and stops an entry that inflates beyond what it claims: with the claims summed up first, a zip bomb cannot unpack.
 */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { countUtf8, encodingFromEvidence } from './text-encoding.ts';
import { Problem } from '../../problems.ts';
import { inMebibytes, sentence, unreadable } from './source-file.ts';

export type ZipMember = { name: string; bytes: number; entry: Entry };

/** The files inside a zip, without folders and without the copies of metadata that macOS adds. */
export async function zipMembers(path: string): Promise<ZipMember[]> {
  return withZip(path, async (_zip, members) => members);
}

/** Writes members to the paths given for them. Throws a Problem before unpacking when they exceed `limit` bytes together. */
export async function extract(path: string, targets: Map<string, string>, limit: number): Promise<void> {
  await withZip(path, async (zip, members) => {
    const wanted = members.filter(({ name }) => targets.has(name));
    refuseBomb(wanted, limit);
    for (const { name, entry } of wanted) {
      if (entry.isEncrypted())
        throw unreadable(`"${name}" in the zip is encrypted.`, 'Pack it again without a password.');
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(targets.get(name)!));
    }
  });
}

/** Inflates every member without keeping it: throws when one is damaged, lies about its size, or all exceed `limit`. */
export async function checkUnpacks(path: string, limit: number): Promise<void> {
  await withZip(path, async (zip, members) => {
    refuseBomb(members, limit);
    for (const { entry } of members) for await (const chunk of await zip.openReadStreamPromise(entry)) void chunk;
  });
}

function refuseBomb(members: ZipMember[], limit: number): void {
  const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= limit) return;
  throw new Problem('too_large', `The zip unpacks to ${inMebibytes(total)}; at most ${inMebibytes(limit)} are read.`, {
    hint: 'Send it in parts, or as GeoPackage or newline-delimited GeoJSON.',
  });
}

async function withZip<T>(path: string, use: (zip: ZipFile, members: ZipMember[]) => Promise<T>): Promise<T> {
  let zip: ZipFile | undefined;
  try {
    // autoClose would close the file after the list of entries, before their contents are read.
    zip = await openPromise(path, { decodeStrings: false, autoClose: false });
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) {
      const name = entryName(entry);
      if (name.endsWith('/') || /(^|\/)(__MACOSX\/|\._|\.DS_Store)/.test(name)) continue;
      members.push({ name, bytes: entry.uncompressedSize, entry });
      if (members.length > 10_000)
        throw unreadable('The zip has more than 10,000 members.', 'Pack only the files of one Shapefile.');
    }
    return await use(zip, members);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw unreadable(
      `The zip file is damaged or cut short: ${sentence((cause as Error).message)}`,
      'Pack it again, or send it once more: an upload that broke off looks like this.',
      cause,
    );
  } finally {
    zip?.close();
  }
}

/** Bit 11 promises UTF-8; without it Chinese tools write GBK, and ASCII is the same in both. */
function entryName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const promised = (entry.generalPurposeBitFlag & 0x800) !== 0;
  const counter = countUtf8();
  counter.feed(raw);
  const encoding = promised ? 'utf-8' : encodingFromEvidence(counter.evidence()).name;
  return new TextDecoder(encoding).decode(raw).replaceAll('\\', '/');
}
