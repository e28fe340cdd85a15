/**
 * A search box with a list of answers, after the ARIA combobox pattern: arrows walk the list, Enter picks, Escape closes
 * the list and then clears the box.
 */
import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';

export type ComboboxProps<T> = {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  options: readonly T[];
  keyOf: (option: T) => string | number;
  draw: (option: T, active: boolean) => ComponentChildren;
  /** A heading before the first option of each group. */
  groupOf?: (option: T) => string | null;
  onPick: (option: T) => void;
  picked?: string | number | null;
  loading?: boolean;
  /** Said instead of the list when there is nothing in it; null says nothing. */
  empty: string | null;
  /** The list stands open below the box instead of over what follows. */
  inline?: boolean;
  clearLabel: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  icon?: boolean;
};

export function Combobox<T>(props: ComboboxProps<T>): JSX.Element {
  const { options, keyOf, text, onText, onPick, groupOf, empty, inline } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const own = useRef<HTMLInputElement>(null);
  const input = props.inputRef ?? own;
  useEffect(() => setActive(text ? 0 : -1), [text]);
  useEffect(() => {
    if (open && active >= 0)
      list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active, open]);

  const shown = (open || inline === true) && (options.length > 0 || (empty !== null && !props.loading));
  const pick = (option: T): void => {
    onPick(option);
    setOpen(false);
    setActive(-1);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.isComposing) return; // the Enter that ends a pinyin word is not a choice
    const last = options.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (at + step < 0 ? last : at + step > last ? 0 : at + step));
      event.preventDefault();
    } else if (event.key === 'Enter' && shown && options[active] !== undefined) {
      pick(options[active]);
      event.preventDefault();
    } else if (event.key === 'Escape' && (open || text)) {
      if (open) setOpen(false);
      else onText('');
      event.stopPropagation();
    }
  };
  return (
    <div
      class={`combobox ${inline ? 'combobox-inline' : ''}`}
      onFocusOut={(event) => {
        if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <div class="combobox-box">
        {props.icon !== false && <Icon name="search" size={16} />}
        <input
          ref={input}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-label={props.label}
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown && active >= 0 && options[active] !== undefined ? `${id}-${active}` : undefined}
          aria-busy={props.loading}
          placeholder={props.placeholder}
          value={text}
          onInput={(event) => {
            onText(event.currentTarget.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onKeyDown={key}
        />
        {text && (
          <button
            type="button"
            class="icon-button small"
            aria-label={props.clearLabel}
            title={props.clearLabel}
            onClick={() => {
              onText('');
              input.current?.focus();
            }}
          >
            <Icon name="close" size={14} />
          </button>
        )}
      </div>
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={props.label} class="combobox-list" hidden={!shown}>
        {shown &&
          options.map((option, index) => {
            const group = groupOf?.(option) ?? null;
            const heading = group !== null && (index === 0 || groupOf?.(options[index - 1]!) !== group) ? group : null;
            return [
              heading !== null && (
                <li key={`group-${heading}-${index}`} role="presentation" class="combobox-group">
                  {heading}
                </li>
              ),
              <li
                key={keyOf(option)}
                id={`${id}-${index}`}
                data-index={index}
                role="option"
                aria-selected={props.picked === keyOf(option)}
                class={`combobox-option ${index === active ? 'active' : ''}`}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => pick(option)}
              >
                {props.draw(option, index === active)}
              </li>,
            ];
          })}
        {shown && options.length === 0 && (
          <li role="presentation" class="combobox-empty">
            {empty}
          </li>
        )}
      </ul>
    </div>
  );
}
