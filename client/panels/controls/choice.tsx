/** A row of choices of which one holds, as radio buttons that look like a segmented control. */
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

type Option<V extends string> = { value: V; label: ComponentChildren; title?: string };

export function Choice<V extends string>({
  label,
  hidden,
  value,
  options,
  onPick,
  small,
}: {
  label: string;
  /** The label is read out but not shown. */
  hidden?: boolean;
  value: V;
  options: readonly Option<V>[];
  onPick: (value: V) => void;
  small?: boolean;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset class={`choice ${small ? 'choice-small' : ''}`}>
      <legend class={hidden ? 'unseen' : 'field-label'}>{label}</legend>
      <div class="choice-row">
        {options.map((option) => (
          <label key={option.value} class="choice-one" title={option.title}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onPick(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
