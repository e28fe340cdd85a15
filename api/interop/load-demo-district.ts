/**
 * The demo district into an empty database, through the very imports that a district's own files go through.
 * Its story ends on the morning of a day of its own; all dates are moved so that this day is today.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { loadCategories } from '../issues/load-categories.ts';
import type { SourceRow } from './files/source-file.ts';
import { importFile } from './imports.ts';
import type { ImportKind } from './imports.contract.ts';
import { loadDemoKeyPoints } from './load-demo-key-points.ts';
import { loadDemoPatrols } from './load-demo-patrols.ts';

const folder = new URL('../../geodata/demo/', import.meta.url);
/** In the order in which they stand on each other. */
const files: { kind: ImportKind; name: string }[] = [
  { kind: 'zones', name: 'zones.geojson' },
  { kind: 'roads', name: 'roads.geojson' },
  { kind: 'chiefs', name: 'chiefs.csv' },
  { kind: 'assignments', name: 'assignments.csv' },
  { kind: 'issues', name: 'issues.csv' },
];
const timeColumns = ['valid_from', 'valid_to', 'reported_at', 'closed_at'];

type About = { name: string; name_en: string; reference_date: string; since: string };

/** Nothing was ever written: no import, no change. */
export async function isEmpty(db: Knex): Promise<boolean> {
  return !(await db('change_log').first('id'));
}

/** All or nothing: a start that is killed in it finds an empty database again. */
export async function loadDemoDistrict(
  db: Knex,
  { actor, tell }: { actor: string; tell: (step: string) => void },
): Promise<void> {
  const about = JSON.parse(readFileSync(new URL('district.json', folder), 'utf8')) as About;
  // A day begins at midnight of the demo's own clock, so that what is written as the day before it is yesterday at every hour.
  const days = Math.floor((Date.now() - Date.parse(`${about.reference_date}T00:00:00+08:00`)) / 86_400_000);
  await db.transaction(async (trx) => {
    await loadCategories(trx);
    for (const { kind, name } of files) {
      const path = fileURLToPath(new URL(name, folder));
      if (!existsSync(path)) continue;
      const told = `loading the demo district: ${kind}`;
      tell(told);
      await importFile(trx, path, { kind, amend: (row) => moved(row, days) }, { actor, progress: () => tell(told) });
    }
    tell('loading the demo district: key points');
    const from = `${moveDate(about.since, days)}T00:00:00+08:00`;
    await loadDemoKeyPoints(trx, new URL('key-points.csv', folder), { actor, from });
    const told = 'loading the demo district: patrols';
    await loadDemoPatrols(trx, new URL('patrols.ndjson', folder), { actor, days, tell: () => tell(told) });
    await trx.raw('analyze patrols, passes'); // as an import of many rows does
    await trx('district').update({ name: about.name, name_en: about.name_en, demo: true });
  });
}

/** By whole days, so that the hours of the day stay what they are. */
function moved(row: SourceRow, days: number): SourceRow {
  const times = timeColumns.filter(
    (column) => typeof row.properties[column] === 'string' && row.properties[column] !== '',
  );
  if (times.length === 0) return row;
  const later = times.map((column) => [column, moveDate(row.properties[column] as string, days)]);
  return { ...row, properties: { ...row.properties, ...Object.fromEntries(later) } };
}

/** `2026-05-01` and what stands behind it, some days later. China has had no daylight saving since 1991. */
function moveDate(written: string, days: number): string {
  const day = new Date(`${written.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10) + written.slice(10);
}
