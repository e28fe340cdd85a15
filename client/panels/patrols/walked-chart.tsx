/** How much of what is required was walked, by role and day. Bars speak by their height, so no colour has to be told apart. */
import type { JSX } from 'preact';
import { dayOfMonth } from '../../i18n/format.ts';
import { walkedPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { patrolQuery, periodOf } from '../../state/patrol-query.ts';
import { lookAtDays } from '../../state/transitions.ts';
import { RoleMark } from '../controls/marks.tsx';
import { Fault, Loading } from '../controls/states.tsx';
import { useAct, useScreen, useWords } from '../desk.ts';
import { topOf, walkedRows, type Cell } from './walked-rows.ts';

/** More days than this have no room for a number above each bar. */
const mostNumbered = 14;

export function WalkedChart(): JSX.Element {
  const { m, day, language, percent } = useWords();
  const act = useAct();
  const patrols = useScreen((state) => state.patrols);
  const { from, to, role } = patrolQuery(patrols);
  const { first, last: lastDay } = periodOf(patrols);
  const { last, problem, loading, retry } = useAnswer(walkedPath({ from, to, role }));
  const rows = last ? walkedRows(last, role) : [];
  const top = last ? topOf(last, role) : 100;
  const days = last?.days.map((one) => one.day) ?? [];
  const noon = (one: string): string => `${one}T12:00:00Z`;
  return (
    <div class={`section walked ${loading && last ? 'working' : ''}`}>
      <div class="section-head">
        <h3 title={m.patrols.chartHint}>{m.patrols.chart}</h3>
        <span class="quiet walked-period">
          {first === lastDay ? day(noon(first)) : m.plan.until(day(noon(first)), day(noon(lastDay)))}
        </span>
      </div>
      {problem && !last && <Fault problem={problem} onRetry={retry} />}
      {!last && loading && <Loading rows={4} />}
      {last && rows.length === 0 && <p class="quiet">{m.patrols.chartNone}</p>}
      {rows.length > 0 && <p class="quiet walked-scale">{m.patrols.chartScale(percent(top))}</p>}
      {rows.length > 0 && (
        <table class={`walked-table ${days.length > mostNumbered ? 'many' : ''}`}>
          <caption class="unseen">{m.patrols.chartHint}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{m.plan.role}</span>
              </th>
              {days.map((one) => (
                <th key={one} scope="col">
                  {days.length > mostNumbered ? (
                    <span class="unseen">{day(noon(one))}</span>
                  ) : (
                    <button
                      type="button"
                      aria-label={day(noon(one))}
                      title={day(noon(one))}
                      onClick={act(lookAtDays(one, one))}
                    >
                      {dayOfMonth(language, noon(one))}
                    </button>
                  )}
                </th>
              ))}
              <th scope="col" class="figure">
                {m.patrols.chartMean}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.role} style={{ '--colour': `var(--role-${row.role})` }}>
                <th scope="row">
                  <RoleMark role={row.role} />
                </th>
                {row.days.map((cell, i) => (
                  <DayCell key={days[i]} day={day(noon(days[i]!))} cell={cell} top={top} />
                ))}
                <td class="figure">
                  <b>{percent(row.mean)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function DayCell({ day, cell, top }: { day: string; cell: Cell; top: number }): JSX.Element {
  const { m, percent, length } = useWords();
  const share = cell?.walked_percent ?? null;
  const told = cell
    ? [
        m.patrols.chartCell(day, percent(share), length(cell.walked_m), length(cell.required_m)),
        cell.elsewhere_m > 0 ? m.patrols.elsewhere(length(cell.elsewhere_m)) : '',
      ]
        .filter(Boolean)
        .join(' · ')
    : day;
  return (
    <td title={told}>
      <span class="walked-bar" aria-hidden="true">
        <i style={{ height: `${((share ?? 0) / top) * 100}%` }} />
      </span>
      <span class="unseen">{percent(share)}</span>
    </td>
  );
}
