/** Coverage: how much of what is required is held, and where it is not. */
import type { JSX } from 'preact';
import { coveragePath, gapsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { classes, roles } from '../../state/state.ts';
import { filterGaps } from '../../state/transitions.ts';
import type { RoadClass, Role } from '../../../api/http/shapes.ts';
import { AsOf, PastBanner } from '../controls/as-of.tsx';
import { Fault, Loading } from '../controls/states.tsx';
import { ZoneSelect } from '../controls/zone-select.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { GapList } from './gap-list.tsx';
import { GroupTable } from './group-table.tsx';
import { RoleBars } from './role-bars.tsx';
import { Totals } from './totals.tsx';

export function CoveragePanel(): JSX.Element {
  const { at } = useScreen((state) => state);
  const { group, role, zone, class: roadClass } = useScreen((state) => state.coverage);
  const filters = { at, class: roadClass, zone_id: zone };
  // The bars compare the roles, so they are asked for all six; the table and the list follow the chosen one.
  const whole = useAnswer(coveragePath({ ...filters, group: 'none' }));
  const groups = useAnswer(coveragePath({ at, class: roadClass, role, zone_id: zone, group }));
  return (
    <>
      <div class="panel-top">
        <Filters />
      </div>
      <PastBanner />
      {whole.problem && !whole.last && (
        <div class="section">
          <Fault problem={whole.problem} onRetry={whole.retry} />
        </div>
      )}
      {!whole.last && whole.loading && <Loading rows={8} />}
      {whole.last && (
        <div class={whole.loading || whole.problem ? 'working' : ''}>
          <Totals coverage={whole.last} role={role} />
          <RoleBars coverage={whole.last} />
        </div>
      )}
      <GroupTable
        coverage={groups.last}
        loading={groups.loading || groups.problem !== undefined}
        problem={groups.problem}
        onRetry={groups.retry}
      />
      <GapList path={gapsPath({ at, role, class: roadClass, zone_id: zone, limit: 60 })} />
    </>
  );
}

function Filters(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const { role, zone, class: roadClass } = useScreen((state) => state.coverage);
  const filtered = role !== null || zone !== null || roadClass !== null;
  return (
    <div class="filters">
      <ZoneSelect label={m.coverage.filterZone} value={zone} onPick={(id) => store.update(filterGaps({ zone: id }))} />
      <select
        aria-label={m.coverage.filterRole}
        class={role ? 'set' : ''}
        value={role ?? ''}
        onChange={(event) => store.update(filterGaps({ role: (event.currentTarget.value || null) as Role | null }))}
      >
        <option value="">{m.coverage.filterRole}</option>
        {roles.map((one) => (
          <option key={one} value={one}>
            {m.role[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={m.coverage.filterClass}
        class={roadClass ? 'set' : ''}
        value={roadClass ?? ''}
        onChange={(event) =>
          store.update(filterGaps({ class: (event.currentTarget.value || null) as RoadClass | null }))
        }
      >
        <option value="">{m.coverage.filterClass}</option>
        {classes.map((one) => (
          <option key={one} value={one}>
            {m.roadClass[one]}
          </option>
        ))}
      </select>
      <div class="filters-foot">
        <AsOf />
        {filtered && (
          <button type="button" class="link" onClick={act(filterGaps({ role: null, zone: null, class: null }))}>
            {m.coverage.reset}
          </button>
        )}
      </div>
    </div>
  );
}
