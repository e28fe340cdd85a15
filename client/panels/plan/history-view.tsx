/** Who held the road when, role by role. A past day can be looked at in strip and map. */
import type { JSX } from 'preact';
import type { Assignment } from '../../../api/assignments/assignments.contract.ts';
import type { Road } from '../../../api/roads/roads.contract.ts';
import { assignmentsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { roles } from '../../state/state.ts';
import { AsOf } from '../controls/as-of.tsx';
import { RoleMark } from '../controls/marks.tsx';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';

export function HistoryView({ road }: { road: Road }): JSX.Element {
  const { m } = useWords();
  const { value, problem, loading, retry } = useAnswer(
    assignmentsPath({ road_id: road.id, history: 'true', limit: 1000 }),
  );
  const all = value?.assignments ?? [];
  return (
    <div class="section history">
      <div class="section-head">
        <h3>{m.plan.history}</h3>
        <AsOf />
      </div>
      {problem && !value && <Fault problem={problem} onRetry={retry} />}
      {loading && !value && <Loading rows={5} />}
      {value && all.length === 0 && <Empty>{m.plan.historyNone}</Empty>}
      {roles.map((role) => {
        const held = all
          .filter((one) => one.role === role)
          .sort((a, b) => (a.valid_from < b.valid_from ? 1 : a.valid_from > b.valid_from ? -1 : a.from_m - b.from_m));
        return held.length === 0 ? null : (
          <section key={role} class="history-role">
            <h4>
              <RoleMark role={role} short={false} />
            </h4>
            <ol>
              {held.map((one) => (
                <HistoryLine key={one.id} assignment={one} />
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

function HistoryLine({ assignment }: { assignment: Assignment }): JSX.Element {
  const { m, day, span } = useWords();
  const { chief, from_m, to_m, sides, role, valid_from, valid_to, assigned_by, ended_by } = assignment;
  const inForce = valid_to === null || new Date(valid_to) > new Date();
  return (
    <li
      class={inForce ? 'in-force' : 'ended'}
      tabIndex={0}
      {...lightUp({ what: 'stretch', from_m, to_m, sides, role })}
    >
      <span class="history-who">
        <b>{chief.name}</b>
        <span>
          {span(from_m, to_m)}
          {sides === 'both' ? '' : ` · ${m.sides[sides]}`}
        </span>
      </span>
      <span class="quiet">
        {valid_to === null ? m.plan.sinceDay(day(valid_from)) : m.plan.until(day(valid_from), day(valid_to))}
        {' · '}
        {ended_by ? m.plan.endedBy(ended_by) : m.plan.by(assigned_by)}
      </span>
    </li>
  );
}
