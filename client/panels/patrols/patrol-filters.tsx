/** Which patrols: the days, the role, the chief. The same for the list, the map and the chart. */
import type { JSX } from 'preact';
import type { Role } from '../../../api/http/shapes.ts';
import { today } from '../../i18n/format.ts';
import { periodOf } from '../../state/patrol-query.ts';
import { patrolDays, roles } from '../../state/state.ts';
import { filterPatrols, lookAtDays, lookBack } from '../../state/transitions.ts';
import { Choice } from '../controls/choice.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';
import { ChiefSearch } from './chief-search.tsx';

export function PatrolFilters(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const patrols = useScreen((state) => state.patrols);
  const { role, chief, days } = patrols;
  const { first, last } = periodOf(patrols);
  const own = patrols.from !== null;
  return (
    <div class="section patrol-filters">
      <Choice
        label={m.patrols.period}
        hidden
        small
        value={own ? 'own' : days}
        options={[...patrolDays, 'own' as const].map((one) => ({ value: one, label: m.patrols.days[one] }))}
        onPick={(one) => store.update(one === 'own' ? lookAtDays(first, last) : lookBack(one))}
      />
      {own && (
        <div class="day-range">
          <input
            type="date"
            aria-label={m.patrols.firstDay}
            value={first}
            max={today()}
            onChange={({ currentTarget: { value } }) => value && store.update(lookAtDays(value, last, 'from'))}
          />
          <span aria-hidden="true">–</span>
          <input
            type="date"
            aria-label={m.patrols.lastDay}
            value={last}
            max={today()}
            onChange={({ currentTarget: { value } }) => value && store.update(lookAtDays(first, value, 'to'))}
          />
        </div>
      )}
      <div class="filter-row">
        <ChiefSearch
          picked={chief}
          role={role}
          label={m.patrols.chief}
          placeholder={m.patrols.anyChief}
          onPick={(one) => store.update(filterPatrols({ chief: one?.id ?? null, role: one?.role ?? role }))}
        />
        <select
          aria-label={m.plan.role}
          class={role ? 'set' : ''}
          value={role ?? ''}
          onChange={(event) =>
            store.update(filterPatrols({ role: (event.currentTarget.value || null) as Role | null, chief: null }))
          }
        >
          <option value="">{m.patrols.role}</option>
          {roles.map((one) => (
            <option key={one} value={one}>
              {m.role[one]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
