/** Save, undo, redo: always at the foot of the panel. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Change } from '../../../api/assignments/assignments.contract.ts';
import { redo, save, undo, undoStack, type Effect } from '../../requests/changes.ts';
import { Problem } from '../../requests/send.ts';
import type { Desk } from '../../modes/mode.ts';
import { notify } from '../../state/notices.ts';
import { chooseChief } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { problemInWords } from '../controls/states.tsx';
import { useDesk, useScreen, useStore, useWords, wordsIn } from '../desk.ts';

export function SaveBar({
  changes,
  effect,
  label,
  release,
}: {
  changes: Change[] | null;
  effect: Effect;
  label: string;
  release: boolean;
}): JSX.Element {
  const { m } = useWords();
  const desk = useDesk();
  const at = useScreen((state) => state.at);
  const replace = useScreen((state) => state.plan.replace);
  const [saving, setSaving] = useState(false);
  const blocked = (effect.result?.conflicts.length ?? 0) > 0 && !replace;
  const nothing = effect.result?.undo.length === 0;
  const ready =
    changes !== null &&
    effect.result !== undefined &&
    !effect.problem &&
    !effect.loading &&
    !blocked &&
    !nothing &&
    !saving;
  const go = async (): Promise<void> => {
    if (!changes) return;
    setSaving(true);
    await tell(desk, async () => {
      await save(desk, changes, label);
      desk.store.update(chooseChief(null));
      return release ? m.plan.released(label) : m.plan.saved(label);
    });
    setSaving(false);
  };
  return (
    <footer class="save-bar">
      {at !== null ? (
        <p class="quiet">{m.plan.readOnly}</p>
      ) : (
        <button type="button" class={`primary ${release ? 'danger' : ''}`} disabled={!ready} onClick={() => void go()}>
          {saving ? m.plan.saving : release ? m.plan.release : replace ? m.plan.saveReplace : m.plan.save}
        </button>
      )}
      <UndoButtons />
    </footer>
  );
}

export function UndoButtons(): JSX.Element {
  const { m } = useWords();
  const desk = useDesk();
  const { done, undone } = useStore(undoStack, (stack) => stack);
  const last = done.at(-1);
  return (
    <span class="undo-buttons">
      <button
        type="button"
        class="icon-button"
        disabled={!last}
        aria-label={last ? m.plan.undoNext(last.label) : m.plan.undo}
        title={last ? m.plan.undoNext(last.label) : m.plan.undo}
        onClick={() => void takeBack(desk)}
      >
        <Icon name="undo" />
        {done.length > 0 && <span class="badge">{done.length}</span>}
      </button>
      <button
        type="button"
        class="icon-button"
        disabled={undone.length === 0}
        aria-label={m.plan.redo}
        title={m.plan.redo}
        onClick={() => void doAgain(desk)}
      >
        <Icon name="redo" />
      </button>
    </span>
  );
}

export const takeBack = (desk: Desk): Promise<void> =>
  tell(desk, async (m) => {
    const label = await undo(desk);
    return label && m.plan.undone(label);
  });

export const doAgain = (desk: Desk): Promise<void> =>
  tell(desk, async (m) => {
    const label = await redo(desk);
    return label && m.plan.redone(label);
  });

/** Does something and says how it went; what the answer names, can be undone. */
async function tell(desk: Desk, act: (m: ReturnType<typeof wordsIn>['m']) => Promise<string | null>): Promise<void> {
  const { m } = wordsIn(desk.store.get().language);
  try {
    const text = await act(m);
    if (text) notify({ kind: 'done', text, undo: true });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { title, detail, hint } = problemInWords(error, m);
    notify({ kind: 'fault', text: [title, detail].filter(Boolean).join(' · '), hint });
  }
}
