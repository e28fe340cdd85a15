/** The door: what came is read by its contract, or answered with every fault named. */
import type { z } from 'zod';
import { Problem, type FieldError } from '../problems.ts';

/**
 * @param where 'path', 'query' or 'body', named in the answer.
 * @throws Problem `invalid` with one error per faulty field: its path, what was expected, what came.
 */
export function parse(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (!schema) return undefined;
  if (where === 'body' && value === undefined) {
    throw new Problem('invalid', 'The request has no JSON body.', {
      hint: 'Send JSON with the header Content-Type: application/json.',
    });
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) {
    requireStorable(parsed.data, []);
    return parsed.data;
  }
  const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue, value));
  throw new Problem('invalid', `The ${where} is not as expected: ${summary(errors)}.`, {
    hint: 'Each error names the field, what was expected and what came. The shapes are at /api/docs.',
    errors,
  });
}

function fieldErrors(issue: z.core.$ZodIssue, whole: unknown): FieldError[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      message: 'is not a field that is known here',
    }));
  }
  return [{ path, message: issue.message, came: short(at(whole, issue.path)) }];
}

/** JSON and addresses may hold halves of surrogate pairs and U+0000, which PostgreSQL keeps in no text. */
function requireStorable(value: unknown, path: string[]): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) requireStorable(inner, [...path, key]);
  } else if (typeof value === 'string' && /[\0\p{Surrogate}]/u.test(value)) {
    const field = path.join('.');
    throw new Problem(
      'invalid',
      `The ${field} has a character that cannot be stored: U+0000 or half of a surrogate pair.`,
      {
        hint: 'Remove it; it is often the rest of an emoji that was cut.',
        errors: [{ path: field, message: 'text without U+0000 and lone surrogates' }],
      },
    );
  }
}

const at = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

/** Enough of what came to recognise it, never a megabyte. */
function short(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  try {
    const text = JSON.stringify(value);
    return text === undefined || text.length <= 200 ? value : `${text.slice(0, 200)}…`;
  } catch (error) {
    // A nest of thousands of brackets can be read, but not written without running out of stack.
    if (!(error instanceof RangeError)) throw error;
    return 'something nested too deeply to be shown';
  }
}

function summary(errors: FieldError[]): string {
  const first = errors.slice(0, 3).map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return first.join('; ') + (errors.length > 3 ? `; and ${errors.length - 3} more` : '');
}
