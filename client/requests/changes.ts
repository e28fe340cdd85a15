/** Change sets: tried first, then applied, then taken back. */
import { useEffect, useState } from 'preact/hooks';
import type { Change, ChangeSetResult } from '../../api/assignments/assignments.contract.ts';
import type { Desk } from '../modes/mode.ts';
import { createStore } from '../state/store.ts';
import { emptyStack, redone, saved, undone } from '../state/undo.ts';
import { askAgain } from './answers.ts';
import { categoriesPath, settingsPath } from './paths.ts';
import { post, Problem } from './send.ts';

const path = '/api/assignments/changes';

export const undoStack = createStore(emptyStack);
/** Grows with every write, so that an effect shown on the screen is worked out anew. */
const written = createStore(0);

export async function save(desk: Desk, changes: Change[], label: string): Promise<ChangeSetResult> {
  const result = await apply(desk, changes);
  undoStack.update(saved({ label, undo: result.undo }));
  return result;
}

/** Takes the last save back; the answer is what it was, or null where there was none. */
export async function undo(desk: Desk): Promise<string | null> {
  const last = undoStack.get().done.at(-1);
  if (!last) return null;
  const result = await apply(desk, last.undo);
  undoStack.update(undone(result.undo));
  return last.label;
}

export async function redo(desk: Desk): Promise<string | null> {
  const last = undoStack.get().undone.at(-1);
  if (!last) return null;
  const result = await apply(desk, last.undo);
  undoStack.update(redone(result.undo));
  return last.label;
}

async function apply(desk: Desk, changes: Change[]): Promise<ChangeSetResult> {
  // A save that changes nothing has nothing to take back, and an empty change set is refused.
  if (changes.length === 0) throw new Problem({ status: 0, title: 'empty', detail: '' });
  const result = await post<ChangeSetResult>(path, { changes });
  afterWrite(desk);
  return result;
}

/** Everything in sight is read again, lists and tiles. */
export function afterWrite({ layers }: Pick<Desk, 'layers'>): void {
  written.update((round) => round + 1);
  askAgain((one) => one !== settingsPath && one !== categoriesPath);
  for (const layer of Object.values(layers))
    if (layer && 'refresh' in layer) void Promise.resolve(layer.refresh?.()).catch(() => {});
}

export type Effect = { result: ChangeSetResult | undefined; problem: Problem | undefined; loading: boolean };

/** A handle on its way makes 60 changes a second; the effect follows at the pace a person can read. */
const pause_ms = 160;

/** What changes would do, kept up to date while they are edited. The last effect stays in sight until the next is there. */
export function useEffectOf(changes: Change[] | null): Effect {
  const [effect, setEffect] = useState<Effect>({ result: undefined, problem: undefined, loading: false });
  const [round, setRound] = useState(written.get());
  useEffect(() => written.watch(setRound), []);
  const key = changes && JSON.stringify(changes);
  useEffect(() => {
    if (key === null) return setEffect({ result: undefined, problem: undefined, loading: false });
    const abort = new AbortController();
    setEffect((before) => ({ ...before, loading: true }));
    const timer = setTimeout(() => {
      post<ChangeSetResult>(path, { dry_run: true, changes: JSON.parse(key) as Change[] }, abort.signal).then(
        (result) => setEffect({ result, problem: undefined, loading: false }),
        (error: unknown) => {
          if (!abort.signal.aborted) setEffect({ result: undefined, problem: error as Problem, loading: false });
        },
      );
    }, pause_ms);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, round]);
  return effect;
}
