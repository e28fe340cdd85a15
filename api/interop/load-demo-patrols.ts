/** The patrols of the demo district, through the same rules as a walker's upload. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { receivePatrol } from '../patrols/patrols.ts';
import { currentNetwork } from '../roads/road-network.ts';

/** A line of the file: one position every `every_s` from `started_at` on. */
type DemoPatrol = {
  external_id: string;
  chief_external_id: string;
  started_at: string;
  every_s: number;
  accuracy_m: number;
  positions: [number, number][];
};

/** @param days by which all are moved, so that the last of them was walked yesterday. */
export async function loadDemoPatrols(
  trx: Knex,
  file: URL,
  { actor, days, tell }: { actor: string; days: number; tell: () => void },
): Promise<void> {
  const patrols = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DemoPatrol);
  const chiefs = new Map(
    (await trx('chiefs').select<{ id: number; external_id: string }[]>('id', 'external_id')).map(
      ({ id, external_id }) => [external_id, id],
    ),
  );
  const roads = await currentNetwork(trx);
  const folder = await mkdtemp(join(tmpdir(), 'luzhang-demo-'));
  try {
    for (const { external_id, chief_external_id, ...track } of patrols) {
      tell();
      const body = asUploaded(track, days);
      const path = join(folder, 'track.ndjson');
      await writeFile(path, body);
      const sha256 = createHash('sha256').update(body).digest();
      const chief_id = chiefs.get(chief_external_id)!;
      await receivePatrol(trx, actor, { external_id, chief_id, crs: 'wgs84', path, sha256, format: 'ndjson' }, roads);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function asUploaded(
  { started_at, every_s, accuracy_m, positions }: Omit<DemoPatrol, 'external_id' | 'chief_external_id'>,
  days: number,
): string {
  const start = Date.parse(started_at) + days * 86_400_000;
  return positions
    .map((position, i) => {
      const time = new Date(start + 1000 * every_s * i).toISOString();
      return `${JSON.stringify({ time, position, accuracy_m })}\n`;
    })
    .join('');
}
