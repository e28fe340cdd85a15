/** What is kept of the looks at the whole inventory: which versions they saw, and the faults they found. */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { touch, type DataKind } from '../database/change-log.ts';
import { sqlFile } from '../database/sql-file.ts';
import { inSlices } from './in-slices.ts';
import type { StandingFault } from './standing-faults.ts';

type State = { versions: Record<DataKind, number>; looked: Record<string, string>; today: string };

/** The versions of the data, those that each kind of fault was looked at with, and the day in the district. */
export async function standingState(db: Knex): Promise<State> {
  const { rows } = await db.raw<{ rows: State[] }>(
    `select
       (select jsonb_object_agg(kind, version) from data_versions) as versions,
       (select coalesce(jsonb_object_agg(kind, versions), '{}') from standing_looks) as looked,
       current_date::text as today`,
  );
  return rows[0]!;
}

export type LookMade = {
  /** The versions of the look before, as they were when this one began; null when it is the first. */
  seen: string | null;
  /** The versions that were looked at. */
  versions: string;
  /** Whether the look before would have found what this one finds. */
  comparable: boolean;
};

// A fault is some 300 bytes of JSON, but a part of the network that hangs on nothing may be a village.
const BATCH = 1_000;

const endStanding = sqlFile<{ id: number }>(new URL('./end-standing.sql', import.meta.url));
const beginStanding = sqlFile<{ id: number }>(new URL('./begin-standing.sql', import.meta.url));

/**
 * Brings the rows of a kind to what a look found, in a transaction that locks the row of its look. Writes nothing when
 * another look was written since it began.
 */
export async function writeStanding(db: Knex, kind: string, found: StandingFault[], made: LookMade): Promise<void> {
  const digests = await inSlices(digestsOf(found));
  await db.transaction(async (trx) => {
    const before = await lockLook(trx, kind);
    if (before.versions !== (made.seen ?? '')) return;
    const rows = await trx('standing_faults')
      .where({ kind })
      .whereRaw('upper_inf(validity)')
      .select<{ id: number; key: string; digest: string }[]>('id', 'key', 'digest');
    const kept = new Map(rows.map((row) => [row.key, row]));
    const ended = rows.filter(({ key }) => !digests.has(key)).map(({ id }) => id);
    const differing = found.filter(({ key }) => kept.get(key)?.digest !== digests.get(key));
    // A moment at which the same look did not find what it finds now.
    const not_before = made.comparable ? before.looked_at : null;
    if (ended.length > 0) await endStanding(trx, { ids: ended, not_before });
    for (let start = 0; start < differing.length; start += BATCH) {
      const batch = differing.slice(start, start + BATCH).map((fault) => ({
        ...fault,
        id: kept.get(fault.key)?.id ?? null,
        digest: digests.get(fault.key),
        span: fault.span && `[${fault.span.join()})`,
      }));
      await beginStanding(trx, { kind, not_before, faults: JSON.stringify(batch) });
    }
    await trx('standing_looks')
      .where({ kind })
      .update({ versions: made.versions, looked_at: trx.raw('now()') });
    if (ended.length + differing.length > 0) await touch(trx, 'standing');
  });
}

/** No versions before the first look. */
async function lockLook(trx: Knex, kind: string): Promise<{ versions: string; looked_at: Date }> {
  await trx('standing_looks').insert({ kind, versions: '' }).onConflict('kind').ignore();
  return (await trx('standing_looks').where({ kind }).forUpdate().first('versions', 'looked_at'))!;
}

/** By key. 100,000 faults take half a second. */
function* digestsOf(faults: readonly StandingFault[]): Generator<void, Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { since: _since, since_roads: _roads, ...told } of faults) {
    digests.set(told.key, createHash('sha1').update(JSON.stringify(told)).digest('base64url').slice(0, 16));
    if (digests.size % 100 === 0) yield;
  }
  return digests;
}
