/** The code list of parts and matters (geodata/codes), brought into the table that issues point to. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Knex } from 'knex';

const file = new URL('../../geodata/codes/categories.csv', import.meta.url);
const columns = ['kind', 'code', 'class_code', 'class_name_zh', 'class_name_en', 'name_zh', 'name_en', 'surface'];

/**
 * Adds what is missing and updates what is worded anew; a code that is no longer in the list stays, because issues may
 * point to it. Idempotent, 30 ms: called at every start.
 */
export async function loadCategories(db: Knex): Promise<void> {
  const rows = parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[];
  await db.raw(
    `insert into categories (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::categories, ?::jsonb)
     on conflict (kind, code) do update set ${columns
       .slice(2)
       .map((column) => `${column} = excluded.${column}`)
       .join(', ')}`,
    [JSON.stringify(rows)],
  );
}
