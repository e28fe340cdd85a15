/** GeoPackage and TopoJSON: GDAL reads both as they are. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layerCrs } from './layer-crs.ts';
import { chooseLayer, convertedRows, makeWorkFolder, withGdal } from './gdal.ts';
import type { FileOptions, RawFile } from './source-file.ts';

export const readGeoPackage = (path: string, options: FileOptions): Promise<RawFile> =>
  readLayer(path, 'source.gpkg', 'geopackage', null, options);

export const readTopoJson = (path: string, options: FileOptions): Promise<RawFile> =>
  readLayer(path, 'source.topojson', 'topojson', 'TopoJSON names no coordinate system', options);

/** Works on a copy: SQLite may write beside a file it only reads, and the original may lie where nobody may write. */
async function readLayer(
  path: string,
  name: string,
  format: 'geopackage' | 'topojson',
  wgs84Because: string | null,
  options: FileOptions,
): Promise<RawFile> {
  const folder = await makeWorkFolder();
  try {
    const file = join(folder.input, name);
    await copyFile(path, file);
    const settings = { file, outputFolder: folder.output, environment: {} };
    const {
      layer,
      path: rows,
      complaints,
    } = await withGdal(settings, async (gdal) => {
      const layer = chooseLayer(await gdal.layers(), options.layer);
      return { layer, ...(await gdal.convert(layer.name)) };
    });
    return {
      format,
      crs: layerCrs(layer, null),
      wgs84Because,
      encoding: null,
      notes: complaints.filter((text) => text.startsWith('ERROR')).map((text) => `GDAL: ${text}`),
      count: layer.featureCount,
      rows: convertedRows(rows, folder.remove),
      close: folder.remove,
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
