/**
 * OpenStreetMap extracts, PBF and XML. GDAL builds the lines and areas; node ids do not come through it, so two ways meet
 * where they share a coordinate: OSM keeps 1e-7 degrees, and equal to that digit is one node.
 */
import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseLayer, convertedRows, makeWorkFolder, withGdal, type GdalSession } from './gdal.ts';
import { type FileOptions, type RawFile, sentence, unreadable } from './source-file.ts';

/** Reads the layer `lines` (ways that are no areas) unless another is named: points, multilinestrings, multipolygons, other_relations. */
export async function readOsm(path: string, format: 'osm-pbf' | 'osm-xml', options: FileOptions): Promise<RawFile> {
  const folder = await makeWorkFolder();
  try {
    const file = join(folder.input, format === 'osm-pbf' ? 'source.osm.pbf' : 'source.osm');
    await copyFile(path, file);
    await writeFile(join(folder.output, 'osmconf.ini'), tagsAsJson);
    const settings = { file, outputFolder: folder.output, environment: { OSM_CONFIG_FILE: '/output/osmconf.ini' } };
    const { layer, rows } = await withGdal(settings, async (gdal) => {
      const chosen = chooseLayer(await gdal.layers(), options.layer ?? 'lines');
      return { layer: chosen.name, rows: await convert(gdal, chosen.name) };
    });
    if ((await stat(rows)).size === 0)
      throw unreadable(
        `The OpenStreetMap file has nothing in its layer "${layer}".`,
        'It may be cut short, hold only nodes or changes, or the ways may lie in another layer: points, lines, multilinestrings, multipolygons, other_relations.',
      );
    return {
      format,
      crs: null,
      wgs84Because: 'OpenStreetMap is in WGS84',
      encoding: null,
      notes: [`Read is the layer "${layer}".`],
      count: null,
      rows: convertedRows(rows, folder.remove, (from) => osmProperties(from, layer)),
      close: folder.remove,
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** A second try without GDAL's own index, which wants node ids in rising order; exports of editors are not sorted. */
async function convert(gdal: GdalSession, layer: string): Promise<string> {
  const first = await gdal.convert(layer);
  const unsorted = first.complaints.some((text) => text.includes('OSM_USE_CUSTOM_INDEXING'));
  const { path, complaints } = unsorted ? await gdal.convert(layer, ['USE_CUSTOM_INDEXING=NO']) : first;
  const error = complaints.find((text) => text.startsWith('ERROR'));
  if (!error) return path;
  throw unreadable(
    `The OpenStreetMap file is damaged or cut short: ${sentence(error)}`,
    'Compare its size with the original and download it again.',
  );
}

/** As overpass turbo names them in GeoJSON, so that a way keeps its id whichever way it came: "@id": "way/123". */
function osmProperties(
  { osm_id, osm_way_id, all_tags }: Record<string, unknown>,
  layer: string,
): Record<string, unknown> {
  const kind = layer === 'points' ? 'node' : layer === 'lines' || osm_way_id ? 'way' : 'relation';
  return { '@id': `${kind}/${String(osm_way_id ?? osm_id)}`, ...(all_tags as Record<string, unknown> | null) };
}

/** GDAL's osmconf.ini with every tag as JSON, instead of some as columns and the rest as text in hstore form. */
const tagsAsJson = `
closed_ways_are_polygons=aeroway,amenity,boundary,building,craft,geological,historic,landuse,leisure,military,natural,office,place,shop,sport,tourism,highway=platform,public_transport=platform
attribute_name_laundering=no
tags_format=json
${['points', 'lines', 'multipolygons', 'multilinestrings', 'other_relations'].map((layer) => `[${layer}]\nosm_id=yes\nattributes=\nall_tags=yes`).join('\n')}
`;
