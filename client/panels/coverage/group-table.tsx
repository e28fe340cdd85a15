/** Coverage by town, community, bureau-led area or class; any column sorts. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Coverage } from '../../../api/coverage/coverage.contract.ts';
import type { RoadClass } from '../../../api/http/shapes.ts';
import { classes, groupings } from '../../state/state.ts';
import { filterGaps, groupBy } from '../../state/transitions.ts';
import { Choice } from '../controls/choice.tsx';
import { ShareBar } from '../controls/marks.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';

type Group = Coverage['groups'][number];
type Column = 'road_m' | 'met_percent' | 'missing_m';
const columns: Column[] = ['road_m', 'met_percent', 'missing_m'];

export function GroupChoice(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const group = useScreen((state) => state.coverage.group);
  return (
    <Choice
      label={m.coverage.byGroup}
      hidden
      small
      value={group}
      options={groupings.map((one) => ({ value: one, label: m.coverage.groups[one] }))}
      onPick={(one) => store.update(groupBy(one))}
    />
  );
}

export function GroupTable({ coverage }: { coverage: Coverage }): JSX.Element {
  const { m, length, percent } = useWords();
  const { store } = useDesk();
  const { zone, class: roadClass } = useScreen((state) => state.coverage);
  const [by, sortBy] = useState<Column>('missing_m');
  const heads: Record<Column, string> = {
    road_m: m.coverage.road,
    met_percent: m.coverage.shareOf[coverage.kind],
    missing_m: m.coverage.missingOf[coverage.kind],
  };
  const groups = sorted(coverage.groups, by);
  const pick = (one: Group): void => {
    if (one.kind === 'class') {
      const name = classes.find((word) => word === one.name) ?? null;
      store.update(filterGaps({ class: name === roadClass ? null : name }));
    } else if (one.id !== null) store.update(filterGaps({ zone: one.id === zone ? null : one.id }));
  };
  return (
    <div class={`table-scroll ${groups.length > 8 ? 'long' : ''}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.coverage.name}</th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                class="figure"
                aria-sort={by === column ? (column === 'met_percent' ? 'ascending' : 'descending') : 'none'}
              >
                <button type="button" onClick={() => sortBy(column)}>
                  {heads[column]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((one) => {
            const name = nameOf(one, m);
            const picked = (one.id !== null && one.id === zone) || (one.kind === 'class' && one.name === roadClass);
            return (
              <tr key={`${one.kind}-${one.id ?? one.name}`} class={picked ? 'picked' : ''}>
                <th scope="row">
                  {one.id !== null || one.kind === 'class' ? (
                    <button type="button" aria-pressed={picked} onClick={() => pick(one)}>
                      {name}
                    </button>
                  ) : (
                    <span class="quiet">{name}</span>
                  )}
                </th>
                <td class="figure quiet">{length(one.road_m)}</td>
                <td class="figure share-cell">
                  <ShareBar percent={one.met_percent} label="" />
                  <span>{percent(one.met_percent)}</span>
                </td>
                <td class={`figure ${one.missing_m > 0 ? 'missing' : 'quiet'}`}>
                  {one.missing_m > 0 ? length(one.missing_m) : '—'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function nameOf({ kind, name }: Group, m: ReturnType<typeof useWords>['m']): string {
  if (kind === 'class') return m.roadClass[name as RoadClass] ?? name ?? '';
  return name ?? (kind === 'bureau' ? m.coverage.outsideBureau : m.coverage.noZone);
}

/** Where most is to be done stands first: the least share, the most metres. */
function sorted(groups: readonly Group[], by: Column): Group[] {
  return [...groups].sort((a, b) => (by === 'met_percent' ? (a[by] ?? 101) - (b[by] ?? 101) : b[by] - a[by]));
}
