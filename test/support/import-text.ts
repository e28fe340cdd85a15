/** Imports what a test writes down, as a file of the name it gives. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { importFile, type ImportRequest } from '../../api/interop/imports.ts';
import type { ImportReport } from '../../api/interop/imports.contract.ts';
import type { Progress } from '../../api/interop/read-rows.ts';
import { east, north } from './town.ts';

export async function importText(
  db: Knex,
  kind: ImportRequest['kind'],
  name: string,
  content: string | Buffer,
  more: Partial<ImportRequest> & { progress?: Progress } = {},
): Promise<ImportReport> {
  const folder = await mkdtemp(join(tmpdir(), 'luzhang-import-'));
  const { progress, ...request } = more;
  try {
    await writeFile(join(folder, name), content);
    return await importFile(db, join(folder, name), { kind, ...request }, { actor: 'tester', progress });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const wgs84 = toWgs84('EPSG:4549');
/** Metres from the origin of the test town as longitude and latitude. */
export const lonLat = ([x, y]: [number, number]): [number, number] => wgs84([east + x, north + y]);

type Line = [number, number][];
export type Shape = { line: Line } | { lines: Line[] } | { ring: Line } | { point: [number, number] };

export const feature = (properties: object, shape: Shape): object => ({
  type: 'Feature',
  properties,
  geometry:
    'line' in shape
      ? { type: 'LineString', coordinates: shape.line.map(lonLat) }
      : 'lines' in shape
        ? { type: 'MultiLineString', coordinates: shape.lines.map((line) => line.map(lonLat)) }
        : 'ring' in shape
          ? { type: 'Polygon', coordinates: [[...shape.ring, shape.ring[0]!].map(lonLat)] }
          : { type: 'Point', coordinates: lonLat(shape.point) },
});

export const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });

/** A CSV whose positions are given in metres from the origin of the test town. */
export const csv = (header: string, ...rows: string[]): string => [header, ...rows].join('\n');
