/** The row of each table as a TypeScript type, read from the catalogue: what `pg` gives for a `select *`. */
import type { Database } from './connect.ts';

/** How the driver gives each SQL type (parsers: connect.ts). Ranges and geometries arrive as text. */
const types: Record<string, string> = {
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  real: 'number',
  'double precision': 'number',
  text: 'string',
  'text[]': 'string[]',
  'bigint[]': 'string[]',
  'integer[]': 'number[]',
  bytea: 'Buffer',
  jsonb: 'unknown',
  'timestamp with time zone': 'Date',
  int4range: 'string',
  tstzrange: 'string',
  date: 'string',
  'time without time zone': 'string',
};

type Column = { table: string; name: string; type: string; nullable: boolean };

/** @throws Error for a column whose SQL type has no entry in the table above. */
export async function rowTypes(db: Database): Promise<string> {
  const { rows } = await db.raw<{ rows: Column[] }>(`
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname !~ '^knex_'
    order by c.relname, a.attnum`);
  const tables = [...new Set(rows.map(({ table }) => table))].map((table) => {
    const members = rows.filter((row) => row.table === table).map((row) => `  ${row.name}: ${typeOf(row)};\n`);
    return `export type ${rowName(table)} = {\n${members.join('')}};\n`;
  });
  return `/** Generated from the migrations by scripts/generate-row-types.ts; do not edit. */\n\n${tables.join('\n')}`;
}

function typeOf({ table, name, type, nullable }: Column): string {
  const plain = type === 'geometry' ? 'string' : types[type];
  if (!plain) throw new Error(`${table}.${name} is ${type}, for which describe-rows.ts has no TypeScript type`);
  return nullable && plain !== 'unknown' ? `${plain} | null` : plain;
}

const rowName = (table: string): string =>
  table
    .replace(/ies$/, 'y')
    .replace(/(?<=ch|ss)es$|s$/, '')
    .split('_')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('') + 'Row';
