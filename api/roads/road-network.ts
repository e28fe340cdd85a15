/**
 * The road network in memory, as current as the tables.
 *
 * Every question first reads the versions of roads and zones (two rows), so an answer is never older than the last
 * committed write. Kept per database and district; a schema dropped and made again under the same name, whose versions
 * start at 1 again, is another district.
 */
import type { Knex } from 'knex';
import { isOf, loadNetwork, networkState, type NetworkState, type RoadNetwork } from './load-road-network.ts';

export type { DistrictPlace, RoadNetwork } from './load-road-network.ts';

type Kept = { done: RoadNetwork | null; loading: { state: NetworkState; promise: Promise<RoadNetwork> } | null };

/** By knex's configuration object, which a database and its transactions share; then by NetworkState.key. */
const databases = new WeakMap<object, Map<string, Kept>>();

/**
 * The network of the district that `db` looks at. Requests at the same moment share one load.
 *
 * In a transaction it uses that connection only (the embedded engine has no other, so waiting for a load that another
 * request began would wait for ever), and what the transaction itself wrote to the roads is seen but never kept: after a
 * rollback the same version would come again with other roads. A transaction that did not write them shares what is kept.
 */
export async function currentNetwork(db: Knex): Promise<RoadNetwork> {
  const state = await networkState(db);
  const kept = keptOf(db, state.key);
  if (db.isTransaction && (await wroteRoads(db))) return loadNetwork(db, state, kept.done);
  if (kept.done && isOf(kept.done, state)) return kept.done;
  if (db.isTransaction) return keep(kept, await loadNetwork(db, state, kept.done));

  const { loading } = kept;
  if (loading?.state.roads === state.roads && loading.state.zones === state.zones) return loading.promise;
  const own = { state, promise: loadNetwork(db, state, kept.done) };
  kept.loading = own;
  try {
    return keep(kept, await own.promise);
  } finally {
    if (kept.loading === own) kept.loading = null;
  }
}

/** A slow load must not put an older network over a newer one. */
function keep(kept: Kept, loaded: RoadNetwork): RoadNetwork {
  const age = ({ version, zones_version }: RoadNetwork): number => version + zones_version; // both only grow
  if (!kept.done || age(kept.done) < age(loaded)) kept.done = loaded;
  return loaded;
}

function keptOf(db: Knex, key: string): Kept {
  const { config } = db.client as { config: object };
  const districts = databases.get(config) ?? new Map<string, Kept>();
  databases.set(config, districts);
  const kept = districts.get(key) ?? { done: null, loading: null };
  districts.set(key, kept);
  return kept;
}

/**
 * Whether this transaction has changed what the network is made of, touched the versions or not: whoever inserts, updates
 * or deletes rows of a table holds its RowExclusiveLock until the end. (Reading, `for update` and foreign keys take weaker ones.)
 */
async function wroteRoads(trx: Knex): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { wrote: boolean }[] }>(
    `select exists (
       select from pg_locks
       where locktype = 'relation' and pid = pg_backend_pid() and granted
         and relation in ('roads'::regclass, 'road_nodes'::regclass, 'zone_stretches'::regclass)
         and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
     ) as wrote`,
  );
  return rows[0]!.wrote;
}
