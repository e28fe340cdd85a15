/**
 * Positions into WGS84 and out of it, for every coordinate system a district's files and phones arrive in.
 *
 * A crs is named `wgs84`, `cgcs2000`, `gcj02`, `bd09` or `EPSG:nnnn`, or is given as the text of a .prj file (WKT 1 or 2).
 * Coordinates are always [x, y] = [longitude, latitude] = [easting, northing], whatever axis order the authority prints.
 */
import proj4 from 'proj4';
import { bd09ToWgs84, gcj02ToWgs84, wgs84ToBd09, wgs84ToGcj02 } from './china-offset.ts';
import { epsgDefinition } from './epsg-definitions.ts';

export type Position = [x: number, y: number];
export type Transform = (position: Position) => Position;

export type Crs = {
  /** Short name for reports: `EPSG:4549`, `gcj02`, or the name inside the WKT. */
  name: string;
  /** true: easting and northing in metres or feet; false: degrees. */
  projected: boolean;
  toWgs84: Transform;
  fromWgs84: Transform;
  /** What a person should know before trusting the result, or null. */
  caveat: string | null;
};

export const acceptedCrs =
  'wgs84, cgcs2000, gcj02, bd09, EPSG:4326, EPSG:4490, EPSG:3857, EPSG:4491 to EPSG:4554 (CGCS2000 Gauss-Krüger), ' +
  'EPSG:32601-32660 and EPSG:32701-32760 (UTM), or the WKT text of a .prj file';

export class UnknownCrs extends Error {
  constructor(came: string, reason?: string) {
    const short = came.length > 80 ? `${came.slice(0, 80)}…` : came;
    super(`"${short}" is no coordinate system we know${reason ? ` (${reason})` : ''}. Accepted are ${acceptedCrs}.`);
    this.name = 'UnknownCrs';
  }
}

/** Function from `crs` to WGS84 [longitude, latitude] in degrees. Throws UnknownCrs. */
export const toWgs84 = (crs: string): Transform => readCrs(crs).toWgs84;

/** Function from WGS84 [longitude, latitude] to `crs`. Throws UnknownCrs. */
export const fromWgs84 = (crs: string): Transform => readCrs(crs).fromWgs84;

const same: Transform = (position) => position;

/*
 * CGCS2000 is taken as WGS84: the ellipsoids differ by 0.1 mm, the frames by plate motion of a few cm a year,
 * less than the width of a digitised road centreline.
 */
const wgs84 = { name: 'wgs84', projected: false, toWgs84: same, fromWgs84: same, caveat: null };
const named = new Map<string, Crs>([
  ['wgs84', wgs84],
  ['cgcs2000', { ...wgs84, name: 'cgcs2000' }],
  ['gcj02', { name: 'gcj02', projected: false, toWgs84: gcj02ToWgs84, fromWgs84: wgs84ToGcj02, caveat: null }],
  ['bd09', { name: 'bd09', projected: false, toWgs84: bd09ToWgs84, fromWgs84: wgs84ToBd09, caveat: null }],
]);

const known = new Map<string, Crs>();

/** Everything about a crs, by name or WKT. Throws UnknownCrs. */
export function readCrs(text: string): Crs {
  const trimmed = text.trim();
  const before = known.get(trimmed);
  if (before) return before;
  const crs = understand(trimmed);
  if (known.size > 200) known.clear(); // a server meets few; a .prj text is some 500 bytes
  known.set(trimmed, crs);
  return crs;
}

function understand(text: string): Crs {
  const byName = named.get(text.toLowerCase());
  if (byName) return byName;
  if (
    /^(urn:ogc:def:crs:OGC:[\d.]*:CRS84|OGC:CRS84|CRS84|https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/CRS84)$/i.test(
      text,
    )
  )
    return wgs84;
  const code =
    /^(?:EPSG:|urn:ogc:def:crs:EPSG:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/)(\d{4,6})$/i.exec(
      text,
    )?.[1];
  if (code) {
    const name = `EPSG:${code}`;
    if (code === '4326' || code === '4490') return { ...wgs84, name };
    const definition = epsgDefinition(Number(code));
    if (!definition)
      throw new UnknownCrs(text, 'no definition for this code is built in; the WKT of the .prj works for any');
    return throughProj4(name, definition);
  }
  if (/^[A-Z]+\s*\[/i.test(text)) return fromWkt(text);
  throw new UnknownCrs(text);
}

function fromWkt(wkt: string): Crs {
  const name = /^[A-Z_]+\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] || 'unnamed WKT';
  try {
    return { ...throughProj4(name, wkt), caveat: datumCaveat(wkt) };
  } catch (cause) {
    if (cause instanceof UnknownCrs) throw cause;
    throw new UnknownCrs(wkt, 'its WKT cannot be read');
  }
}

/** The datums of China's older surveys have no published shift to WGS84: proj4 then changes the ellipsoid only. */
function datumCaveat(wkt: string): string | null {
  const datum = /DATUM\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] ?? '';
  return /beijing|xian|1954|1980|north_american_1927|NAD27/i.test(datum)
    ? `The datum "${datum}" has no public shift to WGS84: positions may lie some ten to a hundred metres off. ` +
        'Ask the sender for CGCS2000, or compare with a street you know.'
    : null;
}

function throughProj4(name: string, definition: string): Crs {
  const converter = proj4(definition, 'EPSG:4326');
  const projected = projectionName(definition) !== 'longlat';
  const crs: Crs = {
    name,
    projected,
    toWgs84: (position) => converter.forward(position) as Position,
    fromWgs84: (position) => converter.inverse(position) as Position,
    caveat: null,
  };
  // A WKT that proj4 half understands gives NaN everywhere; find out now and not at every row.
  const probe = crs.toWgs84(projected ? [500_000, 3_400_000] : [116, 40]);
  if (probe.some(Number.isNaN)) throw new UnknownCrs(name, 'its projection cannot be computed');
  return crs;
}

const projectionName = (definition: string): string => {
  const { projName } = proj4.Proj(definition) as unknown as { projName: string };
  return projName.toLowerCase() === 'longlat' ? 'longlat' : projName;
};
