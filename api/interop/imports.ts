/**
 * A file into the database: read row by row, bad rows refused with their number and reason, the rest written in one
 * transaction together with everything that follows from it. What breaks half-way leaves the database as it was.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { openChange, touch } from '../database/change-log.ts';
import { Problem } from '../problems.ts';
import { RowRefused, type Cells } from './cells.ts';
import { guessColumns, pickFields, type ColumnGuess } from './files/columns.ts';
import { openFile } from './files/open-file.ts';
import { formatTitles, isRejected, type SourceFile, type SourceRow } from './files/source-file.ts';
import { importAssignments } from './import-assignments.ts';
import { importChiefs } from './import-chiefs.ts';
import { importIssues } from './import-issues.ts';
import type { ImportKind, ImportOptions, Outcome, Refusal } from './import-kind.ts';
import { importRoads } from './import-roads.ts';
import { importZones } from './import-zones.ts';
import type { ImportKind as KindName, ImportReport } from './imports.contract.ts';
import { readReach } from './reach.ts';

export type ImportRequest = ImportOptions & {
  kind: KindName;
  /** The file's own name, where `path` is that of an upload. */
  name?: string | undefined;
  crs?: string | undefined;
  encoding?: string | undefined;
  layer?: string | undefined;
  /** Our column to theirs, for those that are not to be guessed. */
  columns?: Record<string, string> | undefined;
  /** Changes a row after it was read: the demo district moves its dates. */
  amend?: ((row: SourceRow) => SourceRow) | undefined;
};

export type Progress = (step: string, done: number, total: number | null) => void;

// oxlint-disable-next-line typescript/no-explicit-any -- each kind reads what it writes; the table cannot say so
const kinds: Record<KindName, ImportKind<any>> = {
  roads: importRoads,
  zones: importZones,
  chiefs: importChiefs,
  assignments: importAssignments,
  issues: importIssues,
};

/**
 * Imports a file. Sending the same file again updates what changed and adds nothing twice.
 * @throws Problem `unreadable`, `too_large` or `invalid` for a file that cannot be read, `invalid` when none of its rows
 * could be taken (the report is in `more.report`), `busy` while another import runs. Nothing is written then.
 */
export async function importFile(
  db: Knex,
  path: string,
  request: ImportRequest,
  { actor, progress = () => {} }: { actor: string; progress?: Progress },
): Promise<ImportReport> {
  const began = performance.now();
  const kind = kinds[request.kind];
  const name = request.name ?? basename(path);
  const file = await openFile(path, { ...request, name });
  progress('reading the file', 0, file.count);
  const guess = await chooseColumns(file, request);
  const read = await readRows(file, kind, guess, request, progress);
  const sha256 = await hashOf(path);
  const told = {
    kind: request.kind,
    file: name,
    format: formatTitles[file.format],
    crs: file.crs.used,
    encoding: file.encoding,
    columns: columnsOf(guess),
    rows: read.rows,
  };
  const notes = [
    ...file.notes,
    ...unusedNote(guess),
    ...(read.passed > 0 && kind.passed ? [kind.passed(read.passed)] : []),
  ];
  const report = (outcome: Outcome): ImportReport => {
    const rejections = [...read.refused, ...outcome.refused].toSorted((a, b) => a.row - b.row);
    return {
      id: null,
      ...told,
      notes: [...notes, ...outcome.notes],
      created: outcome.created,
      updated: outcome.updated,
      unchanged: outcome.unchanged,
      rejected: new Set(rejections.map(({ row }) => row)).size,
      rejections,
      needs_decision: outcome.needs_decision,
      length_m: outcome.length_m,
      seconds: Math.round(performance.now() - began) / 1000,
      actor,
      at: new Date().toISOString(),
    };
  };
  if (read.drafts.length === 0) throw nothingTaken(report(empty));
  return db.transaction(async (trx) => {
    await alone(trx);
    const change_id = await openChange(trx, { actor, kind: `import_${request.kind}`, details: { file: name, sha256 } });
    const outcome = await kind.write(
      { trx, change_id, crs: file.crs.used, reach: await readReach(trx), progress },
      read.drafts,
    );
    const made = report(outcome);
    if (made.created + made.updated + made.unchanged === 0) throw nothingTaken(made);
    progress('closing the import', 0, null);
    const [row] = await trx('imports')
      .insert({ change_id, kind: request.kind, file: name, sha256, report: JSON.stringify(made) })
      .returning<{ id: number }[]>('id');
    if (made.created + made.updated > 0) await touch(trx, ...kind.touches);
    return { ...made, id: row!.id };
  });
}

const empty: Outcome = {
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: [],
  notes: [],
  needs_decision: [],
  length_m: null,
};

async function chooseColumns(file: SourceFile, { kind, columns }: ImportRequest): Promise<ColumnGuess> {
  try {
    return guessColumns(kind, file.columns, columns ?? {});
  } catch (error) {
    await file.close();
    throw error;
  }
}

const columnsOf = ({ fields }: ColumnGuess): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields as Record<string, { column: string }>).map(([field, { column }]) => [field, column]),
  );

/** OpenStreetMap has a column for every tag; a dozen are enough to see what was left. */
function unusedNote({ unused }: ColumnGuess): string[] {
  if (unused.length === 0) return [];
  const more = unused.length > 12 ? ` and ${unused.length - 12} more` : '';
  return [`Columns not used: ${unused.slice(0, 12).join(', ')}${more}.`];
}

type Read = { rows: number; passed: number; drafts: unknown[]; refused: Refusal[] };

async function readRows(
  file: SourceFile,
  kind: ImportKind<unknown>,
  guess: ColumnGuess,
  request: ImportRequest,
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

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Two imports at once would derive the same segments twice; the second is asked to come again. */
async function alone(trx: Knex): Promise<void> {
  const { rows } = await trx.raw<{ rows: { free: boolean }[] }>(
    `select pg_try_advisory_xact_lock(hashtext('luzhang import'), hashtext(current_schema())) as free`,
  );
  if (!rows[0]!.free)
    throw new Problem('busy', 'Another import is under way.', { hint: 'Send this one again when it is done.' });
}

/** The most frequent reason stands for all: a file of which nothing fits has mostly one fault. */
function nothingTaken(report: ImportReport): Problem {
  if (report.rows === 0) {
    return new Problem('invalid', `${report.file} has no rows.`, {
      hint: 'Export it again, with its records.',
      more: { report: onWire(report) },
    });
  }
  const counts = new Map<string, number>();
  for (const { reason } of report.rejections) counts.set(shape(reason), (counts.get(shape(reason)) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  const first = report.rejections.find(({ reason }) => shape(reason) === most?.[0]);
  const hint = report.notes.find((note) => /swapped|look like/.test(note));
  return new Problem(
    'invalid',
    `None of the ${report.rows} rows of ${report.file} could be taken; row ${first?.row}: ${first?.reason.replace(/[.?]$/, '')}.`,
    {
      hint:
        hint ??
        'The report lists every row and its reason. Correct the file, or say which column is what (columns) and which system it is in (crs).',
      more: { report: onWire(report) },
    },
  );
}

const shape = (reason: string): string => reason.replace(/[\d.,-]+|"[^"]*"/g, '#');

/** The first 1,000 rejected rows; the rest is in the database. */
export const onWire = (report: ImportReport): ImportReport => ({
  ...report,
  rejections: report.rejections.slice(0, 1000),
});

/** Reports of the last imports, the newest first. */
export async function listImports(db: Knex): Promise<ImportReport[]> {
  const rows = await db('imports')
    .orderBy('id', 'desc')
    .limit(100)
    .select<{ id: number; report: ImportReport }[]>('id', 'report');
  return rows.map(({ id, report }) => onWire({ ...report, id }));
}
