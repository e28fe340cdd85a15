/** The first sheet of an .xlsx workbook (or the one named as layer), header row and records. */
import ExcelJS, { type CellValue, type Worksheet } from 'exceljs';
import { Problem } from '../../problems.ts';
import { readTable, type TableLine, tableRows } from './table.ts';
import { type FileOptions, limits, type RawFile, sentence, unreadable } from './source-file.ts';
import { checkUnpacks } from './unzip.ts';

/** exceljs reads the whole workbook: its unpacked size is checked first (`limits.excel_unpacked_bytes`). */
export async function readExcel(path: string, options: FileOptions): Promise<RawFile> {
  await checkUnpacks(path, limits.excel_unpacked_bytes);
  const sheet = chooseSheet(await openWorkbook(path), options.layer);
  const notes: string[] = [];
  const table = await readTable(sheetLines(sheet, notes), options);
  if (!table)
    throw unreadable(
      `Sheet "${sheet.name}" is empty.`,
      'Name another sheet as layer, or fill this one with a header row and records.',
    );
  notes.unshift(...table.notes);
  return {
    format: 'excel',
    crs: table.geometry?.crs ?? null,
    wgs84Because: 'the table does not say and its numbers are degrees',
    encoding: null,
    notes,
    count: null, // sheets count rows that are only coloured
    rows: tableRows(table),
    close: async () => {},
  };
}

async function openWorkbook(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  try {
    return await workbook.xlsx.readFile(path);
  } catch (cause) {
    throw unreadable(
      `The workbook cannot be read: ${sentence((cause as Error).message)}`,
      'Open it in Excel or WPS and save it anew as .xlsx, or as CSV.',
      cause,
    );
  }
}

function chooseSheet(workbook: ExcelJS.Workbook, name: string | undefined): Worksheet {
  const names = workbook.worksheets.map((sheet) => sheet.name);
  const sheet = name === undefined ? workbook.worksheets[0] : workbook.worksheets.find((one) => one.name === name);
  if (sheet) return sheet;
  if (name === undefined)
    throw unreadable('The workbook has no sheet with cells.', 'Save it with one sheet of records.');
  throw new Problem('invalid', `There is no sheet "${name}".`, { hint: `The workbook has: ${names.join(', ')}.` });
}

async function* sheetLines(sheet: Worksheet, notes: string[]): AsyncGenerator<TableLine> {
  let rounded = 0;
  for (let row = 1; row <= sheet.rowCount; row += 1) {
    // sheet.findRow makes no row where the file has none; a stray format in row 1,048,576 then costs only this loop.
    const values = sheet.findRow(row)?.values;
    if (!Array.isArray(values)) continue;
    const cells = Array.from(values.slice(1), (value) => plainValue(value));
    const tooLong = cells.find((cell) => typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) >= 1e15);
    if (tooLong !== undefined && (rounded += 1) === 1)
      notes.push(
        `Row ${row} holds the number ${String(tooLong)}: Excel keeps 15 digits, longer ones are already rounded. Format such a column as text.`,
      );
    yield { row, cells };
  }
}

/** What the cell shows, as text, number, boolean or null. */
function plainValue(value: CellValue | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return isoTime(value);
  if (typeof value !== 'object') return value;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('formula' in value || 'sharedFormula' in value) return plainValue(value.result);
  if ('hyperlink' in value) return plainValue(value.text as CellValue);
  if ('error' in value) return null; // #REF!, #N/A: the sheet itself does not know
  return null;
}

/** A sheet's times have no zone: written as local time without one; the reader decides which it is. */
const isoTime = (date: Date): string => {
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
};
