/** The key points of the demo district, through the same rules as one that somebody registers. */
import { readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { createKeyPoint } from '../rules/key-points.ts';

/** @param from since when they are key points. */
export async function loadDemoKeyPoints(
  trx: Knex,
  file: URL,
  { actor, from }: { actor: string; from: string },
): Promise<void> {
  // No value of the demo is quoted (scripts/demo-district/files.ts), so a comma is always a limit.
  const [, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  for (const line of lines) {
    const [external_id, name, lon, lat, reach_m] = line.split(',') as [string, string, string, string, string];
    const given = { external_id, name, position: [Number(lon), Number(lat)] as [number, number], crs: 'wgs84' };
    await createKeyPoint(trx, actor, { ...given, reach_m: Number(reach_m) }, from);
  }
}
