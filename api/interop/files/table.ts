/** What CSV and Excel share: a header somewhere near the top, then records of cells. */
import { findGeometry, type TableGeometry } from './table-geometry.ts';
import { type FileOptions, type RejectedRow, type SourceRow, unreadable } from './source-file.ts';

/** One line of a table as it stands, with its number in the file; `broken` when the line itself could not be read. */
export type TableLine = { row: number; cells: unknown[]; broken?: string };

export type Table = {
  columns: string[];
  geometry: TableGeometry | null;
  notes: string[];
  /** The lines under the header. */
  lines: AsyncGenerator<TableLine>;
};

/**
 * Finds the header: the first of four lines that has two cells or more, because lists of Chinese offices often begin with
 * a title in a cell of its own; in a table of one column the first line. null when there is no line at all.
 */
export async function readTable(lines: AsyncGenerator<TableLine>, options: FileOptions): Promise<Table | null> {
  const first: TableLine[] = [];
  let at = -1;
  while (first.length < 4 && at < 0) {
    const next = await lines.next();
    if (next.done) break;
    const filled = next.value.cells.filter((cell) => !isEmpty(cell)).length;
    if (filled === 0 && !next.value.broken) continue;
    first.push(next.value);
    if (filled > 1) at = first.length - 1;
  }
  const header = first[Math.max(at, 0)];
  if (!header) return null;
  if (header.broken)
    throw unreadable(`Row ${header.row}, where the header should be: ${header.broken}.`, 'Correct that line.');
  const notes: string[] = [];
  const titles = first.slice(0, Math.max(at, 0)).map(({ cells }) => cells.find((cell) => !isEmpty(cell)));
  if (titles.length > 0) notes.push(`Row ${header.row} is taken as the header; above it: ${titles.join(' / ')}.`);
  const columns = columnNames(header.cells, notes);
  const geometry = findGeometry(columns, options.columns);
  if (geometry) notes.push(`Positions are taken from ${geometry.taken}.`);
  return { columns, geometry, notes, lines: andThen(first.slice(Math.max(at, 0) + 1), lines) };
}

async function* andThen(first: TableLine[], rest: AsyncGenerator<TableLine>): AsyncGenerator<TableLine> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined); // also when the reader stops among the first lines
  }
}

/** The records under the header. */
export async function* tableRows(table: Table): AsyncGenerator<SourceRow | RejectedRow> {
  for await (const line of table.lines) {
    const row = tableRow(line, table);
    if (row) yield row;
  }
}

/** Names in the order of the file: blank ones numbered, repeated ones told apart, so that no cell is lost. */
function columnNames(cells: unknown[], notes: string[]): string[] {
  const names: string[] = [];
  let last = cells.length;
  while (last > 0 && isEmpty(cells[last - 1])) last -= 1;
  for (const [index, cell] of cells.slice(0, last).entries()) {
    const wanted = isEmpty(cell) ? `column_${index + 1}` : String(cell).trim();
    let name = wanted;
    for (let count = 2; names.includes(name); count += 1) name = `${wanted}_${count}`;
    if (name !== wanted) notes.push(`Column "${wanted}" stands there twice; the second is called "${name}".`);
    names.push(name);
  }
  return names;
}

/** A record, or why it is none; null for a line without content. */
function tableRow({ row, cells, broken }: TableLine, { columns, geometry }: Table): SourceRow | RejectedRow | null {
  if (broken) return { row, rejected: broken };
  if (cells.every(isEmpty)) return null;
  const beyond = cells.slice(columns.length).findIndex((cell) => !isEmpty(cell));
  if (beyond >= 0)
    return {
      row,
      rejected: `${columns.length + beyond + 1} cells, but the header has ${columns.length}: a comma or quote too many?`,
    };
  // Cells missing at the end are empty ones that a program did not write; a list of names and phones lives on that.
  const properties: Record<string, unknown> = Object.fromEntries(
    columns.map((column, index) => [column, clean(cells[index])]),
  );
  try {
    return { row, geometry: geometry ? geometry.read(properties) : null, properties };
  } catch (cause) {
    return { row, rejected: (cause as Error).message };
  }
}

const clean = (cell: unknown): unknown => {
  if (isEmpty(cell)) return null;
  return typeof cell === 'string' ? cell.trim() : cell;
};

const isEmpty = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
