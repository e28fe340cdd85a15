/**
 * A position as somebody sent it, read in the CRS it declares and refused when it cannot be meant. Nothing is corrected
 * silently: the answer says what would make sense of it.
 */
import type { Knex } from 'knex';
import { readCrs, UnknownCrs, type Position } from '../geometry/crs.ts';
import { Problem } from '../problems.ts';
import type { DistrictPlace } from './load-road-network.ts';

export type ReadPosition = {
  /** [longitude, latitude]. */
  wgs84: Position;
  /** Metres in the district's CRS. */
  metric: Position;
  /** Name of the declared CRS, always written the same way. */
  crs: string;
};

/**
 * A report 50 km from the district's roads is not about them: districts measure 10 to 60 km across, and the usual
 * mistakes (swapped columns, another zone's easting, degrees as metres) throw a position hundreds of kilometres away.
 */
const farthest_m = 50_000;

/** @throws Problem `invalid` for an unknown CRS, no place on earth, or a place more than 50 km from the district. */
export async function readPosition(
  db: Knex,
  place: DistrictPlace,
  { position, crs }: { position: Position; crs: string },
): Promise<ReadPosition> {
  const declared = await declaredCrs(db, crs);
  const wgs84 = await declared.toWgs84(position);
  const kind = positionFault(position, declared, wgs84, place);
  if (!kind && wgs84) return { wgs84, metric: place.fromWgs84(wgs84), crs: declared.name };
  const came = `[${position.join(', ')}]`;
  const { fault, hint } = await explainFault(kind!, position, declared, place);
  throw new Problem('invalid', `The position ${came} in ${declared.name} ${fault}.`, {
    hint,
    errors: [{ path: 'position', message: `a place within ${farthest_m / 1000} km of the district`, came: position }],
  });
}

type Declared = Declares & {
  /** null: outside what the CRS can express. */
  toWgs84: (position: Position) => Position | null | Promise<Position | null>;
};

/** The built-in systems by proj4 (within a millimetre of PostGIS), any other EPSG code by PostGIS itself. */
async function declaredCrs(db: Knex, crs: string): Promise<Declared> {
  try {
    const { name, projected, toWgs84 } = readCrs(crs);
    return { name, projected, toWgs84: async (position) => toWgs84(position) };
  } catch (error) {
    if (!(error instanceof UnknownCrs)) throw error;
    const srid = Number(/^EPSG:(\d+)$/i.exec(crs)?.[1]);
    const kept = await db('spatial_ref_sys').where({ srid }).first<{ srtext: string } | undefined>('srtext');
    const horizontal = kept && /^(PROJCS|GEOGCS)/.test(kept.srtext);
    if (!horizontal) throw unknownCrs(error, crs);
    return {
      name: `EPSG:${srid}`,
      projected: kept.srtext.startsWith('PROJCS'),
      toWgs84: (position) => throughPostgis(db, srid, position),
    };
  }
}

const unknownCrs = (error: UnknownCrs, crs: string): Problem =>
  new Problem('invalid', error.message, {
    hint: 'Declare the system in which the position was measured; a phone in China gives gcj02.',
    errors: [{ path: 'crs', message: 'a known coordinate system', came: crs }],
    cause: error,
  });

/**
 * A declared CRS as a text that `readCrs` understands, for many positions at once and in another thread.
 * @throws Problem `invalid` for an unknown one.
 */
export async function crsDefinition(db: Knex, crs: string): Promise<string> {
  try {
    readCrs(crs);
    return crs;
  } catch (error) {
    if (!(error instanceof UnknownCrs)) throw error;
    const srid = Number(/^EPSG:(\d+)$/i.exec(crs)?.[1]);
    const kept = await db('spatial_ref_sys').where({ srid }).first<{ srtext: string } | undefined>('srtext');
    if (!kept || !/^(PROJCS|GEOGCS)/.test(kept.srtext)) throw unknownCrs(error, crs);
    return kept.srtext;
  }
}

async function throughPostgis(db: Knex, srid: number, [x, y]: Position): Promise<Position | null> {
  try {
    const { rows } = await db.raw<{ rows: { x: number; y: number }[] }>(
      `select st_x(place) as x, st_y(place) as y
       from (select st_transform(st_setsrid(st_point(?::double precision, ?::double precision), ?), 4326) as place) as there`,
      [x, y, srid],
    );
    return [rows[0]!.x, rows[0]!.y];
  } catch (error) {
    // PROJ refuses what lies outside a projection; PostGIS passes that on as an internal error.
    if ((error as { code?: unknown }).code === 'XX000') return null;
    throw error;
  }
}

/** Why a position cannot be meant. */
export type PositionFault = 'off_earth' | 'zero' | 'far_away';

/** What a declared system must tell for that. */
type Declares = { name: string; projected: boolean };

/** What is wrong with a position, or null. @param wgs84 the position as the declared system reads it. */
export function positionFault(
  [x, y]: Position,
  { projected }: Declares,
  wgs84: Position | null,
  place: DistrictPlace,
): PositionFault | null {
  if (!onEarth(wgs84)) return 'off_earth';
  // The zero point most often is an empty position written as zero; in metres, degrees come to lie beside it.
  if (projected ? Math.abs(x) <= 180 && Math.abs(y) <= 180 : x === 0 && y === 0) return 'zero';
  return distance(place, wgs84) > farthest_m ? 'far_away' : null;
}

/** A fault as the end of a sentence, and what would make sense of the position. */
export async function explainFault(
  fault: PositionFault,
  position: Position,
  declared: Declared,
  place: DistrictPlace,
): Promise<{ fault: string; hint: string }> {
  return { fault: await sentenceOf(fault, position, declared, place), hint: await explain(position, declared, place) };
}

async function sentenceOf(
  fault: PositionFault,
  position: Position,
  declared: Declared,
  place: DistrictPlace,
): Promise<string> {
  if (fault === 'off_earth') return 'is no place on earth';
  if (fault === 'zero') {
    return declared.projected
      ? 'is less than 180 m from the origin of a system that counts in metres'
      : 'is the zero point, which most often is an empty position written as zero';
  }
  const far = distance(place, (await declared.toWgs84(position))!);
  const [west, south, east, north] = extentInDegrees(place);
  const away = Number.isFinite(far) ? `${Math.round(far / 1000).toLocaleString('en')} km` : 'half the world';
  return `lies ${away} from the district, which covers longitude ${west} to ${east} and latitude ${south} to ${north}`;
}

/** Readings that people mean when they send something else; the first that lies in the district is told. */
async function explain(came: Position, declared: Declared, place: DistrictPlace): Promise<string> {
  const [x, y] = came;
  const own = `EPSG:${place.srid}`;
  const swapped: Position = [y, x];
  const [order, wanted] = declared.projected
    ? ['easting and northing', 'easting']
    : ['latitude and longitude', 'longitude'];
  // Gauss-Krüger zones of China: 13 to 23 where they are six degrees wide, 25 to 45 where three.
  const zone = Math.floor(x / 1_000_000);
  const readings: [says: string, wgs84: Position | null][] = [
    [
      `It looks like ${order} are swapped: the position would lie in the district the other way round. Send ${wanted} first.`,
      await declared.toWgs84(swapped),
    ],
    [
      'It looks like degrees: send it with crs wgs84 (or gcj02 from a phone or web map in China).',
      declared.projected ? came : null,
    ],
    [
      'It looks like degrees, and latitude and longitude are swapped: send [longitude, latitude] with crs wgs84 or gcj02.',
      declared.projected ? swapped : null,
    ],
    [`It looks like metres of the district's own system: send it with crs ${own}.`, place.toWgs84(came)],
    [
      `It looks like northing and easting of the district's own system: send [easting, northing] with crs ${own}.`,
      place.toWgs84(swapped),
    ],
    [
      `It looks like the zone number ${zone} stands before the easting: leave it out, or declare the system that has it.`,
      zone >= 13 && zone <= 45 ? place.toWgs84([x - zone * 1_000_000, y]) : null,
    ],
  ];
  const meant = readings.find(([, wgs84]) => onEarth(wgs84) && place.extent && distance(place, wgs84) <= farthest_m);
  return meant?.[0] ?? 'Check the order (longitude or easting first) and the declared crs.';
}

const onEarth = (wgs84: Position | null): wgs84 is Position =>
  wgs84 !== null && Math.abs(wgs84[0]) <= 180 && Math.abs(wgs84[1]) <= 90; // false for NaN

/** Metres from the district's extent; 0 inside it and while there is none. */
function distance({ extent, fromWgs84 }: DistrictPlace, wgs84: Position): number {
  if (!extent) return 0;
  const [x, y] = fromWgs84(wgs84);
  const beyond = Math.hypot(Math.max(extent[0] - x, 0, x - extent[2]), Math.max(extent[1] - y, 0, y - extent[3]));
  return Number.isFinite(beyond) ? beyond : Infinity; // a transverse Mercator ends 80 degrees from its meridian
}

function extentInDegrees({ extent, toWgs84 }: DistrictPlace): [number, number, number, number] {
  const [minx, miny, maxx, maxy] = extent!;
  const round = (degrees: number): number => Math.round(degrees * 100) / 100;
  const corners = [toWgs84([minx, miny]), toWgs84([maxx, miny]), toWgs84([minx, maxy]), toWgs84([maxx, maxy])];
  const [longitudes, latitudes] = [corners.map(([longitude]) => longitude), corners.map(([, latitude]) => latitude)];
  return [
    round(Math.min(...longitudes)),
    round(Math.min(...latitudes)),
    round(Math.max(...longitudes)),
    round(Math.max(...latitudes)),
  ];
}
