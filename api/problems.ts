/**
 * What can go wrong, in the domain's words. Rules throw these; `http/answer-problem.ts` alone knows which status each is.
 * Every problem says what came, what was expected and, in `hint`, what to do.
 */
export type ProblemKind =
  | 'invalid' // the question itself is wrong
  | 'not_found'
  | 'conflict' // right in itself, but against what is there
  | 'too_large'
  | 'unreadable' // a file or body of a kind we cannot read
  | 'busy'; // try again

export type FieldError = { path: string; message: string; came?: unknown };

export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly hint: string | undefined;
  readonly errors: FieldError[] | undefined;
  /** Further members of the problem document, such as `conflicts`. */
  readonly more: Record<string, unknown>;

  constructor(
    kind: ProblemKind,
    detail: string,
    options: { hint?: string; errors?: FieldError[]; more?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.kind = kind;
    this.hint = options.hint;
    this.errors = options.errors;
    this.more = options.more ?? {};
  }
}

export const notFound = (what: string, came: unknown, hint?: string): Problem =>
  new Problem('not_found', `There is no ${what} ${String(came)}.`, { hint });
