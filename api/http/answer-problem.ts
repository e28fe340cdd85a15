/** Problem → response, in one table (RFC 9457). */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { refusal } from '../database/sqlstate.ts';
import { Problem, type ProblemKind } from '../problems.ts';
import type { Context } from '../context.ts';

export const answers: Record<ProblemKind, { status: number; title: string }> = {
  invalid: { status: 400, title: 'The request is not valid' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'The change is in conflict with what is there' },
  too_large: { status: 413, title: 'Too large' },
  unreadable: { status: 415, title: 'This content cannot be read' },
  busy: { status: 503, title: 'Busy' },
};

/** Faults of body-parser, by their type. */
const bodyFaults: Record<string, (error: { limit?: number; message: string }) => Problem> = {
  'entity.parse.failed': (error) =>
    new Problem('invalid', `The body is not JSON: ${error.message}.`, {
      hint: 'Check the brackets and quotes at that place.',
    }),
  'entity.too.large': (error) =>
    new Problem('too_large', `The body is larger than ${Math.round((error.limit ?? 0) / 1024)} kB.`, {
      hint: 'Send large data as a file to /api/imports.',
    }),
  'encoding.unsupported': (error) =>
    new Problem('unreadable', error.message, { hint: 'Use gzip, deflate, br or no encoding.' }),
  'charset.unsupported': (error) => new Problem('unreadable', error.message, { hint: 'Send UTF-8.' }),
  'request.aborted': () => new Problem('invalid', 'The request broke off.', { hint: 'Send it again.' }),
  'request.size.invalid': () =>
    new Problem('invalid', 'The body is not as long as its Content-Length says.', { hint: 'Send it again.' }),
};

export function answerProblem({ log }: Context): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = problemDocument(error, request.originalUrl);
    if (problem.status === 500)
      log.error({ err: error, method: request.method, url: request.originalUrl }, 'a fault of ours');
    if (problem.status === 503) response.set('Retry-After', '2');
    response.status(problem.status).type('application/problem+json').json(problem);
  };
}

/** The problem document of an error, for an answer or for the last line of a stream. */
export function problemDocument(error: unknown, instance: string): { status: number; [member: string]: unknown } {
  const problem = asProblem(error);
  if (!problem) {
    return {
      type: 'about:blank',
      title: 'A fault of the server',
      status: 500,
      detail: 'The server could not answer; the fault is in its log. Nothing was written.',
      instance,
    };
  }
  const { status, title } = answers[problem.kind];
  return {
    type: `/api/docs#problem-${problem.kind}`,
    title,
    status,
    detail: problem.message,
    hint: problem.hint,
    instance,
    errors: problem.errors,
    ...problem.more,
  };
}

function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  const type = (error as { type?: unknown } | null)?.type;
  const bodyFault = typeof type === 'string' ? bodyFaults[type] : undefined;
  if (bodyFault) return bodyFault(error as { limit?: number; message: string });
  const { code, message } = (error ?? {}) as { code?: unknown; message?: string };
  // zlib's own faults (and brotli's) come through the body parser without a type.
  if (typeof code === 'string' && /^(Z_|ERR_+ERROR_FORMAT)/.test(code))
    return new Problem('invalid', `The body cannot be unpacked: ${message}.`, {
      hint: 'Send it packed as its Content-Encoding says, or leave that header out.',
    });
  if (error instanceof URIError)
    return new Problem('invalid', 'The address has a broken % escape.', { hint: 'Escape it as UTF-8.' });
  return refusal(error);
}

/** For every address that no route answers. */
export const noSuchAddress: RequestHandler = (request) => {
  throw new Problem('not_found', `There is no ${request.method} ${request.path} here.`, {
    hint: 'The addresses are at /api/docs.',
  });
};
