/**
 * The schema as text: tables, columns, constraints, indexes and functions, in an order that never changes.
 * Written by hand because pg_dump is not part of the embedded engine. `migrations/schema.sql` is its output.
 */
import type { Database } from './connect.ts';

type Column = { table: string; name: string; type: string; nullable: boolean; standard: string | null; kind: string };
type Named = { table: string; text: string };

// knex's own book-keeping is not ours to describe.
const ours = `n.nspname = current_schema() and c.relkind = 'r' and c.relname !~ '^knex_'`;

/** @returns SQL-like text that is equal for equal schemas, on PostgreSQL 15 to 18. */
export async function describeSchema(db: Database): Promise<string> {
  const ask = async <Row>(text: string): Promise<Row[]> => (await db.raw<{ rows: Row[] }>(text)).rows;
  const columns = await ask<Column>(`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as standard,
      case when a.attidentity <> '' then 'identity' when a.attgenerated <> '' then 'generated' else '' end as kind
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${ours} order by c.relname, a.attnum`);
  // PostgreSQL 18 lists "not null" as constraints too; the columns already say it.
  const constraints = await ask<Named>(`
    select c.relname as table, format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) as text
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and k.contype <> 'n' order by c.relname, k.contype, k.conname`);
  const indexes = await ask<Named>(`
    select c.relname as table, pg_get_indexdef(i.indexrelid) as text
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    order by c.relname, i.indexrelid::regclass::text`);
  const functions = await ask<{ text: string }>(`
    select format('%s(%s) returns %s', p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)) as text
    from pg_proc p where p.pronamespace = current_schema()::regnamespace order by p.proname, p.oid::regprocedure::text`);
  const [{ schema } = { schema: '' }] = await ask<{ schema: string }>(`select current_schema() as schema`);

  const tables = [...new Set(columns.map((column) => column.table))].map((table) => {
    const parts = [
      ...columns.filter((column) => column.table === table).map(columnText),
      ...constraints.filter((constraint) => constraint.table === table).map(({ text }) => text),
    ];
    const after = indexes.filter((index) => index.table === table).map(({ text }) => `${text};\n`);
    return `create table ${table} (\n  ${parts.join(',\n  ')}\n);\n${after.join('')}`;
  });
  const text = [...tables, functions.map((row) => `-- function ${row.text}\n`).join('')].join('\n');
  // The schema's own name is the district's: no statement names it, so the description does not either.
  return text.replaceAll(`"${schema}".`, '').replaceAll(`${schema}.`, '').replaceAll('public.', '');
}

function columnText({ name, type, nullable, standard, kind }: Column): string {
  const how =
    kind === 'identity'
      ? ' generated as identity'
      : kind === 'generated'
        ? ` generated always as (${standard})`
        : standard
          ? ` default ${standard}`
          : '';
  return `${name} ${type}${nullable ? '' : ' not null'}${how}`;
}
