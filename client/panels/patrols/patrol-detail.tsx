/** One patrol: who, when, how much; its time to move through; what was walked, what not, and what speaks against it. */
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Patrol } from '../../../api/patrols/patrols.contract.ts';
import { patrolAtHand } from '../../patrol/patrol-at-hand.ts';
import { askAgain } from '../../requests/answers.ts';
import { patrolPath } from '../../requests/paths.ts';
import { openPatrol } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { RoleMark } from '../controls/marks.tsx';
import { Fault, Loading } from '../controls/states.tsx';
import { useAct, useStore, useWords } from '../desk.ts';
import { Dropped, Noise } from './fix-quality.tsx';
import { Doubts } from './doubts.tsx';
import { PassList } from './pass-list.tsx';
import { secondsBetween } from './patrol-list.tsx';
import { TimeSlider } from './time-slider.tsx';
import { UnmatchedList } from './unmatched-list.tsx';

/** A patrol whose roads were changed is matched anew within seconds. */
const askAgain_ms = 5000;

export function PatrolDetail({ id }: { id: number }): JSX.Element {
  const { m } = useWords();
  const act = useAct();
  const at = useStore(patrolAtHand, (one) => (one?.id === id ? one : null));
  const stale = at?.patrol?.stale ?? false;
  useEffect(() => {
    if (!stale) return;
    const timer = setInterval(() => askAgain((path) => path.startsWith(patrolPath(id))), askAgain_ms);
    return () => clearInterval(timer);
  }, [stale, id]);
  // The lists do not change while the slider moves, so they are not drawn again for it.
  const lists = useMemo(
    () =>
      at?.walk && (
        <>
          <PassList walk={at.walk} least={at.least} />
          <UnmatchedList walk={at.walk} />
        </>
      ),
    [at?.walk, at?.least],
  );
  return (
    <div class="patrol-detail">
      <div class="panel-top patrol-head">
        <button type="button" class="link with-icon" onClick={act(openPatrol(null))}>
          <Icon name="back" size={16} />
          {m.patrols.back}
        </button>
        {at?.patrol && <Who patrol={at.patrol} />}
        {at?.walk && <TimeSlider walk={at.walk} />}
      </div>
      {at?.problem && (
        <div class="section">
          <Fault problem={at.problem} onRetry={() => askAgain((path) => path.startsWith(patrolPath(id)))} />
        </div>
      )}
      {!at?.patrol && !at?.problem && <Loading rows={6} />}
      {at?.patrol && (
        <>
          <Facts patrol={at.patrol} />
          <Doubts patrol={at.patrol} />
        </>
      )}
      {lists}
      {at?.patrol && (
        <>
          <Noise patrol={at.patrol} />
          <Dropped patrol={at.patrol} />
        </>
      )}
    </div>
  );
}

function Who({ patrol: { chief, started_at, ended_at } }: { patrol: Patrol }): JSX.Element {
  const { m, dayAndTime, duration } = useWords();
  return (
    <div class="patrol-title">
      <h2 aria-label={m.patrols.opened(chief.name)}>{chief.name}</h2>
      <RoleMark role={chief.role} />
      <span class="quiet">
        {dayAndTime(started_at)} · {duration(secondsBetween(started_at, ended_at))}
      </span>
    </div>
  );
}

function Facts({ patrol }: { patrol: Patrol }): JSX.Element {
  const { m, lengthParts, count, duration, dayAndTime } = useWords();
  const { walked_m, matched_m, fixes, estimate, received_at, stale } = patrol;
  const [walked, walkedUnit] = lengthParts(walked_m);
  const [matched, matchedUnit] = lengthParts(matched_m);
  return (
    <div class="section patrol-facts">
      <h3 class="unseen">{m.patrols.facts}</h3>
      {stale && <p class="stale-note">{m.patrols.stale}</p>}
      <dl class="total-facts">
        <div class="patrol-walked" title={m.patrols.walkedHint}>
          <dt>{m.patrols.walked}</dt>
          <dd>
            {walked} <small>{walkedUnit}</small>
          </dd>
        </div>
        <div title={m.patrols.matchedHint}>
          <dt>{m.patrols.matched}</dt>
          <dd>
            {matched} <small>{matchedUnit}</small>
          </dd>
        </div>
      </dl>
      <dl class="facts">
        <div>
          <dt>{m.patrols.fixes}</dt>
          <dd>{estimate ? m.patrols.fixesOf(count(fixes), duration(estimate.interval_s)) : count(fixes)}</dd>
        </div>
        <div>
          <dt>{m.patrols.received}</dt>
          <dd>{dayAndTime(received_at)}</dd>
        </div>
      </dl>
    </div>
  );
}
