/**
 * Answers that more than one part of the screen looks at, kept by path. After a write everything that is on the screen
 * is asked again, the old answer staying in sight until the new one is there.
 */
import type { Path } from './paths.ts';
import { get, Problem } from './send.ts';

export type Answer<T> = { value: T | undefined; problem: Problem | undefined; loading: boolean };

type Entry = { answer: Answer<unknown>; watchers: Set<() => void>; stale: boolean; round: number };

const entries = new Map<string, Entry>();
/** Answers nobody looks at any more are dropped beyond this many; a road with its segments is some 20 kB. */
const most = 120;

/** Calls `listener` now and at every change. The answer stops it. */
export function watchAnswer<T>(path: Path<T>, listener: (answer: Answer<T>) => void): () => void {
  const entry = entryOf(path);
  const tell = (): void => listener(entry.answer as Answer<T>);
  entry.watchers.add(tell);
  if (entry.stale) void load(path, entry);
  tell();
  return () => {
    entry.watchers.delete(tell);
    dropUnwatched();
  };
}

/** Once, for a mode that needs it in passing; kept like any other. */
export async function answerOf<T>(path: Path<T>): Promise<T> {
  const entry = entryOf(path);
  if (!entry.stale && entry.answer.value !== undefined) return entry.answer.value as T;
  await load(path, entry);
  if (entry.answer.problem) throw entry.answer.problem;
  return entry.answer.value as T;
}

/** After a write, or when the connection is back: everything in sight is asked again. */
export function askAgain(concerns: (path: string) => boolean = () => true): void {
  for (const [path, entry] of entries) {
    if (!concerns(path)) continue;
    entry.stale = true;
    if (entry.watchers.size > 0) void load(path, entry);
  }
}

function entryOf(path: string): Entry {
  let entry = entries.get(path);
  if (!entry) {
    entry = {
      answer: { value: undefined, problem: undefined, loading: true },
      watchers: new Set(),
      stale: true,
      round: 0,
    };
  } else entries.delete(path);
  entries.set(path, entry); // most recently used last
  return entry;
}

async function load(path: string, entry: Entry): Promise<void> {
  const round = ++entry.round;
  entry.stale = false;
  set(entry, { ...entry.answer, loading: true });
  try {
    const value = await get<unknown>(path);
    if (round === entry.round) set(entry, { value, problem: undefined, loading: false });
  } catch (error) {
    const problem =
      error instanceof Problem ? error : new Problem({ status: 0, title: 'failed', detail: String(error) }, error);
    if (round !== entry.round) return;
    entry.stale = true;
    set(entry, { value: entry.answer.value, problem, loading: false });
  }
}

function set(entry: Entry, answer: Answer<unknown>): void {
  entry.answer = answer;
  for (const tell of Array.from(entry.watchers)) tell();
}

function dropUnwatched(): void {
  for (const [path, entry] of entries) {
    if (entries.size <= most) return;
    if (entry.watchers.size === 0) entries.delete(path);
  }
}
