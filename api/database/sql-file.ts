/** Loads a question kept in a .sql file beside its queries, so that it can be run and EXPLAINed as it stands. */
import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';

/** The text of a question without its comments, in which knex would bind names too: for one that is filled in before it is asked. */
export const sqlText = (file: URL): string => readFileSync(file, 'utf8').replace(/--.*$/gm, '');

/**
 * @returns a function that asks the question with named bindings (`:at` in the file).
 * `?` operators in the file are taken as they are.
 */
export function sqlFile<Row>(file: URL): (db: Knex, bindings: Record<string, unknown>) => Promise<Row[]> {
  // knex would take `?` for a binding.
  const text = sqlText(file).replaceAll('?', '\\?');
  return async (db, bindings) =>
    (await db.raw<{ rows: Row[] }>(text, bindings as Record<string, Knex.RawBinding>)).rows;
}
