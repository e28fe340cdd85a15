/**
 * Shapefiles, zipped or beside their parts on disk. GDAL reads them; ours is to find the parts, the coordinate system
 * and, above all, the encoding: district offices send GBK without a .cpg, or with one that says UTF-8.
 */
import { createReadStream } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../problems.ts';
import { layerCrs } from './layer-crs.ts';
import { chooseLayer, convertedRows, makeWorkFolder, type WorkFolder, withGdal } from './gdal.ts';
import { countUtf8, knownEncoding, looksLikeUtf8, type Utf8Evidence } from './text-encoding.ts';
import { type FileOptions, limits, type RawFile, unreadable } from './source-file.ts';
import { extract, zipMembers } from './unzip.ts';

export async function readShapefile(path: string, options: FileOptions): Promise<RawFile> {
  const folder = await makeWorkFolder();
  try {
    const notes: string[] = [];
    await gatherParts(path, options, folder, notes);
    const encoding = await encodingOfDbf(folder.input, options.encoding, notes);
    const prj = await readFile(join(folder.input, 'source.prj'), 'utf8').catch(() => null);
    const openOptions = [`ENCODING=${encoding.toUpperCase()}`];
    const settings = {
      file: join(folder.input, 'source.shp'),
      outputFolder: folder.output,
      environment: { SHAPE_RESTORE_SHX: 'YES' }, // a missing .shx can be made from the .shp
    };
    const converted = await withGdal(settings, async (gdal) => {
      const layer = chooseLayer(await gdal.layers(openOptions), undefined);
      return { layer, ...(await gdal.convert(layer.name, openOptions)) };
    });
    for (const complaint of converted.complaints.filter((text) => text.startsWith('ERROR')).slice(0, 3))
      notes.push(`GDAL: ${complaint}`);
    return {
      format: 'shapefile',
      crs: layerCrs(converted.layer, prj),
      wgs84Because: null,
      encoding,
      notes,
      count: converted.layer.featureCount,
      rows: convertedRows(converted.path, folder.remove),
      close: folder.remove,
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

const parts = ['shp', 'shx', 'dbf', 'prj', 'cpg'];
const partOf = (name: string): string | undefined => parts.find((part) => name.toLowerCase().endsWith(`.${part}`));
const stemOf = (name: string): string => name.replace(/\.[^./]+$/, '');

/** Brings the parts of one Shapefile into the folder under plain names: GDAL then never meets a name in GBK. */
async function gatherParts(path: string, options: FileOptions, folder: WorkFolder, notes: string[]): Promise<void> {
  const zipped = (await readStart(path)) === 'PK';
  const names = zipped ? (await zipMembers(path)).map(({ name }) => name) : await readdir(dirname(path));
  const stem = zipped ? chooseStem(names, options.layer) : stemOf(basename(path));
  const mine = names.filter((name) => stemOf(name) === stem && partOf(name));
  const targets = new Map(mine.map((name) => [name, join(folder.input, `source.${partOf(name)}`)]));
  if (zipped) await extract(path, targets, limits.unpacked_bytes);
  else
    for (const [name, target] of targets)
      await copyFile(name === basename(path) ? path : join(dirname(path), name), target);
  const has = (part: string): boolean => mine.some((name) => partOf(name) === part);
  if (!has('shp')) await copyFile(path, join(folder.input, 'source.shp')); // an upload without its name
  if (!has('dbf'))
    notes.push(
      'There is no .dbf beside the .shp: the geometry comes without names or other properties. ' +
        'A Shapefile is several files: zip .shp, .shx, .dbf and .prj together.',
    );
}

function chooseStem(names: string[], wanted: string | undefined): string {
  const stems = names.filter((name) => partOf(name) === 'shp').map(stemOf);
  if (wanted !== undefined) {
    const stem = stems.find((one) => one === wanted || basename(one) === wanted);
    if (stem) return stem;
    throw new Problem('invalid', `There is no layer "${wanted}" in the zip.`, {
      hint: `It has: ${stems.map((one) => basename(one)).join(', ')}.`,
    });
  }
  if (stems.length === 1) return stems[0]!;
  if (stems.length === 0) throw unreadable('The zip holds no .shp.', 'Pack .shp, .shx, .dbf and .prj together.');
  throw new Problem('invalid', `The zip holds ${stems.length} Shapefiles.`, {
    hint: `Say which with --layer: ${stems.map((one) => basename(one)).join(', ')}.`,
  });
}

async function readStart(path: string): Promise<string> {
  for await (const chunk of createReadStream(path, { start: 0, end: 1 }) as AsyncIterable<Buffer>)
    return chunk.toString('latin1');
  return '';
}

/** Given, else by the bytes of names and values; the .cpg decides only what these leave open. */
async function encodingOfDbf(folder: string, given: string | undefined, notes: string[]): Promise<string> {
  if (given) return knownEncoding(given);
  const evidence = await dbfEvidence(join(folder, 'source.dbf'));
  const said = await readFile(join(folder, 'source.cpg'), 'latin1').then(codePage, () => null);
  if (looksLikeUtf8(evidence)) {
    if (evidence.bad > 0)
      notes.push(`${evidence.bad} values end in the middle of a character: the field is too narrow for them.`);
    return 'utf-8';
  }
  if (said && said !== 'utf-8') return said;
  const but = said ? 'The .cpg says UTF-8, but the' : 'There is no .cpg and the';
  notes.push(`${but} text is not UTF-8; read as GBK (GB18030). Another one can be given with --encoding.`);
  return 'gb18030';
}

/** A .cpg holds a name (UTF-8, GBK) or the number of a code page (936, "OEM 936"); one we do not know says nothing. */
function codePage(cpg: string): string | null {
  const text = cpg.trim();
  const number = /(\d{3,5})$/.exec(text)?.[1] ?? '';
  const byNumber: Record<string, string> = {
    936: 'gb18030',
    950: 'big5',
    1252: 'windows-1252',
    65001: 'utf-8',
    54936: 'gb18030',
  };
  try {
    return byNumber[number] ?? knownEncoding(text);
  } catch {
    return null;
  }
}

/** Counts UTF-8 in field names and values. A .dbf is a header (its length in bytes 8-9, 32 bytes a field) and text. */
async function dbfEvidence(path: string): Promise<Utf8Evidence> {
  const counter = countUtf8();
  let header = 0;
  let first = true;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      if (first && chunk.length >= 32) {
        header = chunk.readUInt16LE(8);
        for (let field = 32; field + 11 < Math.min(header, chunk.length); field += 32)
          counter.feed(chunk.subarray(field, field + 11)); // names end in NUL, which is ASCII
      }
      counter.feed(first ? chunk.subarray(header) : chunk);
      first = false;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return counter.evidence();
}
