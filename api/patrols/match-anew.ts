/**
 * Matches patrols anew when roads changed, by comparing versions: each patrol knows the version of the roads it was
 * matched with, and a digest of the roads around its track (function roads_digest). When the roads have another version,
 * the digests are compared; where nothing changed around a track, its version is brought up to date, and what is left
 * over is matched anew. So it does not matter who changed a road or how, whether this process saw it happen, or whether
 * it was stopped in between: the comparison at the next start finds the same.
 */
import type { Knex } from 'knex';
import { touch } from '../database/change-log.ts';
import { crsDefinition } from '../roads/read-position.ts';
import { currentNetwork } from '../roads/road-network.ts';
import { askWithNetwork } from './ask-thread.ts';
import { findRawTrack } from './patrols.queries.ts';
import { LEAST_CONFIDENCE, writePasses } from './store-patrol.ts';

/** How many digests are compared in one statement: each reads the roads around a track, 1 to 5 ms. */
const BATCH = 20;

/**
 * Brings all patrols up to the roads as they are.
 * @param stopped is asked between two patrols.
 * @returns how many were matched anew.
 * @throws AggregateError of what went wrong with some, when the others are done.
 */
export async function matchAnew(db: Knex, stopped: () => boolean = () => false): Promise<number> {
  await creditAnew(db);
  const faults: unknown[] = [];
  let matched = 0;
  let batch = await compareBatch(db, 0);
  while (batch.length > 0) {
    for (const { id, changed } of batch) {
      if (stopped()) return matched;
      if (!changed) continue;
      try {
        if (await matchOne(db, id)) matched += 1;
      } catch (error) {
        faults.push(error); // one that cannot be matched must not keep the others from it
      }
    }
    batch = await compareBatch(db, batch.at(-1)!.id);
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} patrols could not be matched anew`);
  return matched;
}

/** The next patrols that were matched with other roads than those of now; unchanged ones are marked as up to date. */
async function compareBatch(db: Knex, after: number): Promise<{ id: number; changed: boolean }[]> {
  const { rows } = await db.raw<{ rows: { id: number; changed: boolean }[] }>(
    `with roads_now as (select version from data_versions where kind = 'roads'),
     batch as (
       select t.id, t.roads_digest is distinct from roads_digest(t.extent) as changed
       from patrols t, roads_now
       where t.id > ? and (t.network_version <> roads_now.version or t.roads_digest is null)
       order by t.id limit ?
     ),
     unchanged as (
       update patrols t set network_version = roads_now.version
       from batch b, roads_now where b.id = t.id and not b.changed
     )
     select * from batch order by id`,
    [after, BATCH],
  );
  return rows;
}

/** @returns whether it was written; not when it is gone, or another process did it meanwhile. */
async function matchOne(db: Knex, id: number): Promise<boolean> {
  const { network, place, version } = await currentNetwork(db);
  const { fixes: _fixes, ...raw } = await findRawTrack(db, id);
  const { srid, definition, extent } = place;
  const crs = await crsDefinition(db, raw.sent_crs);
  const matched = await askWithNetwork(network, 'match', { raw, crs, place: { srid, definition, extent } });
  return db.transaction(async (trx) => {
    const kept = await trx('patrols')
      .where({ id })
      .forUpdate()
      .first<{ network_version: number; roads_digest: string | null } | undefined>('network_version', 'roads_digest');
    if (!kept || (kept.network_version >= version && kept.roads_digest !== null)) return false;
    await writePasses(trx, id, matched, version);
    await touch(trx, 'patrols');
    return true;
  });
}

/** Where another release credited by another confidence. */
async function creditAnew(db: Knex): Promise<void> {
  const other = await db('patrols').whereRaw('least_confidence <> ?::real', [LEAST_CONFIDENCE]).first('id');
  if (!other) return;
  await db.transaction(async (trx) => {
    await trx.raw('update passes set credited = confidence >= ?::real', [LEAST_CONFIDENCE]);
    await trx.raw(
      `update patrols t set least_confidence = ?, walked_cm = totals.walked_cm, matched_cm = totals.matched_cm
       from patrols o, lateral pass_totals(o.id) totals where o.id = t.id`,
      [LEAST_CONFIDENCE],
    );
    await touch(trx, 'patrols');
  });
}
