/** Real streets for tests and benchmarks, from the data folder beside the project where there is one. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromWgs84 } from '../../api/geometry/crs.ts';
import { lineLengthCm } from '../../api/geometry/line.ts';
import { openFile } from '../../api/interop/files/open-file.ts';
import type { RoadInput } from '../../api/network/network.ts';

/** The path of a file in the data folder, or null when it is not there. */
export function dataFile(name: string): string | null {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/**
 * The lines of a file as roads in a metric CRS, numbered from 1.
 *
 * @param id of a road by its properties, if not the number.
 * @param roadClass of a road by its properties, if not a branch road.
 * @param roadName of a road by its properties, if not its `name`.
 */
export async function readStreets(
  path: string,
  crs: string,
  id?: (properties: Record<string, unknown>) => number,
  roadClass?: (properties: Record<string, unknown>) => string,
  roadName: (properties: Record<string, unknown>) => unknown = ({ name }) => name,
): Promise<RoadInput[]> {
  const project = fromWgs84(crs);
  const roads: RoadInput[] = [];
  const file = await openFile(path);
  for await (const row of file.rows()) {
    if ('rejected' in row || row.geometry?.type !== 'LineString') continue;
    const coordinates = Float64Array.from(row.geometry.coordinates.flatMap(([x, y]) => project([x!, y!])));
    const length_cm = lineLengthCm(coordinates);
    if (length_cm === 0) continue;
    const road = {
      id: id?.(row.properties) ?? roads.length + 1,
      class: roadClass?.(row.properties) ?? 'branch',
      name: textOf(roadName(row.properties)),
      layer: 0,
    };
    roads.push({ ...road, coordinates, length_cm });
  }
  // Made one behind the other, as roads/load-road-network.ts makes them: strewn among what reading a file leaves behind,
  // they make building a network four times as slow, and that is not what is measured.
  return roads.map((road) => ({ ...road, coordinates: Float64Array.from(road.coordinates) }));
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
