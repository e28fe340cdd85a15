/** The metric CRS in which a district is kept, as functions from and to WGS84. */
import type { Knex } from 'knex';
import { readCrs, UnknownCrs, type Transform } from '../geometry/crs.ts';

export type DistrictCrs = { srid: number; toWgs84: Transform; fromWgs84: Transform };

/** The built-in definition of the district's SRID, or what PostGIS writes about it as WKT. */
export async function districtCrs(db: Knex): Promise<DistrictCrs> {
  const [district] = await db('district')
    .join('spatial_ref_sys', 'spatial_ref_sys.srid', 'district.srid')
    .select<{ srid: number; srtext: string }[]>('district.srid', 'srtext');
  const { srid, srtext } = district!;
  const { toWgs84, fromWgs84 } = readKnown(`EPSG:${srid}`) ?? readCrs(srtext);
  return { srid, toWgs84, fromWgs84 };
}

function readKnown(name: string): ReturnType<typeof readCrs> | null {
  try {
    return readCrs(name);
  } catch (error) {
    if (error instanceof UnknownCrs) return null;
    throw error;
  }
}
