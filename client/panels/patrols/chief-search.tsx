/** Choose one chief by name; the chosen one stands in its place until it is let go. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Role } from '../../../api/http/shapes.ts';
import type { Chief } from '../../../api/chiefs/chiefs.contract.ts';
import { chiefPath, chiefsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { Combobox } from '../controls/combobox.tsx';
import { Icon } from '../controls/icons.tsx';
import { RoleMark } from '../controls/marks.tsx';
import { useWords } from '../desk.ts';
import { useLater } from '../plan/road-search.tsx';

export function ChiefSearch({
  picked,
  role,
  label,
  placeholder,
  onPick,
}: {
  picked: number | null;
  role: Role | null;
  label: string;
  placeholder: string;
  onPick: (chief: Chief | null) => void;
}): JSX.Element {
  const { m } = useWords();
  const [text, setText] = useState('');
  const asked = useLater(text.trim(), 150);
  const chief = useAnswer(picked === null ? null : chiefPath(picked)).value;
  const { last, loading } = useAnswer(picked === null ? chiefsPath({ role, q: asked, limit: 100 }) : null);
  if (picked !== null) {
    return (
      <div class="chief-picked" style={{ '--colour': chief && `var(--role-${chief.role})` }}>
        <span class="chief-picked-name">
          <b>{chief?.name ?? m.common.loading}</b>
          {chief && <RoleMark role={chief.role} />}
        </span>
        <button
          type="button"
          class="icon-button small"
          aria-label={`${m.common.clear} ${label}`}
          title={m.common.clear}
          onClick={() => onPick(null)}
        >
          <Icon name="close" size={14} />
        </button>
      </div>
    );
  }
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      clearLabel={m.search.clear}
      text={text}
      onText={setText}
      options={last?.chiefs ?? []}
      keyOf={(one) => one.id}
      loading={loading}
      empty={m.patrols.chiefNone}
      draw={(one) => (
        <>
          <span class="option-main">{one.name}</span>
          <span class="option-figure">
            {m.roleShort[one.role]} · {one.zone_name ?? one.organisation}
          </span>
        </>
      )}
      onPick={(one) => {
        setText('');
        onPick(one);
      }}
    />
  );
}
