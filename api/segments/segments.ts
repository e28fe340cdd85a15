/** Segments as of now are kept rows; this keeps them true as time passes over the beginnings and ends of assignments. */
import type { Knex } from 'knex';
import { touch } from '../database/change-log.ts';

/**
 * Derives anew the segments of roads on which an assignment began or ended since the segments were last true, or of all when a rule did.
 * Call it before reading `segments`. Mostly one indexed question that finds nothing.
 */
export async function ensureCurrent(db: Knex): Promise<void> {
  if ((await roadsDue(db))?.length === 0) return;
  await db.transaction(async (trx) => {
    await trx.raw('select from district for update'); // one request does it, the others find nothing due
    const due = await roadsDue(trx);
    if (due?.length !== 0) await refreshSegments(trx, due);
    await trx('district').update({ segments_at: trx.raw('now()') });
    await touch(trx, 'assignments');
  });
}

/** Derives the segments of roads (null: all) in the caller's transaction. */
export async function refreshSegments(trx: Knex, roadIds: number[] | null): Promise<void> {
  await trx.raw('select refresh_segments(?::integer[])', [roadIds]);
}

/**
 * Derives all segments, as of now, when what they stand on was changed as a whole. Locks the district before its roads, as
 * `ensureCurrent` does; so call it before anything else is locked, or lock the district first.
 */
export async function refreshAll(trx: Knex): Promise<void> {
  await trx.raw('select from district for update');
  await refreshSegments(trx, null);
  await trx('district').update({ segments_at: trx.raw('now()') });
}

/** Roads whose kept segments are not true at the moment any more. Null: all of them, because a rule began or ended. */
export async function roadsDue(db: Knex): Promise<number[] | null> {
  // The moment as a subquery and not a join, and the condition of the partial index in its words: else all assignments of a
  // city are read (100 ms of every answer with half a million).
  const since = '(select segments_at from district)';
  const { rows } = await db.raw<{ rows: { road_id: number | null }[] }>(`
    select null as road_id from role_rules
    where lower(validity) > ${since} and lower(validity) <= now()
      or upper(validity) > ${since} and upper(validity) <= now()
    union
    select road_id from assignments where lower(validity) > ${since} and lower(validity) <= now()
    union
    select road_id from assignments
    where not upper_inf(validity) and upper(validity) > ${since} and upper(validity) <= now()
    order by road_id`);
  if (rows.some(({ road_id }) => road_id === null)) return null;
  return rows.map(({ road_id }) => road_id!);
}
