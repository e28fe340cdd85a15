/**
 * Every write has a change: who, when, what. The rows it makes point to it, and rows it changes in place are kept in
 * `history` as they were (R61: who held what, when, can always be answered).
 */
import type { Knex } from 'knex';

export type DataKind = 'roads' | 'zones' | 'chiefs' | 'assignments' | 'issues' | 'patrols' | 'rules' | 'standing';

/** Opens a change and returns its id. Call it inside the transaction that writes. */
export async function openChange(
  trx: Knex,
  change: { actor: string; kind: string; note?: string | undefined; details?: object },
): Promise<number> {
  const [row] = await trx('change_log')
    .insert({
      actor: change.actor,
      kind: change.kind,
      note: change.note ?? null,
      details: JSON.stringify(change.details ?? {}),
    })
    .returning<{ id: number }[]>('id');
  return row!.id;
}

/** Keeps rows as they are now, before they are changed in place. */
export async function remember(
  trx: Knex,
  change_id: number,
  table: 'roads' | 'zones' | 'chiefs' | 'assignments' | 'issues',
  ids: number[],
): Promise<void> {
  if (ids.length === 0) return;
  await trx.raw(
    `insert into history (change_id, table_name, row_id, before)
     select ?, ?, t.id, to_jsonb(t) from ${table} t where t.id = any (?)`,
    [change_id, table, ids],
  );
}

/** Tells readers (tile ETags, the network in memory) that kinds of data changed. Last in a transaction: it locks the row. */
export async function touch(trx: Knex, ...kinds: DataKind[]): Promise<void> {
  await trx('data_versions').whereIn('kind', kinds).orderBy('kind').increment('version', 1);
}

/** The version of each kind of data. */
export async function dataVersions(db: Knex): Promise<Record<DataKind, number>> {
  const rows = await db('data_versions').select<{ kind: DataKind; version: number }[]>('kind', 'version');
  return Object.fromEntries(rows.map(({ kind, version }) => [kind, version])) as Record<DataKind, number>;
}
