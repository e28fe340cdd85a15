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

type Parsed = { record: string[]; raw: string };

async function* csvLines(path: string, encoding: string): AsyncGenerator<TableLine> {
  let line = 1; // of the next record; counted from the raw text, because csv-parse's own count takes \r\n for two
  let total = 0; // line ends read so far: the parser runs ahead of whoever takes the rows
  const broken: string[] = [];
  const parser = parse({
    delimiter: await delimiterOf(path, encoding),
    bom: true,
    raw: true,
    relax_column_count: true, // counted against the header in tableRow, where the reason can be told
    relax_quotes: true, // 3" pipe
    skip_records_with_error: true,
    skip_empty_lines: true,
    max_record_size: limits.line_bytes,
    on_skip: (error) => {
      if (error)
        broken.push(
          error.code === 'CSV_QUOTE_NOT_CLOSED' ? unclosed : `not readable as CSV: ${error.message.slice(0, 120)}`,
        );
      return undefined;
    },
  });
  const text = Readable.from(counted(readText(path, encoding), (ends) => (total += ends)));
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const { record, raw } of parser as AsyncIterable<Parsed>) {
      yield { row: line + lineEnds(/^\s*/.exec(raw)![0]), cells: record };
      line += lineEnds(raw);
    }
    // Reported when all is read: a quote is found open at the end of the file only.
    for (const reason of broken) {
      const more = total + 1 - line;
      yield {
        row: line,
        cells: [],
        broken: reason === unclosed && more > 0 ? `${reason}; it swallows the ${more} lines after it` : reason,
      };
    }
  } finally {
    text.destroy();
    parser.destroy();
  }
}

const unclosed = 'a quote is opened and never closed';

const lineEnds = (text: string): number => text.split(/\r\n|\n|\r/).length - 1;

async function* counted(pieces: AsyncIterable<string>, tell: (ends: number) => void): AsyncGenerator<string> {
  let last = '\n';
  for await (const piece of pieces) {
    if (piece) last = piece.at(-1)!;
    tell(piece.split('\n').length - 1);
    yield piece;
  }
  if (last === '\n') tell(-1); // the end of the last line begins no further one
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
