/** The duties side by side, each with the period that was looked at; one of them can be looked at alone. */
import type { JSX } from 'preact';
import type { Coverage } from '../../../api/coverage/coverage.contract.ts';
import { filterGaps } from '../../state/transitions.ts';
import { ShareBar } from '../controls/marks.tsx';
import { useAct, useScreen, useWords, type Words } from '../desk.ts';

export function DutyBars({ coverage }: { coverage: Coverage }): JSX.Element {
  const { m, percent, length, ...words } = useWords();
  const act = useAct();
  const picked = useScreen((state) => state.coverage.duty);
  return (
    <div class="section role-bars">
      <h3 class="unseen">{m.coverage.byDuty}</h3>
      {coverage.duties.map(({ duty, role, per, period, met_percent, missing_m }) => {
        const name = m.coverage.duty[duty] ?? duty;
        return (
          <button
            key={duty}
            type="button"
            class="role-bar duty-bar"
            aria-pressed={picked === duty}
            title={m.role[role]}
            onClick={act(filterGaps(picked === duty ? { role: null, duty: null } : { role, duty }))}
            style={{ '--colour': `var(--role-${role})` }}
          >
            <span class="role-mark">
              <i />
              {name}
            </span>
            <ShareBar percent={met_percent} label={`${name} ${percent(met_percent)}`} />
            <b>{percent(met_percent)}</b>
            <span class={missing_m > 0 ? 'missing' : 'quiet'}>{missing_m > 0 ? length(missing_m) : ''}</span>
            <small class="quiet duty-period">
              {m.roleShort[role]} · {m.coverage.per[per]} · {periodInWords(period, { m, ...words })}
            </small>
          </button>
        );
      })}
    </div>
  );
}

/** The days of a period, its last included: people do not think half-open. */
export function periodInWords(
  { from, to }: { from: string; to: string },
  { m, shortDay }: Pick<Words, 'm' | 'shortDay'>,
): string {
  const last = new Date(Date.parse(to) - 1).toISOString();
  const [first, end] = [shortDay(from), shortDay(last)];
  return first === end ? first : m.plan.until(first, end);
}
