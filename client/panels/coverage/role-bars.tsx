/** The six roles side by side; one of them can be looked at alone. */
import type { JSX } from 'preact';
import type { Coverage } from '../../../api/coverage/coverage.contract.ts';
import { filterGaps } from '../../state/transitions.ts';
import { RoleMark, ShareBar } from '../controls/marks.tsx';
import { useAct, useScreen, useWords } from '../desk.ts';

export function RoleBars({ coverage }: { coverage: Coverage }): JSX.Element {
  const { m, percent, length } = useWords();
  const act = useAct();
  const picked = useScreen((state) => state.coverage.role);
  return (
    <div class="section role-bars">
      <h3 class="unseen">{m.coverage.byRole}</h3>
      {coverage.roles.map(({ role, met_percent, missing_m }) => (
        <button
          key={role}
          type="button"
          class="role-bar"
          aria-pressed={picked === role}
          onClick={act(filterGaps({ role: picked === role ? null : role }))}
          style={{ '--colour': `var(--role-${role})` }}
        >
          <RoleMark role={role} />
          <ShareBar percent={met_percent} label={`${m.role[role]} ${percent(met_percent)}`} />
          <b>{percent(met_percent)}</b>
          <span class={missing_m > 0 ? 'missing' : 'quiet'}>
            {missing_m > 0 ? length(missing_m) : met_percent === null ? '' : m.plan.heldHere}
          </span>
        </button>
      ))}
    </div>
  );
}
