/**
 * proj4 texts for the EPSG codes that files of Chinese districts use, computed from the code instead of listed:
 * 4491-4554 are four regular runs, UTM two (EPSG Geodetic Parameter Registry; compared with PostGIS' spatial_ref_sys in the tests).
 */

/** proj4 definition of a projected EPSG code, or null for a code not built in. */
export function epsgDefinition(code: number): string | null {
  if (code === 3857 || code === 900913) return webMercator;
  for (const run of gaussKrueger) {
    if (code < run.first || code > run.last) continue;
    const index = code - run.first;
    const zone = run.firstZone + index;
    const meridian = 75 + index * run.width;
    // "Zone 39" systems write the zone before the easting (39,448,130 m); "CM 117E" systems do not (448,130 m).
    const falseEasting = run.prefixed ? zone * 1_000_000 + 500_000 : 500_000;
    return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`;
  }
  const utm = /^32([67])(\d\d)$/.exec(String(code));
  const zone = Number(utm?.[2]);
  if (utm && zone >= 1 && zone <= 60)
    return `+proj=utm +zone=${zone}${utm[1] === '7' ? ' +south' : ''} +datum=WGS84 +units=m +no_defs`;
  return null;
}

const webMercator =
  '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs';

/** CGCS2000 / Gauss-Krüger: every run starts at the meridian 75°E. */
const gaussKrueger = [
  { first: 4491, last: 4501, width: 6, firstZone: 13, prefixed: true },
  { first: 4502, last: 4512, width: 6, firstZone: 13, prefixed: false },
  { first: 4513, last: 4533, width: 3, firstZone: 25, prefixed: true },
  { first: 4534, last: 4554, width: 3, firstZone: 25, prefixed: false },
];
