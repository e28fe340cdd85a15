/** The rows of a file as drafts of one kind, and those that are refused. */
import { RowRefused, type Cells } from './cells.ts';
import { guessColumns, pickFields, type ColumnGuess } from './files/columns.ts';
import { isRejected, type SourceFile, type SourceRow } from './files/source-file.ts';
import type { ImportKind, ImportOptions, Refusal } from './import-kind.ts';
import type { ImportKind as KindName } from './imports.contract.ts';

export type Progress = (step: string, done: number, total: number | null) => void;

export type Wanted = ImportOptions & {
  kind: KindName;
  /** Our column to theirs, for those that are not to be guessed. */
  columns?: Record<string, string> | undefined;
  /** Changes a row after it was read: the demo district moves its dates. */
  amend?: ((row: SourceRow) => SourceRow) | undefined;
};

/** @throws Problem `invalid` for a column that is not in the file. */
export async function chooseColumns(file: SourceFile, { kind, columns }: Wanted): Promise<ColumnGuess> {
  try {
    return guessColumns(kind, file.columns, columns ?? {});
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Ours to theirs, for the report. */
export const columnsOf = ({ fields }: ColumnGuess): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields as Record<string, { column: string }>).map(([field, { column }]) => [field, column]),
  );

/** OpenStreetMap has a column for every tag; a dozen are enough to see what was left. */
export function unusedNote({ unused }: ColumnGuess): string[] {
  if (unused.length === 0) return [];
  const more = unused.length > 12 ? ` and ${unused.length - 12} more` : '';
  return [`Columns not used: ${unused.slice(0, 12).join(', ')}${more}.`];
}

export type Read = { rows: number; passed: number; drafts: unknown[]; refused: Refusal[] };

export async function readRows(
  file: SourceFile,
  kind: ImportKind<unknown>,
  guess: ColumnGuess,
  request: Wanted,
  progress: Progress,
): Promise<Read> {
  const read: Read = { rows: 0, passed: 0, drafts: [], refused: [] };
  for await (const row of file.rows()) {
    read.rows += 1;
    if (read.rows % 5_000 === 0) progress('reading the file', read.rows, file.count);
    if (isRejected(row)) {
      read.refused.push({ row: row.row, reason: row.rejected });
      continue;
    }
    const amended = request.amend ? request.amend(row) : row;
    const picked: Record<string, unknown> = pickFields(guess, request.kind, amended.properties);
    const cells: Cells = (column) => picked[column];
    try {
      const drafts = kind.read(amended, cells, request);
      if (drafts.length === 0) read.passed += 1;
      else read.drafts.push(...drafts);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      read.refused.push({ row: row.row, reason: error.message });
    }
  }
  return read;
}
