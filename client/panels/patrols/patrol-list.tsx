/** The patrols of the period, latest first: who, when, how many metres it proved, and whether something is doubtful. */
import type { JSX } from 'preact';
import type { PatrolList as Answer } from '../../../api/patrols/patrols.contract.ts';
import { patrolsPath } from '../../requests/paths.ts';
import { usePages } from '../../requests/use-answer.ts';
import { patrolQuery } from '../../state/patrol-query.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { openPatrol } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { RoleMark } from '../controls/marks.tsx';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useWhenSeen } from '../coverage/gap-list.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';

type Brief = Answer['patrols'][number];

export function PatrolList(): JSX.Element {
  const { m, count } = useWords();
  const patrols = useScreen((state) => state.patrols);
  const { pages, loading, problem, more } = usePages(patrolsPath({ ...patrolQuery(patrols), limit: 60 }));
  const [first] = pages;
  const end = useWhenSeen(more);
  return (
    <div class="patrol-list">
      <div class="section-head sticky">
        <h3>{m.patrols.list}</h3>
        {first && <b>{m.patrols.count(count(first.count))}</b>}
      </div>
      {problem && <Fault problem={problem} onRetry={more ?? undefined} />}
      {!first && loading && <Loading rows={6} />}
      {first?.count === 0 && (
        <Empty>
          {m.patrols.none}
          <br />
          {m.patrols.noneHint}
        </Empty>
      )}
      <ul class={`lines ${(loading || problem) && first ? 'working' : ''}`}>
        {pages.flatMap((page) => page.patrols.map((one) => <PatrolRow key={one.id} patrol={one} />))}
      </ul>
      {more && (
        <button ref={end} type="button" class="more" onClick={more}>
          {loading ? m.common.loading : m.common.more}
        </button>
      )}
    </div>
  );
}

function PatrolRow({ patrol }: { patrol: Brief }): JSX.Element {
  const { m, lengthParts, dayAndTime, duration, count } = useWords();
  const { store } = useDesk();
  const { id, chief, started_at, ended_at, walked_m, flags, stale } = patrol;
  const [value, unit] = lengthParts(walked_m);
  return (
    <li>
      <button
        type="button"
        class="line patrol-line"
        onClick={() => {
          giveMapRoom();
          store.update(openPatrol(id));
        }}
      >
        <span class="patrol-who">
          {chief.name} <RoleMark role={chief.role} />
        </span>
        <span class="patrol-figure">
          <span class="unseen">{m.patrols.walked} </span>
          {value} <small>{unit}</small>
        </span>
        <span class="quiet patrol-when">
          {dayAndTime(started_at)} · {duration(secondsBetween(started_at, ended_at))}
        </span>
        {flags > 0 && (
          <span class="patrol-flags uncertain">
            <Icon name="warning" size={13} />
            {m.patrols.flagged(count(flags))}
          </span>
        )}
        {stale && <span class="quiet patrol-stale">{m.patrols.stale}</span>}
      </button>
    </li>
  );
}

export const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;
