/**
 * Lists are paged by cursor: the sort key of the last row, opaque to the caller, so that rows that come or go between
 * two pages neither repeat nor hide others.
 */
import { Problem } from '../problems.ts';

export const writeCursor = (key: (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws Problem `invalid` for a cursor that was not given out here. */
export function readCursor(cursor: string | undefined, parts: ('number' | 'string')[]): (string | number)[] | null {
  if (cursor === undefined) return null;
  const key = decode(cursor);
  if (
    !Array.isArray(key) ||
    key.length !== parts.length ||
    key.some((part, index) => typeof part !== parts[index] || (typeof part === 'number' && !Number.isSafeInteger(part)))
  ) {
    throw new Problem('invalid', `The cursor "${cursor.slice(0, 40)}" was not given out by this list.`, {
      hint: 'Use next_cursor of the page before as it is, with the same filters.',
    });
  }
  return key as (string | number)[];
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Takes the row beyond the page off and makes the cursor of the last one that stays. Ask for `limit + 1` rows. */
export function page<Row>(
  rows: Row[],
  limit: number,
  key: (row: Row) => (string | number)[],
): { rows: Row[]; next_cursor: string | null } {
  if (rows.length <= limit) return { rows, next_cursor: null };
  const kept = rows.slice(0, limit);
  return { rows: kept, next_cursor: writeCursor(key(kept.at(-1)!)) };
}
