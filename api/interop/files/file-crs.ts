/** Which coordinate system a file's coordinates are read as: given, else found in the file, else assumed and said so. */
import { acceptedCrs, type Position, readCrs, UnknownCrs } from '../../geometry/crs.ts';
import { watchPositions } from '../../geometry/suspect-positions.ts';
import { Problem } from '../../problems.ts';
import { formatTitles, type RawFile } from './source-file.ts';

export type FileCrs = {
  /** For toWgs84: a name or a WKT. */
  text: string;
  found: string | null;
  used: string;
  notes: string[];
};

/** @param sample positions of the first rows, as they stand in the file. Throws a Problem of kind `invalid`. */
export function decideCrs(raw: RawFile, given: string | undefined, sample: Position[], name: string): FileCrs {
  const notes: string[] = [];
  const hinted = /(gcj|bd)-?0[29]/i.exec(name)?.[0];
  if (hinted && given === undefined && raw.crs === null)
    notes.push(`The file's name speaks of ${hinted}: if that is its coordinate system, say so with --crs.`);
  const text = given ?? raw.crs ?? assume(raw, sample, notes);
  const used = read(text, given === undefined && raw.crs !== null);
  if (used.caveat) notes.push(used.caveat);
  if (given !== undefined && raw.crs !== null) notes.push(...disagreement(given, raw.crs, sample));
  refuseMismatch(used, raw, sample);
  return { text, found: raw.crs === null ? null : nameOf(raw.crs), used: used.name, notes };
}

function assume(raw: RawFile, sample: Position[], notes: string[]): string {
  if (sample.length === 0) return 'wgs84'; // a list of people has no positions, so nothing is assumed of them
  const metres = sample.filter(([x, y]) => Math.abs(x) > 1000 || Math.abs(y) > 1000).length > sample.length / 2;
  if (raw.wgs84Because && !metres) {
    notes.push(`No coordinate system is given: read as WGS84, because ${raw.wgs84Because}.`);
    return 'wgs84';
  }
  const like = metres
    ? `its coordinates are metres or feet (${sample[0]!.map((n) => Math.round(n)).join(', ')})`
    : 'no .prj or entry tells it';
  throw new Problem(
    'invalid',
    `The ${formatTitles[raw.format]} does not say which coordinate system it is in: ${like}.`,
    {
      hint: 'Give it with --crs, such as --crs EPSG:4549 (CGCS2000, 3-degree zone of 120°E), wgs84, gcj02 or bd09. The sender knows it.',
    },
  );
}

function read(text: string, fromFile: boolean): ReturnType<typeof readCrs> {
  try {
    return readCrs(text);
  } catch (cause) {
    if (!(cause instanceof UnknownCrs)) throw cause;
    throw fromFile
      ? new Problem('invalid', `The file is in "${nameOf(text)}", which is not built in.`, {
          hint: `Give its coordinate system with --crs: ${acceptedCrs}.`,
          cause,
        })
      : new Problem('invalid', `"${text}" is no coordinate system we know.`, {
          hint: `Accepted are ${acceptedCrs}.`,
          cause,
        });
  }
}

const nameOf = (crs: string): string => {
  try {
    return readCrs(crs).name;
  } catch {
    return /\[\s*"([^"]+)"/.exec(crs)?.[1] ?? crs;
  }
};

/** Names may differ and mean the same (a .prj and its EPSG code): the positions decide. */
function disagreement(given: string, found: string, sample: Position[]): string[] {
  let far = 0;
  try {
    const [one, other] = [readCrs(given).toWgs84, readCrs(found).toWgs84];
    far = Math.max(0, ...sample.slice(0, 20).map((position) => roughMetres(one(position), other(position))));
  } catch {
    far = Number.NaN; // the file's own is not readable; then the given one is not checked against it
  }
  if (far < 0.1) return [];
  const distance = Number.isFinite(far)
    ? ` By its own word the positions would lie ${Math.round(far).toLocaleString('en')} m from there.`
    : '';
  return [`The file says ${nameOf(found)}; read as ${readCrs(given).name}, as asked.${distance}`];
}

const roughMetres = (a: Position, b: Position): number =>
  Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]) * 111_195;

/** Metres taken for degrees, or the reverse, put every row somewhere else on the globe: better no import than that one. */
function refuseMismatch(used: ReturnType<typeof readCrs>, raw: RawFile, sample: Position[]): void {
  const watch = watchPositions({ projected: used.projected });
  for (const position of sample) watch.see(position, used.toWgs84(position), 0);
  const mismatch = watch.suspicions().find(({ kind, count }) => kind.includes('_as_') && count > sample.length / 2);
  if (!mismatch) return;
  const numbers = sample[0]!.map((number) => Math.round(number * 1e6) / 1e6).join(', ');
  const [are, counts] = mismatch.kind === 'metres_as_degrees' ? ['metres or feet', 'degrees'] : ['degrees', 'metres'];
  throw new Problem(
    'invalid',
    `The coordinates of the ${formatTitles[raw.format]} look like ${are} (${numbers}), but ${used.name} counts in ${counts}.`,
    {
      hint: 'Give the system they are in with --crs, such as wgs84, gcj02, EPSG:4549.',
    },
  );
}
