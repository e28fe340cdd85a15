/** As of which day: now, or a day in the past. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { today } from '../../i18n/format.ts';
import { lookAsOf } from '../../state/transitions.ts';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { Icon } from './icons.tsx';

export function AsOf(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const at = useScreen((state) => state.at);
  const id = useId();
  return (
    <span class={`as-of ${at ? 'as-of-past' : ''}`}>
      <label for={id}>{m.asOf.label}</label>
      <input
        id={id}
        type="date"
        value={at ?? today()}
        max={today()}
        onChange={(event) => {
          const { value } = event.currentTarget;
          store.update(lookAsOf(value && value < today() ? value : null));
        }}
      />
      {at && (
        <button
          type="button"
          class="icon-button small"
          aria-label={m.asOf.back}
          title={m.asOf.back}
          onClick={act(lookAsOf(null))}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </span>
  );
}

/** Says that the past is being shown, wherever that could be overlooked. */
export function PastBanner(): JSX.Element | null {
  const { m, day } = useWords();
  const act = useAct();
  const at = useScreen((state) => state.at);
  if (!at) return null;
  return (
    <div class="past-banner" role="status">
      <Icon name="clock" size={16} />
      <span>{m.asOf.showing(day(`${at}T12:00:00Z`))}</span>
      <button type="button" class="link" onClick={act(lookAsOf(null))}>
        {m.asOf.back}
      </button>
    </div>
  );
}
