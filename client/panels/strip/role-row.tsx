/** One role of the strip. */
import type { JSX } from 'preact';
import type { Role } from '../../../api/http/shapes.ts';
import type { Block, Strip } from '../../road/strip-of.ts';
import { chooseRole, chooseSides, setStretch } from '../../state/transitions.ts';
import { useDesk, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';
import { along } from './layout-marks.ts';

export function RowLabel({ role, picked }: { role: Role; picked: boolean }): JSX.Element {
  const { m } = useWords();
  return (
    <div class={`strip-label ${picked ? 'picked' : ''}`} style={{ '--colour': `var(--role-${role})` }}>
      <i />
      {m.roleShort[role]}
    </div>
  );
}

export function RowTotal({ strip, role }: { strip: Strip | null; role: Role }): JSX.Element {
  const { m, length } = useWords();
  if (!strip) return <div class="strip-total" />;
  const missing = strip.missing_m[role];
  const asked = strip.rows[role].some((block) => block.holder || block.missing);
  return (
    <div class={`strip-total ${missing > 0 ? 'missing' : ''}`}>
      {missing > 0 ? m.strip.total(length(missing)) : asked ? m.strip.complete : ''}
    </div>
  );
}

export function RoleRow({
  role,
  row,
  blocks,
  picked,
  chosen,
  length,
  width,
  isDrawing,
}: {
  role: Role;
  row: number;
  /** null while the segments are being read. */
  blocks: readonly Block[] | null;
  picked: boolean;
  /** From and to of the brush; what lies outside is veiled. null where there is no brush. */
  chosen: [number, number] | null;
  length: number;
  width: number;
  isDrawing: () => boolean;
}): JSX.Element {
  const { m } = useWords();
  return (
    <div
      class={`strip-row ${picked ? 'picked' : ''} ${blocks ? '' : 'reading'}`}
      role="group"
      aria-label={m.role[role]}
      style={{ '--colour': `var(--role-${role})` }}
    >
      {blocks?.map((block, i) => (
        <BlockView
          key={`${block.from}-${block.sides}`}
          block={block}
          role={role}
          row={row}
          first={row === 0 && i === 0}
          veiled={chosen !== null && (block.from < chosen[0] || block.from >= chosen[1])}
          shade={i % 2}
          length={length}
          width={width}
          isDrawing={isDrawing}
        />
      ))}
    </div>
  );
}

/** Below these widths in pixels a name, or a name with its metres, does not fit. */
const room = { name: 26, metres: 118 };

function BlockView({
  block,
  role,
  row,
  first,
  veiled,
  shade,
  length,
  width,
  isDrawing,
}: {
  block: Block;
  role: Role;
  row: number;
  first: boolean;
  /** Its words, which stand at its start, lie under the veil. */
  veiled: boolean;
  shade: number;
  length: number;
  width: number;
  isDrawing: () => boolean;
}): JSX.Element {
  const { m, metres, length: words } = useWords();
  const { store } = useDesk();
  const { from, to, sides, holder, missing } = block;
  const size = ((to - from) / length) * width;
  const who = holder?.name ?? (missing ? m.strip.nobody : m.strip.notRequired);
  const label = m.strip.block(m.role[role], who, metres(from), metres(to), m.sides[sides]);
  const kind = holder ? 'held' : missing ? 'gap' : 'free';
  const half = sides === 'both' ? '' : `half half-${sides}`;
  return (
    <button
      type="button"
      class={`block block-${kind} ${half} shade-${shade} ${veiled ? 'veiled' : ''}`}
      style={along(from, to, length)}
      tabIndex={first ? 0 : -1}
      data-row={row}
      data-from={from}
      data-to={to}
      aria-label={label}
      title={[label, holder?.organisation, holder?.phone].filter(Boolean).join('\n')}
      {...lightUp({ what: 'stretch', from_m: from, to_m: to, sides, role })}
      onClick={() => {
        if (isDrawing()) return;
        store.update((state) => chooseSides(sides)(setStretch(from, to, length)(chooseRole(role)(state))));
      }}
    >
      {size >= room.name && kind !== 'free' && (
        <span>
          {kind === 'held' ? who : size >= room.metres / 2 ? words(to - from) : ''}
          {kind === 'held' && size >= room.metres && sides === 'both' && <small>{words(to - from)}</small>}
        </span>
      )}
    </button>
  );
}
