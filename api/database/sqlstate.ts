/** What the database refuses, as problems: the last guard, for what two requests do at the same moment. */
import { Problem, type ProblemKind } from '../problems.ts';

const refusals: Record<string, [ProblemKind, string, string]> = {
  '23P01': [
    'conflict',
    'Somebody else was given the same metres in the same role meanwhile.',
    'Load the road again and repeat the change.',
  ],
  '23505': [
    'conflict',
    'A row with the same key is there already.',
    'Use another external_id or code, or change the row that has it.',
  ],
  '23503': [
    'conflict',
    'The change points to something that is not there (any more).',
    'Load the lists again and choose anew.',
  ],
  '23514': ['invalid', 'A value is outside what the database allows.', 'Check the spans against the road length.'],
  '22P05': ['invalid', 'The text has a character that cannot be stored (U+0000).', 'Remove it.'],
  '22021': ['invalid', 'The text has a character that cannot be stored (U+0000).', 'Remove it.'],
  '22003': ['invalid', 'A number is too large.', 'Use a number within the range in the API description.'],
  '22008': ['invalid', 'A date or time is out of range.', 'Use a year between 1900 and 2200.'],
  '22009': [
    'invalid',
    'A time has an offset that no place on earth has.',
    'Use an offset from -15:59 to +15:59, such as +08:00.',
  ],
  '40001': ['busy', 'Two changes met.', 'Send it again.'],
  '40P01': ['busy', 'Two changes met.', 'Send it again.'],
  '53300': ['busy', 'The database has no connection free.', 'Try again in a moment.'],
  '57P01': ['busy', 'The database is restarting.', 'Try again in a moment.'],
};

/** @returns the problem for a database error, or null when it is a fault of ours. */
export function refusal(error: unknown): Problem | null {
  const code = (error as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' ? refusals[code] : undefined;
  if (!known) return null;
  const [kind, detail, hint] = known;
  return new Problem(kind, detail, { hint, cause: error });
}
