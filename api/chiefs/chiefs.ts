/** The rules for chiefs: the zone is one that is there, a key belongs to one chief, and nothing changes untold (R61). */
import type { Knex } from 'knex';
import { openChange, remember, touch } from '../database/change-log.ts';
import { notFound, Problem } from '../problems.ts';
import type { Chief, ChiefChange, NewChief } from './chiefs.contract.ts';
import { findChief } from './chiefs.queries.ts';

/**
 * @throws Problem `invalid` for a zone that is not there, `conflict` for an external_id that another chief has.
 */
export async function createChief(db: Knex, actor: string, chief: NewChief): Promise<Chief> {
  return db.transaction(async (trx) => {
    await requireZone(trx, chief.zone_id);
    await requireFree(trx, chief.external_id);
    const change_id = await openChange(trx, { actor, kind: 'create_chief', details: chief });
    const [row] = await trx('chiefs')
      .insert({ ...chief, change_id })
      .returning<{ id: number }[]>('id');
    await touch(trx, 'chiefs');
    return findChief(trx, row!.id);
  });
}

/**
 * Changes what is given and keeps the row as it was in `history`. What changes nothing is not a change.
 * @throws Problem `not_found` for the chief, `invalid` for a zone that is not there.
 */
export async function changeChief(db: Knex, actor: string, id: number, change: ChiefChange): Promise<Chief> {
  return db.transaction(async (trx) => {
    const before = await trx('chiefs').where({ id }).forUpdate().first<Record<string, unknown> | undefined>();
    if (!before) throw notFound('chief', id, 'The chiefs are at /api/chiefs.');
    const news = Object.fromEntries(Object.entries(change).filter(([field, value]) => before[field] !== value));
    if (Object.keys(news).length > 0) {
      await requireZone(trx, change.zone_id);
      const change_id = await openChange(trx, { actor, kind: 'change_chief', details: { id, ...news } });
      await remember(trx, change_id, 'chiefs', [id]);
      await trx('chiefs')
        .where({ id })
        .update({ ...news, change_id });
      await touch(trx, 'chiefs');
    }
    return findChief(trx, id);
  });
}

async function requireZone(trx: Knex, zone_id: number | null | undefined): Promise<void> {
  if (zone_id === null || zone_id === undefined) return;
  // Locked, so that it is still there when the chief points to it.
  if (await trx('zones').where({ id: zone_id }).forKeyShare().first('id')) return;
  throw new Problem('invalid', `There is no zone ${zone_id}.`, {
    hint: 'Choose one of /api/zones, or null for none.',
    errors: [{ path: 'zone_id', message: 'the id of a zone', came: zone_id }],
  });
}

async function requireFree(trx: Knex, external_id: string | null): Promise<void> {
  if (external_id === null) return;
  const other = await trx('chiefs')
    .where({ external_id })
    .first<{ id: number; name: string } | undefined>('id', 'name');
  if (!other) return;
  throw new Problem('conflict', `The external_id "${external_id}" belongs to chief ${other.id}, ${other.name}.`, {
    hint: `Change that one with PATCH /api/chiefs/${other.id}, or use another external_id.`,
  });
}
