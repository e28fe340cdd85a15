/** The keys, and the list of them. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { showDistrict } from '../map/create-map.ts';
import type { Desk } from '../modes/mode.ts';
import { modes } from '../state/state.ts';
import { goTo, showIssueTab, speak, stepOut } from '../state/transitions.ts';
import { Icon } from './controls/icons.tsx';
import { useWords } from './desk.ts';
import { doAgain, takeBack } from './plan/save-bar.tsx';
import { searchBox } from './plan/road-search.tsx';

export function Help({ open, onClose }: { open: boolean; onClose: () => void }): JSX.Element {
  const { m } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const lines: [keys: string[], what: string][] = [
    [modes.map((_, i) => String(i + 1)), m.help.keys.modes],
    [['/'], m.help.keys.search],
    [['Esc'], m.help.keys.escape],
    [['←', '→'], m.help.keys.handle],
    [['PgUp', 'PgDn'], m.help.keys.handlePage],
    [['←', '→'], m.help.keys.slider],
    [['Ctrl', 'Z'], m.help.keys.undo],
    [['Ctrl', m.help.shift, 'Z'], m.help.keys.redo],
    [['N'], m.help.keys.report],
    [['←', '→', '↑', '↓', '+', '−'], m.help.keys.pan],
    [['0'], m.help.keys.home],
    [['L'], m.help.keys.language],
    [['?'], m.help.keys.help],
  ];
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-label={m.help.title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="help-body">
        <header>
          <h2>{m.help.title}</h2>
          <button type="button" class="icon-button" aria-label={m.common.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <dl>
          {lines.map(([keys, what]) => (
            <div key={what}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}

/** The keys of the whole window. What is typed into a field stays there. */
export function keepKeys(desk: Desk, toggleHelp: () => void): () => void {
  const { store, map, settings } = desk;
  const act = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const typing =
      target.matches('input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select') ||
      target.isContentEditable;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'z' && !typing) {
      event.preventDefault();
      void (event.shiftKey ? doAgain(desk) : takeBack(desk));
      return;
    }
    if (command || event.altKey) return;
    if (event.key === 'Escape') {
      if (document.querySelector('dialog[open]')) return;
      if (typing) target.blur();
      else store.update(stepOut);
      return;
    }
    if (typing) return;
    const keys: Record<string, () => void> = {
      '/': () => {
        store.update(goTo('plan'));
        // The box is there once the panel is drawn.
        setTimeout(() => searchBox.current?.focus());
      },
      '0': () => showDistrict(map, settings),
      '?': toggleHelp,
      n: () => store.update((state) => showIssueTab('report')(goTo('issues')(state))),
      l: () => store.update((state) => speak(state.language === 'zh' ? 'en' : 'zh')(state)),
      ...Object.fromEntries(modes.map((mode, i) => [String(i + 1), () => store.update(goTo(mode))])),
    };
    const found = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!found) return;
    event.preventDefault();
    found();
  };
  window.addEventListener('keydown', act);
  return () => window.removeEventListener('keydown', act);
}
