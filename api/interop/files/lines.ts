/** Splits a text that comes in pieces into its records. */
import { inMebibytes, limits, unreadable } from './source-file.ts';

/** A record and the number of the line it starts on, from 1. */
export type TextLine = { line: number; text: string };

/**
 * Lines, or the records between record separators (RFC 8142) when the text begins with one: those may span lines.
 * Blank records are left out. Throws a Problem for a record above the limit, which is a file without line ends.
 */
export async function* splitLines(pieces: AsyncIterable<string>, limit = limits.line_bytes): AsyncGenerator<TextLine> {
  let separator: '\n' | '\x1e' | undefined;
  let rest: string[] = []; // joined only when the record is complete: adding up a 50 MB line piece by piece is quadratic
  let restLength = 0;
  let line = 1;
  const take = (text: string): TextLine => {
    const record = { line: line + leadingLines(text), text: text.trim() };
    line += separator === '\n' ? 1 : countLines(text);
    return record;
  };
  for await (const piece of pieces) {
    separator ??= piece.trimStart().startsWith('\x1e') ? '\x1e' : /\S/.test(piece) ? '\n' : undefined;
    let start = 0;
    for (let end = piece.indexOf(separator ?? '\n'); end >= 0; end = piece.indexOf(separator ?? '\n', start)) {
      rest.push(piece.slice(start, end));
      const record = take(rest.join(''));
      if (record.text) yield record;
      rest = [];
      restLength = 0;
      start = end + 1;
    }
    rest.push(piece.slice(start));
    restLength += piece.length - start;
    if (restLength > limit)
      throw unreadable(
        `Line ${line} is longer than ${inMebibytes(limit)}.`,
        'In this format each feature stands on a line of its own; a file in one piece belongs into .geojson.',
      );
  }
  const record = take(rest.join(''));
  if (record.text) yield record;
}

const countLines = (text: string): number => text.split('\n').length - 1;
const leadingLines = (text: string): number => countLines(/^\s*/.exec(text)![0]);
