/**
 * How far from its middle line the district's metric system can be used. Gauss-Krüger and UTM are made for some degrees
 * beside a meridian: lengths grow with the square of the distance from it, and far away there are no coordinates at all.
 */
import type { Knex } from 'knex';

export type Reach = {
  srid: number;
  /** Longitude of the middle line in degrees, or null for a projection that has none. */
  meridian: number | null;
};

export async function readReach(trx: Knex): Promise<Reach> {
  const { rows } = await trx.raw<{ rows: Reach[] }>(
    `select d.srid, substring(s.srtext from '"central_meridian",([-0-9.]+)')::double precision as meridian
     from district d join spatial_ref_sys s on s.srid = d.srid`,
  );
  return rows[0]!;
}

/** Beyond this PROJ gives no coordinates or nonsense; no district is a tenth as wide. */
const LIMIT_DEGREES = 30;

/** Why a WGS84 position cannot be stored in the district's system, or null. */
export function outOfReach({ srid, meridian }: Reach, [longitude, latitude]: readonly [number, number]): string | null {
  const east = meridian === null ? 0 : Math.abs(((longitude - meridian + 540) % 360) - 180);
  if (east <= LIMIT_DEGREES && Math.abs(latitude) <= 84) return null;
  return `longitude ${longitude.toFixed(5)}, latitude ${latitude.toFixed(5)} lies beyond the reach of the district's system EPSG:${srid}${meridian === null ? '' : ` (made for some degrees around ${meridian}°E)`}; are the columns or the coordinate system right?`;
}

/** A note when lengths come out wrong by more than one in a thousand because the data lie far from the middle line. */
export function stretchNote({ srid, meridian }: Reach, positions: (readonly [number, number])[]): string | null {
  if (meridian === null || positions.length === 0) return null;
  const [longitude, latitude] = positions[Math.floor(positions.length / 2)]!;
  const radians = Math.PI / 180;
  // Scale of a transverse Mercator to second order: 1 + (Δλ cos φ)² / 2.
  const excess = ((longitude - meridian) * radians * Math.cos(latitude * radians)) ** 2 / 2;
  if (excess < 0.001) return null;
  const better = 4534 + Math.round(longitude / 3) - 25; // EPSG:4534 is 75°E, then one for every 3 degrees to 135°E
  const advice =
    longitude > 73 && longitude < 136
      ? `; a district there is better kept in EPSG:${better} (DISTRICT_SRID=${better})`
      : '';
  return `The data lie ${Math.abs(longitude - meridian).toFixed(1)}° from the middle line of EPSG:${srid}: lengths come out ${(excess * 100).toFixed(1)} % too long${advice}.`;
}
