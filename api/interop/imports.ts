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
import { openFile } from './files/open-file.ts';
import { formatTitles } from './files/source-file.ts';
import { importAssignments } from './import-assignments.ts';
import { importChiefs } from './import-chiefs.ts';
import { importIssues } from './import-issues.ts';
import type { ImportKind, Outcome } from './import-kind.ts';
import { forKeeping, nothingTaken } from './import-report.ts';
import { importRoads } from './import-roads.ts';
import { importZones } from './import-zones.ts';
import type { ImportKind as KindName, ImportReport } from './imports.contract.ts';
import { readReach } from './reach.ts';
import { chooseColumns, columnsOf, readRows, unusedNote, type Progress, type Wanted } from './read-rows.ts';

export type ImportRequest = Wanted & {
  /** The file's own name, where `path` is that of an upload. */
  name?: string | undefined;
  crs?: string | undefined;
  encoding?: string | undefined;
  layer?: string | undefined;
};

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
      .insert({ change_id, kind: request.kind, file: name, sha256, report: forKeeping(made) })
      .returning<{ id: number }[]>('id');
    if (made.created + made.updated > 0) await touch(trx, ...kind.touches);
    if (made.created + made.updated >= MANY) await trx.raw(countAnew);
    return { ...made, id: row!.id };
  });
}

/**
 * So many new rows make the planner's statistics wrong. A server counts anew by itself within a minute, the embedded engine
 * never does.
 */
const MANY = 1_000;
const countAnew = 'analyze roads, road_nodes, zones, zone_stretches, segments, assignments, issues';

const empty: Outcome = {
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: [],
  notes: [],
  needs_decision: [],
  length_m: null,
};

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
