/** All gaps of a filter as a file: CSV and .xlsx for the office, GeoJSON for a GIS. Read from a cursor, row by row. */
import { createWriteStream } from 'node:fs';
import ExcelJS from 'exceljs';
import type { Knex } from 'knex';
import { writePieces } from '../http/spool.ts';
import { askedTime } from './asked.ts';
import type { Named } from './certificate.ts';
import type { GapExportQuery } from './coverage.contract.ts';
import { columns, harmless, type Cell } from './export-columns.ts';
import { ensureStandingOf, streamGaps, type StreamedGap } from './gaps.queries.ts';
import { dayAndTime, words } from './words.ts';

type Format = GapExportQuery['format'];
export const contentTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json',
};
/** Excel's rows of a sheet, less the head. */
const MOST_ROWS = 1_048_575;

/**
 * Writes the file at `path`.
 * @returns its name: district, kinds and day.
 * @throws Problem `not_found` for an unknown zone or road, `invalid` for a grid cell or a time still to be known.
 */
export async function exportGaps(db: Knex, named: Named, query: GapExportQuery, path: string): Promise<string> {
  await ensureStandingOf(db, query.kind);
  const time = await askedTime(db, query);
  const district = (await db('district').first<{ name: string | null; time_zone: string }>('name', 'time_zone'))!;
  const trx = await db.transaction({ isolationLevel: 'repeatable read' });
  try {
    const gaps = streamGaps(trx, query, time);
    const { language } = query;
    const cells = (gap: StreamedGap): Cell[] =>
      columns.map(({ of }) => harmless(of(gap, language, district.time_zone)));
    const heads = columns.map((column) => column[language]);
    if (query.format === 'csv') await writePieces(path, csvText(heads, gaps, cells));
    else if (query.format === 'geojson') await writePieces(path, geoJsonText(gaps, district.time_zone));
    else await writeWorkbook(path, heads, gaps, cells, query);
  } finally {
    await trx.rollback();
  }
  const kinds = query.kind.map((kind) => words[query.language].kind[kind]).join('+');
  const name = named.district_name ?? district.name ?? named.district;
  const day = dayAndTime(district.time_zone, time.moment).slice(0, 10);
  return `${name}-${kinds}-${day}.${query.format}`.replace(/[\s/\\:*?"<>|]+/g, '_');
}

/** The mark in front makes Excel read it as UTF-8; lines end as RFC 4180 says. */
async function* csvText(
  heads: string[],
  gaps: AsyncGenerator<StreamedGap[]>,
  cells: (gap: StreamedGap) => Cell[],
): AsyncGenerator<string, void> {
  const line = (row: Cell[]): string => `${row.map(quoted).join(',')}\r\n`;
  yield `\uFEFF${line(heads)}`;
  for await (const batch of gaps) yield batch.map((gap) => line(cells(gap))).join('');
}

function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* geoJsonText(gaps: AsyncGenerator<StreamedGap[]>, time_zone: string): AsyncGenerator<string, void> {
  yield '{"type":"FeatureCollection","features":[';
  let first = true;
  for await (const batch of gaps) {
    let text = '';
    for (const { row, feature } of batch) {
      const { since, period, ...properties } = feature.properties;
      const day = (moment: string): string => zonedTime(time_zone, moment);
      text += `${first ? '\n' : ',\n'}${JSON.stringify({
        type: 'Feature',
        id: properties.key,
        geometry: feature.geometry,
        properties: {
          ...properties,
          road_external_id: row.road_external_id,
          period: period && { from: day(period.from), to: day(period.to) },
          since: since && day(since),
        },
      })}`;
      first = false;
    }
    yield text;
  }
  yield '\n]}\n';
}

/** ISO 8601 with the offset that the time zone has then: `2026-05-01T08:00:00+08:00`. */
function zonedTime(time_zone: string, moment: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: time_zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(moment));
  const offset = new Intl.DateTimeFormat('en', { timeZone: time_zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(moment))
    .find(({ type }) => type === 'timeZoneName')!
    .value.replace('GMT', '');
  return `${parts.replace(' ', 'T')}${offset || 'Z'}`;
}

async function writeWorkbook(
  path: string,
  heads: string[],
  gaps: AsyncGenerator<StreamedGap[]>,
  cells: (gap: StreamedGap) => Cell[],
  { kind, language }: GapExportQuery,
): Promise<void> {
  const stream = createWriteStream(path);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const name = kind
    .map((one) => words[language].kind[one])
    .join('+')
    .slice(0, 25);
  const open = (number: number): ExcelJS.Worksheet => {
    const sheet = workbook.addWorksheet(number === 1 ? name : `${name} ${number}`, {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    sheet.columns = columns.map(({ width }, index) => ({ header: heads[index]!, width }));
    sheet.getRow(1).font = { bold: true };
    sheet.getRow(1).commit();
    return sheet;
  };
  let sheet = open(1);
  let sheets = 1;
  let rows = 0;
  for await (const batch of gaps) {
    for (const gap of batch) {
      if (rows === MOST_ROWS) {
        sheet.commit();
        sheet = open((sheets += 1));
        rows = 0;
      }
      sheet.addRow(cells(gap)).commit();
      rows += 1;
    }
  }
  sheet.commit();
  await workbook.commit();
}
