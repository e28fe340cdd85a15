/** The metric CRS in which a district is kept, as functions from and to WGS84. */
import type { Knex } from 'knex';
import { readCrs, UnknownCrs, type Transform } from '../geometry/crs.ts';

export type DistrictCrs = {
  srid: number;
  /** What `readCrs` makes the functions from, for another thread: functions cannot be sent. */
  definition: string;
  toWgs84: Transform;
  fromWgs84: Transform;
};

/** The built-in definition of the district's SRID, or what PostGIS writes about it as WKT. */
export async function districtCrs(db: Knex): Promise<DistrictCrs> {
  const [district] = await db('district')
    .join('spatial_ref_sys', 'spatial_ref_sys.srid', 'district.srid')
    .select<{ srid: number; srtext: string }[]>('district.srid', 'srtext');
  const { srid, srtext } = district!;
  const definition = isKnown(`EPSG:${srid}`) ? `EPSG:${srid}` : srtext;
  const { toWgs84, fromWgs84 } = readCrs(definition);
  return { srid, definition, toWgs84, fromWgs84 };
}

function isKnown(name: string): boolean {
  try {
    readCrs(name);
    return true;
  } catch (error) {
    if (error instanceof UnknownCrs) return false;
    throw error;
  }
}
