/** What is told of an import: the problem when nothing of a file fits, and the reports that are kept. */
import type { Knex } from 'knex';
import { Problem } from '../problems.ts';
import type { ImportReport } from './imports.contract.ts';

/** The most frequent reason stands for all: a file of which nothing fits has mostly one fault. */
export function nothingTaken(report: ImportReport): Problem {
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
  const why = first ? `row ${first.row}: ${first.reason.replace(/[.?]$/, '')}.` : (report.notes.at(-1) ?? '');
  return new Problem('invalid', `None of the ${report.rows} rows of ${report.file} could be taken; ${why}`, {
    hint:
      report.notes.find((note) => /swapped|look like/.test(note)) ??
      'The report lists every row and its reason. Correct the file, or say which column is what (columns) and which system it is in (crs).',
    more: { report: onWire(report) },
  });
}

/** The same fault in two rows differs only in numbers and what is quoted. */
const shape = (reason: string): string => reason.replace(/[\d.,-]+|"[^"]*"/g, '#');

/** The first 1,000 rejected rows; the rest is in the database. */
export const onWire = (report: ImportReport): ImportReport => ({
  ...report,
  rejections: report.rejections.slice(0, 1000),
});

/** As it is kept: PostgreSQL holds no U+0000 and no half characters, which a broken file may have put into a reason. */
export const forKeeping = (report: ImportReport): string =>
  JSON.stringify(report).replace(/\\u(0000|d[89a-f][0-9a-f]{2})/gi, '\\ufffd');

/** Reports of the last imports, the newest first. */
export async function listImports(db: Knex): Promise<ImportReport[]> {
  const { rows } = await db.raw<{
    rows: { id: number; report: ImportReport; rejections: ImportReport['rejections'] }[];
  }>(
    `select id, report - 'rejections' as report, jsonb_path_query_array(report, '$.rejections[0 to 999]') as rejections
     from imports order by id desc limit 100`,
  );
  return rows.map(({ id, report, rejections }) => ({ ...report, id, rejections }));
}
