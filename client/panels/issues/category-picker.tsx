/** Choose one of some 400 categories: grouped by surface (R44-R46) and class, found by any part of the name or the code. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CategoryList } from '../../../api/issues/issues.contract.ts';
import { Combobox } from '../controls/combobox.tsx';
import { useWords } from '../desk.ts';

export type Category = CategoryList['categories'][number];

/** Parts and matters share codes, so both make the key. */
export const categoryKey = ({ kind, code }: Pick<Category, 'kind' | 'code'>): string => `${kind}-${code}`;

const surfaceOrder = { ground: 0, facade: 1, roof: 2 };

export function CategoryPicker({
  categories,
  picked,
  placeholder,
  onPick,
}: {
  categories: readonly Category[];
  picked: string | null;
  placeholder: string;
  onPick: (category: string | null) => void;
}): JSX.Element {
  const { m, language } = useWords();
  const [text, setText] = useState<string | null>(null);
  const name = (one: Category): string => (language === 'zh' ? one.name_zh : one.name_en);
  const group = (one: Category): string =>
    `${m.surface[one.surface]} · ${language === 'zh' ? one.class_name_zh : one.class_name_en}`;
  const current = categories.find((one) => categoryKey(one) === picked);
  return (
    <Combobox
      label={m.issues.category}
      placeholder={text === null ? placeholder : m.issues.searchCategory}
      clearLabel={m.common.clear}
      text={text ?? (current ? name(current) : '')}
      onText={(typed) => {
        setText(typed);
        if (typed === '') {
          setText(null);
          onPick(null);
        }
      }}
      options={found(categories, text ?? '')}
      keyOf={categoryKey}
      groupOf={group}
      picked={picked}
      empty={m.issues.noCategory}
      draw={(one) => (
        <>
          <span class="option-main">{name(one)}</span>
          <span class="option-figure">
            {m.kind[one.kind]} {one.code}
          </span>
        </>
      )}
      onPick={(one) => {
        setText(null);
        onPick(categoryKey(one));
      }}
    />
  );
}

/** Matters first, as nine reports in ten are matters; then by surface, class and code. Every word typed must occur. */
export function found(categories: readonly Category[], text: string): Category[] {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  return categories
    .filter((one) => {
      const all = `${one.name_zh} ${one.name_en} ${one.code} ${one.class_name_zh} ${one.class_name_en}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort(
      (a, b) =>
        (a.kind === b.kind ? 0 : a.kind === 'matter' ? -1 : 1) ||
        surfaceOrder[a.surface] - surfaceOrder[b.surface] ||
        (a.code < b.code ? -1 : 1),
    );
}
