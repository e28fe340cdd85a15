/** CSV and its cousins (tab, semicolon, bar), streamed: UTF-8 with or without byte order mark, GBK, UTF-16. */
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { encodingOf, readText } from './text-encoding.ts';
import { readTable, type TableLine, tableRows } from './table.ts';
import { type FileOptions, limits, type RawFile, unreadable } from './source-file.ts';

export async function readCsv(path: string, options: FileOptions): Promise<RawFile> {
  const encoding = await encodingOf(path, options.encoding);
  const table = await readTable(csvLines(path, encoding.name), options);
  if (!table) throw unreadable('The table is empty.', 'Export it again, with a header line.');
  return {
    format: 'csv',
    crs: table.geometry?.crs ?? null,
    wgs84Because: 'the table does not say and its numbers are degrees',
    encoding: encoding.name,
    notes: [...encoding.notes, ...table.notes],
    count: null,
    rows: tableRows(table),
    close: async () => void (await table.lines.return(undefined)),
  };
}

type Parsed = { record: string[]; info: { lines: number }; raw: string };

async function* csvLines(path: string, encoding: string): AsyncGenerator<TableLine> {
  let lastLine = 0; // of the last good record, as the parser sees it: it runs ahead of whoever reads the rows
  const broken: TableLine[] = [];
  const parser = parse({
    delimiter: await delimiterOf(path, encoding),
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true, // counted against the header in tableRow, where the reason can be told
    relax_quotes: true, // 3" pipe
    skip_records_with_error: true,
    skip_empty_lines: true,
    max_record_size: limits.line_bytes,
    on_record: (record: string[], { lines }: { lines: number }) => {
      lastLine = lines;
      return record;
    },
    on_skip: (error) => {
      if (error) broken.push(brokenLine(error, lastLine));
      return undefined;
    },
  });
  const text = Readable.from(readText(path, encoding));
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const { record, info, raw } of parser as AsyncIterable<Parsed>) {
      yield* broken.splice(0);
      // info.lines is the line the parser has reached; a record with line ends inside quotes begins earlier.
      yield { row: info.lines - newlines(raw.trim()), cells: record };
    }
    yield* broken.splice(0);
  } finally {
    text.destroy();
    parser.destroy();
  }
}

const newlines = (text: string): number => text.split(/\r\n|\n|\r/).length - 1;

function brokenLine(error: Error & { code?: string; lines?: number }, lastLine: number): TableLine {
  const row = lastLine + 1;
  const more = (error.lines ?? row) - row;
  const broken =
    error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? `a quote is opened and never closed${more > 0 ? `; it swallows the ${more} lines after it` : ''}`
      : `not readable as CSV: ${error.message.slice(0, 120)}`;
  return { row, cells: [], broken };
}

/** The delimiter that splits the first lines most often; a comma where none does. */
async function delimiterOf(path: string, encoding: string): Promise<string> {
  let head = '';
  for await (const piece of readText(path, encoding)) {
    head += piece;
    if (head.length > 65_536) break;
  }
  const lines = head
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 10);
  const counts = [',', '\t', ';', '|'].map((delimiter) => ({
    delimiter,
    count: lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0),
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}
