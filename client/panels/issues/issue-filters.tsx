/** Which issues: the same filters for the list, the dots on the map, the heat map and the hot spots. */
import type { JSX } from 'preact';
import { categoriesPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { periods, statuses } from '../../state/state.ts';
import { filterIssues, toggleStatus } from '../../state/transitions.ts';
import { Choice } from '../controls/choice.tsx';
import { ZoneSelect } from '../controls/zone-select.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { CategoryPicker } from './category-picker.tsx';

export function IssueFilters(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const { category, status, period, zone } = useScreen((state) => state.issues);
  const { value } = useAnswer(categoriesPath);
  return (
    <div class="section issue-filters">
      <Choice
        label={m.issues.period}
        hidden
        small
        value={period}
        options={periods.map((one) => ({ value: one, label: m.issues.periods[one] }))}
        onPick={(one) => store.update(filterIssues({ period: one }))}
      />
      <div class="status-chips" role="group" aria-label={m.issues.status}>
        {statuses.map((one) => (
          <button
            key={one}
            type="button"
            class="chip"
            aria-pressed={status.includes(one)}
            style={{ '--colour': `var(--status-${one})` }}
            onClick={act(toggleStatus(one))}
          >
            <i />
            {m.statusShort[one]}
          </button>
        ))}
      </div>
      <div class="filter-row">
        <CategoryPicker
          categories={value?.categories ?? []}
          picked={category}
          placeholder={m.issues.allCategories}
          onPick={(one) => store.update(filterIssues({ category: one }))}
        />
        <ZoneSelect label={m.issues.zone} value={zone} onPick={(id) => store.update(filterIssues({ zone: id }))} />
      </div>
    </div>
  );
}
