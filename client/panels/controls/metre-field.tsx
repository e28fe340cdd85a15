/** A field for metres along a road: typed as people type them, arrows step by 1 m, with Shift by 10 m. */
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { parseMetres } from '../../i18n/format.ts';
import { useWords } from '../desk.ts';

export function MetreField({
  label,
  metres,
  least,
  most,
  onMetres,
  disabled,
}: {
  label: string;
  metres: number;
  least: number;
  most: number;
  onMetres: (metres: number) => void;
  disabled?: boolean;
}): JSX.Element {
  const { m } = useWords();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(null), [metres]);
  const wrong = typed !== null && parseMetres(typed) === null;
  const take = (text: string): void => {
    const value = parseMetres(text);
    if (value !== null) onMetres(Math.min(Math.max(value, least), most));
    setTyped(null);
  };
  return (
    <div class="metre-field">
      <label for={id} class="field-label">
        {label}
      </label>
      <span class={`field ${wrong ? 'wrong' : ''}`}>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          aria-invalid={wrong}
          disabled={disabled}
          value={typed ?? plain(metres)}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={(event) => typed !== null && take(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take(event.currentTarget.value);
            else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
              const step = (event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1);
              onMetres(Math.min(Math.max((parseMetres(event.currentTarget.value) ?? metres) + step, least), most));
              event.preventDefault();
            } else if (event.key === 'Escape' && typed !== null) {
              setTyped(null);
              event.stopPropagation();
            }
          }}
        />
        <span class="unit">{m.metre}</span>
      </span>
    </div>
  );
}

/** As it may be typed again: no grouping, no more decimals than there are. */
function plain(metres: number): string {
  return Number.isInteger(metres) ? String(metres) : metres.toFixed(2);
}
