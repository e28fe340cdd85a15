/** The filters that the views of changes and duties share with the blind spots. */
import type { JSX } from 'preact';
import { asksFor } from '../../state/gap-query.ts';
import { gapKinds, roles } from '../../state/state.ts';
import { filterGaps, showKind } from '../../state/transitions.ts';
import { ZoneSelect } from '../controls/zone-select.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';
import { WordSelect } from './filters.tsx';

export function KindSelect(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const kind = useScreen((state) => state.coverage.kind);
  return (
    <select
      class="kind-select"
      aria-label={m.coverage.kinds}
      value={kind}
      onChange={(event) => {
        const picked = gapKinds.find((one) => one === event.currentTarget.value);
        if (picked) store.update(showKind(picked));
      }}
    >
      {gapKinds.map((one) => (
        <option key={one} value={one}>
          {m.coverage.kind[one]}
        </option>
      ))}
    </select>
  );
}

/** `always`: of duties, which every role has. */
export function ZoneAndRole({ always = false }: { always?: boolean }): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const { zone, role, kind } = useScreen((state) => state.coverage);
  return (
    <>
      <ZoneSelect label={m.coverage.filterZone} value={zone} onPick={(id) => store.update(filterGaps({ zone: id }))} />
      {(always || asksFor(kind, 'role')) && (
        <WordSelect
          label={m.coverage.filterRole}
          words={roles.map((one) => [one, m.role[one]])}
          value={role}
          onPick={(one) => store.update(filterGaps({ role: one }))}
        />
      )}
    </>
  );
}
