/** Reasons to doubt that the track was walked, in the reader's own words. Nothing is left out of the track for them. */
import type { JSX } from 'preact';
import type { Patrol, PatrolFlag } from '../../../api/patrols/patrols.contract.ts';
import { openPatrol, standAt } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { useAct, useWords } from '../desk.ts';

export function Doubts({ patrol }: { patrol: Patrol }): JSX.Element {
  const { m } = useWords();
  const { genuineness, started_at } = patrol;
  return (
    <div class="section doubts">
      <h3>{m.patrols.doubts}</h3>
      {genuineness.length === 0 ? (
        <p class="quiet with-icon">
          <Icon name="check" size={14} />
          {m.patrols.doubtsNone}
        </p>
      ) : (
        <p class="quiet">{m.patrols.doubtsHint}</p>
      )}
      <ul>
        {genuineness.map((flag, i) => (
          <Doubt key={i} flag={flag} started_at={started_at} />
        ))}
      </ul>
    </div>
  );
}

function Doubt({ flag, started_at }: { flag: PatrolFlag; started_at: string }): JSX.Element {
  const { m, clock, count, decimal } = useWords();
  const act = useAct();
  const { kind, from, to, fixes, figures, patrol_id } = flag;
  return (
    <li class="doubt">
      <Icon name="warning" size={16} />
      <div>
        <b>{m.patrols.doubt[kind]}</b>
        <p class="doubt-detail">{m.patrols.doubtDetail[kind]((name) => decimal(figures[name] ?? 0), count(fixes))}</p>
        <p class="doubt-where">
          <button type="button" class="link" onClick={act(standAt((Date.parse(from) - Date.parse(started_at)) / 1000))}>
            {clock(from)}–{clock(to)}
          </button>
          <span class="quiet">{m.patrols.doubtFixes(count(fixes))}</span>
          {patrol_id !== null && (
            <button type="button" class="link" onClick={act(openPatrol(patrol_id))}>
              {m.patrols.otherPatrol}
            </button>
          )}
        </p>
      </div>
    </li>
  );
}
