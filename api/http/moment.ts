/** `at=`, `from=`, `valid_from`: a day means its first moment in the district's time zone. */
import type { Knex } from 'knex';

/** SQL for a moment; the connection's time zone is the district's, so a bare day needs no more than the cast. */
export const momentSql = (db: Knex, moment: string | undefined): Knex.Raw =>
  moment === undefined ? db.raw('now()') : db.raw('?::timestamptz', [moment]);
