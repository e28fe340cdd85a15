/** The times of a patrol that became no pass, and why. */
import type { JSX } from 'preact';
import type { Walk } from '../../patrol/walk.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { standAt } from '../../state/transitions.ts';
import { useDesk, useWords } from '../desk.ts';

export function UnmatchedList({ walk }: { walk: Walk }): JSX.Element {
  const { m, clock, duration } = useWords();
  const { store } = useDesk();
  return (
    <div class="section unmatched">
      <h3>{m.patrols.unmatched}</h3>
      {walk.unmatched.length === 0 && <p class="quiet">{m.patrols.unmatchedNone}</p>}
      <ul class="lines">
        {walk.unmatched.map(({ because, begin, end }, i) => (
          <li key={i}>
            <button
              type="button"
              class="line unmatched-line"
              onClick={() => {
                giveMapRoom();
                store.update(standAt((begin + end) / 2));
              }}
            >
              <span>{m.patrols.because[because]}</span>
              <span class="quiet">
                {clock(new Date(walk.start_ms + begin * 1000))} · {duration(end - begin)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
