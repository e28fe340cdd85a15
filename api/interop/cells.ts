/** What stands in the cells of a row, read as the domain needs it, or refused with the reason. */

/** The row cannot be taken; the message is the reason that the report gives. */
export class RowRefused extends Error {}

/** The cell of one of our columns in the row at hand; undefined where the file has no such column. */
export type Cells = (column: string) => unknown;

/** Trimmed text, or null for an empty cell. Numbers become text as they are: codes and ids often come as numbers. */
export function text(cells: Cells, column: string, most = 200): string | null {
  const cell = cells(column);
  if (cell === null || cell === undefined) return null;
  const written = (typeof cell === 'object' ? JSON.stringify(cell) : String(cell)).normalize('NFC').trim();
  if (written === '') return null;
  if (/[\0\p{Surrogate}]/u.test(written))
    throw new RowRefused(`${column} has a character that cannot be stored (U+0000 or half a character)`);
  if (written.length > most)
    throw new RowRefused(`${column} has ${written.length} characters; at most ${most} are kept`);
  return written;
}

export function requiredText(cells: Cells, column: string, most?: number): string {
  const found = text(cells, column, most);
  if (found === null) throw new RowRefused(`${column} is empty`);
  return found;
}

/** A finite number, or null for an empty cell. */
export function number(cells: Cells, column: string, least: number, most: number): number | null {
  const written = text(cells, column);
  if (written === null) return null;
  const value = Number(written.replace(',', '.'));
  if (!Number.isFinite(value)) throw new RowRefused(`${column} is "${written}"; a number was expected`);
  if (value < least || value > most) throw new RowRefused(`${column} is ${written}; expected ${least} to ${most}`);
  return value;
}

/** @throws RowRefused for a number with a fraction too. */
export function wholeNumber(cells: Cells, column: string, least: number, most: number): number | null {
  const value = number(cells, column, least, most);
  if (value !== null && !Number.isInteger(value))
    throw new RowRefused(`${column} is ${value}; a whole number was expected`);
  return value;
}

const truths: Record<string, boolean> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  是: true,
  有: true,
  党员: true,
  中共党员: true,
  预备党员: true,
  中共预备党员: true,
  '✓': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
  否: false,
  无: false,
  非党员: false,
  群众: false,
  团员: false,
  共青团员: false,
  民主党派: false,
  无党派人士: false,
};

/** false for an empty cell. */
export function boolean(cells: Cells, column: string): boolean {
  const written = text(cells, column);
  if (written === null) return false;
  const value = truths[written.toLowerCase()];
  if (value === undefined) throw new RowRefused(`${column} is "${written}"; expected true or false (是 or 否)`);
  return value;
}

/** One of a table of words, whatever their case; null for an empty cell. */
export function word<Word extends string>(cells: Cells, column: string, words: Record<string, Word>): Word | null {
  const written = text(cells, column);
  return written === null ? null : wordFor(written, column, words);
}

/** @throws RowRefused naming the words that are known. */
export function wordFor<Word extends string>(written: string, column: string, words: Record<string, Word>): Word {
  const key = written.toLowerCase().replace(/[\s-]+/g, '_');
  const found = Object.hasOwn(words, key) ? words[key] : Object.hasOwn(words, written) ? words[written] : undefined;
  if (found) return found;
  const known = [...new Set(Object.values(words))].map((own) => {
    const others = Object.keys(words).filter((other) => words[other] === own && other !== own);
    return others.length > 0 ? `${own} (${others.slice(0, 5).join(', ')})` : own;
  });
  throw new RowRefused(`${column} is "${written}"; expected one of ${known.join(', ')}`);
}

/**
 * A moment as PostgreSQL reads it: ISO 8601, with the offset that stands there or without one, which is then the
 * district's time zone, as it is for a bare day. Also 2024/5/1, 2024年5月1日 and times behind them; null for an empty cell.
 */
export function moment(cells: Cells, column: string): string | null {
  const written = text(cells, column);
  if (written === null) return null;
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}(?:\.\d+)?)秒?|分)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      written,
    );
  if (!found) {
    throw new RowRefused(
      `${column} is "${written.slice(0, 40)}"; expected a day or time such as 2024-05-01 or 2024-05-01T08:30:00+08:00`,
    );
  }
  const [year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone = ''] = found.slice(1);
  const two = (digits: string): string => digits.padStart(2, '0');
  const calendar = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const possible =
    calendar.getUTCMonth() === Number(month) - 1 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!possible) throw new RowRefused(`${column} is "${written}"; there is no such day or time`);
  if (Number(year) < 1900 || Number(year) > 2200)
    throw new RowRefused(`${column} is "${written}"; expected a year from 1900 to 2200`);
  const [whole = '', fraction] = second.split('.');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(whole)}${fraction ? `.${fraction.slice(0, 6)}` : ''}${zone.toUpperCase()}`;
}
