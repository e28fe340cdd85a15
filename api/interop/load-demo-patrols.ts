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

/** How long after its end a patrol reaches the district. */
const sentAfter = '3 minutes';

/**
 * Patrols of the reference date itself that would end later than now are left out: nobody has walked them yet.
 * @param days by which all are moved, so that the reference date is today.
 */
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
  let earlier: Promise<unknown> = Promise.resolve();
  let latest = earlier;
  try {
    for (const { external_id, chief_external_id, ...track } of patrols) {
      tell();
      if (endOf(track, days) > Date.now()) continue;
      const body = asUploaded(track, days);
      const path = join(folder, `${external_id}.ndjson`);
      await writeFile(path, body);
      const sha256 = createHash('sha256').update(body).digest();
      const chief_id = chiefs.get(chief_external_id)!;
      // Two at a time: the thread matches one while the database writes the other, in the order of the file.
      latest = receivePatrol(
        trx,
        actor,
        { external_id, chief_id, crs: 'wgs84', path, sha256, format: 'ndjson' },
        roads,
      );
      latest.catch(() => {}); // told when it is waited for
      await earlier;
      earlier = latest;
    }
    await latest;
    // They would all have come in late, after the days on which they were due.
    await trx('patrols').update({
      received_at: trx.raw('least(now(), ended_at + ?::interval)', [sentAfter]),
    });
  } finally {
    await Promise.allSettled([earlier, latest]);
    await rm(folder, { recursive: true, force: true });
  }
}

type Track = Omit<DemoPatrol, 'external_id' | 'chief_external_id'>;

const startOf = ({ started_at }: Track, days: number): number => Date.parse(started_at) + days * 86_400_000;
const endOf = (track: Track, days: number): number =>
  startOf(track, days) + 1000 * track.every_s * (track.positions.length - 1);

function asUploaded(track: Track, days: number): string {
  const { every_s, accuracy_m, positions } = track;
  const start = startOf(track, days);
  return positions
    .map((position, i) => {
      const time = new Date(start + 1000 * every_s * i).toISOString();
      return `${JSON.stringify({ time, position, accuracy_m })}\n`;
    })
    .join('');
}
