/** The coordinate system a layer says it is in, as `EPSG:nnnn` where we know that code, else as WKT. */
import { readCrs } from '../../geometry/crs.ts';
import type { GdalLayer } from './gdal-thread.ts';

/** @param wkt the text of a .prj; it goes before GDAL's own wording, which proj4 understands less often. */
export function layerCrs(layer: GdalLayer, wkt: string | null): string | null {
  const said = layer.geometryFields[0]?.coordinateSystem;
  const id = said?.projjson?.id;
  const code = id && id.authority === 'EPSG' ? `EPSG:${id.code}` : null;
  const ways = [code, wkt, said?.wkt ?? null].filter((way): way is string => way !== null && way.trim() !== '');
  if (ways.length === 0 || /^(ENGCRS|LOCAL_CS|ENGINEERINGCRS)/i.test(ways.at(-1)!)) return null;
  return ways.find(understood) ?? ways[0]!;
}

function understood(crs: string): boolean {
  try {
    readCrs(crs);
    return true;
  } catch {
    return false; // openFile says so, unless --crs was given
  }
}
