/** What has to be said: the connection, what was done, what went wrong. Also aloud. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { askAgain } from '../requests/answers.ts';
import { undoStack } from '../requests/changes.ts';
import { healthPath } from '../requests/paths.ts';
import { connection, get } from '../requests/send.ts';
import { dismiss, notices, notify, spoken } from '../state/notices.ts';
import { Icon } from './controls/icons.tsx';
import { useDesk, useStore, useWords } from './desk.ts';
import { takeBack } from './plan/save-bar.tsx';

export function NoticeBoard(): JSX.Element {
  const { m } = useWords();
  const desk = useDesk();
  const all = useStore(notices, (list) => list);
  const undoable = useStore(undoStack, ({ done }) => done.length > 0);
  const aloud = useStore(spoken, (text) => text);
  return (
    <>
      <div class="notices">
        {all.map((one) => (
          <div key={one.id} class={`notice notice-${one.kind}`} role={one.kind === 'fault' ? 'alert' : 'status'}>
            <Icon name={one.kind === 'fault' ? 'warning' : 'check'} size={16} />
            <span>
              {one.text}
              {one.hint && <small>{one.hint}</small>}
            </span>
            {one.undo && undoable && (
              <button type="button" class="link" onClick={() => void takeBack(desk)}>
                {m.plan.undo}
              </button>
            )}
            <button type="button" class="icon-button small" aria-label={m.common.close} onClick={() => dismiss(one.id)}>
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
      </div>
      <div class="unseen" role="status" aria-live="polite">
        {aloud}
      </div>
    </>
  );
}

const pause_ms = 4000;

/** Stays until the server answers again, which it finds out by itself. */
export function ConnectionBanner(): JSX.Element | null {
  const { m } = useWords();
  const { layers } = useDesk();
  const state = useStore(connection, (one) => one);
  const tryAgain = (): void => void get(healthPath).catch(() => {});
  useEffect(() => {
    if (state === 'up') return;
    const timer = setInterval(tryAgain, pause_ms);
    return () => {
      clearInterval(timer);
      askAgain();
      for (const layer of Object.values(layers))
        if (layer && 'refresh' in layer) void Promise.resolve(layer.refresh?.()).catch(() => {});
      notify({ kind: 'done', text: m.error.back });
    };
  }, [state]);
  if (state === 'up') return null;
  return (
    <div class="banner" role="alert">
      <Icon name="warning" />
      <span>
        <b>{m.error.down}</b> {m.error.downHint}
      </span>
      <button type="button" onClick={tryAgain}>
        {m.common.retry}
      </button>
    </div>
  );
}
