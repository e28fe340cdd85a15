/** One request to the API. What goes wrong comes back as a Problem in the words of RFC 9457, whoever it was that failed. */
import { createStore } from '../state/store.ts';
import type { Path } from './paths.ts';

/** `status` 0: no answer came at all. */
export type ProblemBody = {
  status: number;
  title: string;
  detail: string;
  hint?: string;
  errors?: { path: string; message: string }[];
  conflicts?: unknown[];
};

export class Problem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody, cause?: unknown) {
    super(body.detail, { cause });
    this.body = body;
  }
}

/** Whether the API answers. One lost request is enough to say no: the banner offers a retry and tries by itself. */
export const connection = createStore<'up' | 'down'>('up');

export const get = <T>(path: Path<T>, signal?: AbortSignal): Promise<T> => send<T>('GET', path, undefined, signal);
export const post = <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  send<T>('POST', path, body, signal);
export const patch = <T>(path: string, body: unknown): Promise<T> => send<T>('PATCH', path, body);

async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    connection.update(() => 'down');
    throw new Problem({ status: 0, title: 'unreachable', detail: '' }, cause);
  }
  // A proxy in front says 502-504 in HTML when the service behind it is gone.
  if (response.status >= 502 && response.status <= 504) {
    connection.update(() => 'down');
    throw new Problem({ status: 0, title: 'unreachable', detail: '' });
  }
  connection.update(() => 'up');
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.ok) {
    const problem = type.includes('json') ? ((await response.json()) as Partial<ProblemBody>) : {};
    const { title = response.statusText, detail = '' } = problem;
    throw new Problem({ ...problem, status: response.status, title, detail });
  }
  return (await response.json()) as T;
}
