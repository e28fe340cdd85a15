/**
 * Which column of a file is which field of ours. Given by the person who imports, else guessed from the name;
 * how each was found is told, so that a wrong guess is seen before it does harm.
 */
import { Problem } from '../../problems.ts';
import type { ImportKind } from '../imports.contract.ts';
import { spellings } from './column-spellings.ts';

type Spellings = typeof spellings;
export type FieldOf<K extends ImportKind> = keyof Spellings[K] & string;

/** `given` by options, `same` name as ours, `guessed` from a known spelling, `cut`: the first ten bytes of one (Shapefile). */
export type ColumnFinding = { column: string; how: 'given' | 'same' | 'guessed' | 'cut' };

export type ColumnGuess<K extends ImportKind = ImportKind> = {
  fields: Partial<Record<FieldOf<K>, ColumnFinding>>;
  /** Columns of the file that no field takes. */
  unused: string[];
};

/**
 * @param columns the names in the file; @param given our field to their column.
 * Throws a Problem for a field or a column that does not exist. A column serves one field.
 */
export function guessColumns<K extends ImportKind>(
  kind: K,
  columns: string[],
  given: Record<string, string> = {},
): ColumnGuess<K> {
  const fields = Object.keys(spellings[kind]) as FieldOf<K>[];
  refuseUnknown(kind, fields, columns, given);
  const found: ColumnGuess<K>['fields'] = {};
  const free = new Set(columns);
  const take = (field: FieldOf<K>, column: string | undefined, how: ColumnFinding['how']): void => {
    if (column === undefined || found[field]) return;
    found[field] = { column, how };
    free.delete(column);
  };
  for (const field of fields) take(field, given[field], 'given');
  for (const field of fields) take(field, spelled(free, field), 'same');
  // Field by field and, within one, spelling by spelling: the tables are ordered from the surest to the vaguest.
  for (const [how, test] of tests)
    for (const field of fields)
      for (const spelling of found[field] ? [] : spellingsOf(kind, field))
        take(
          field,
          [...free].find((column) => test(column, spelling)),
          how,
        );
  return { fields: found, unused: [...free] };
}

/**
 * The values of a row under our field names; null for what the row does not have. A field without a column takes a
 * property of its own name: tags such as `layer` may first appear after the rows that columns were gathered from.
 */
export function pickFields<K extends ImportKind>(
  guess: ColumnGuess<K>,
  kind: K,
  properties: Record<string, unknown>,
): Record<FieldOf<K>, unknown> {
  const fields = Object.keys(spellings[kind]) as FieldOf<K>[];
  const value = (field: FieldOf<K>): unknown => properties[guess.fields[field]?.column ?? field] ?? null;
  return Object.fromEntries(fields.map((field) => [field, value(field)])) as Record<FieldOf<K>, unknown>;
}

/** For the report, a line a field: `name ← 道路名称 (guessed)`. */
export function describeColumns(guess: ColumnGuess): string[] {
  const lines = Object.entries(guess.fields as Record<string, ColumnFinding>).map(
    ([field, { column, how }]) => `${field} ← ${column} (${hows[how]})`,
  );
  return guess.unused.length > 0 ? [...lines, `not used: ${guess.unused.join(', ')}`] : lines;
}

const hows: Record<ColumnFinding['how'], string> = {
  given: 'given',
  same: 'same name',
  guessed: 'guessed',
  cut: 'guessed from a name cut to ten bytes',
};

const spellingsOf = (kind: ImportKind, field: string): readonly string[] => [
  field,
  ...(spellings[kind] as Record<string, readonly string[]>)[field]!,
];

/** Case, spaces, underscores, colons and full-width forms do not tell names apart: "Street Name" is street_name. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.:()/]/g, '');

const spelled = (columns: Iterable<string>, spelling: string): string | undefined =>
  [...columns].find((column) => plain(column) === plain(spelling));

const tests: [ColumnFinding['how'], (column: string, spelling: string) => boolean][] = [
  ['guessed', (column, spelling) => plain(column) === plain(spelling)],
  ['cut', isCut],
];

/** A .dbf keeps ten bytes of a name: parent_cod; three Chinese characters are nine bytes in UTF-8, five are ten in GBK. */
function isCut(column: string, spelling: string): boolean {
  const bytes = Buffer.byteLength(column);
  const full = /^[\x20-\x7e]*$/.test(column) ? bytes === 10 : column.length === 3 || column.length === 5;
  return full && plain(spelling).length > plain(column).length && plain(spelling).startsWith(plain(column));
}

function refuseUnknown(kind: ImportKind, fields: string[], columns: string[], given: Record<string, string>): void {
  for (const [field, column] of Object.entries(given)) {
    // These name positions, of any kind of file; openFile looks at them.
    if (!fields.includes(field) && !['lon', 'lat', 'x', 'y', 'wkt', 'geometry'].includes(field))
      throw new Problem('invalid', `${kind} have no field "${field}".`, { hint: `They have: ${fields.join(', ')}.` });
    if (!columns.includes(column))
      throw new Problem('invalid', `There is no column "${column}" in the file.`, {
        hint: `It has: ${columns.join(', ')}.`,
      });
  }
}
