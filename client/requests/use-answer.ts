/** Answers for the panels. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { watchAnswer, askAgain, type Answer } from './answers.ts';
import { withQuery, type Path } from './paths.ts';
import { get, type Problem } from './send.ts';

const nothing: Answer<never> = { value: undefined, problem: undefined, loading: false };

/**
 * The answer to a path, kept up to date; null asks nothing. While the answer to a new path is under way the last one
 * stays in `last`, so a list dims rather than jumps.
 */
export function useAnswer<T>(path: Path<T> | null): Answer<T> & { last: T | undefined; retry: () => void } {
  const [held, hold] = useState<{ path: Path<T> | null; answer: Answer<T> }>({ path: null, answer: nothing });
  const [last, remember] = useState<T | undefined>(undefined);
  useEffect(() => {
    if (path === null) return hold({ path, answer: nothing });
    return watchAnswer(path, (answer) => {
      hold({ path, answer });
      if (answer.value !== undefined) remember(() => answer.value);
    });
  }, [path]);
  const answer = held.path === path ? held.answer : { ...nothing, loading: path !== null };
  const retry = useCallback(() => askAgain((one) => one === path), [path]);
  return { ...answer, last: path === null ? undefined : (answer.value ?? last), retry };
}

type Paged = { next_cursor: string | null };
export type Pages<P> = { pages: P[]; loading: boolean; problem: Problem | undefined; more: (() => void) | null };

/** A list read page by page: the first by itself, the next when `more` is called. */
export function usePages<P extends Paged>(path: Path<P>): Pages<P> {
  const first = useAnswer(path);
  const [rest, setRest] = useState<{ of: P | undefined; pages: P[]; loading: boolean; problem?: Problem }>({
    of: undefined,
    pages: [],
    loading: false,
  });
  const head = first.last;
  // A first page that came anew begins the list anew.
  const pages = head === undefined ? [] : rest.of === head ? [head, ...rest.pages] : [head];
  const cursor = pages.at(-1)?.next_cursor ?? null;
  const busy = rest.of === head && rest.loading;
  const more = useCallback(() => {
    if (busy || cursor === null) return;
    const before = rest.of === head ? rest.pages : [];
    setRest({ of: head, pages: before, loading: true });
    get<P>(withQuery(path, { cursor }) as Path<P>).then(
      (page) => setRest({ of: head, pages: [...before, page], loading: false }),
      (problem: Problem) => setRest({ of: head, pages: before, loading: false, problem }),
    );
  }, [busy, cursor, head, path, rest]);
  return {
    pages,
    loading: first.loading || busy,
    problem: first.problem ?? (rest.of === head ? rest.problem : undefined),
    more: cursor === null ? null : more,
  };
}
