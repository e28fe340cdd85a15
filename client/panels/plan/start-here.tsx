/** No road picked yet: how to begin, and where it is worth beginning. */
import type { JSX } from 'preact';
import { gapsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { gapKey } from '../../state/gap-key.ts';
import { rest } from '../../state/hover.ts';
import { assignGap } from '../../state/transitions.ts';
import { hoverGap } from '../../modes/coverage.ts';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { GapLine } from '../coverage/gap-line.tsx';
import { useAct, useWords } from '../desk.ts';

const shown = 12;

export function StartHere(): JSX.Element {
  const { m, count, length } = useWords();
  const act = useAct();
  const { value, problem, loading, retry } = useAnswer(gapsPath({ limit: shown }));
  return (
    <div class="section">
      <p class="hint">{m.plan.hint}</p>
      <div class="section-head">
        <h2>{m.plan.startHere}</h2>
        {value && value.count > 0 && (
          <span class="quiet">{m.coverage.gapsCount(count(value.count), length(value.gap_m))}</span>
        )}
      </div>
      {problem && !value && <Fault problem={problem} onRetry={retry} />}
      {loading && !value && <Loading rows={6} />}
      {value && value.features.length === 0 && <Empty>{m.plan.nothingMissing}</Empty>}
      <ul class="lines">
        {value?.features.map((gap) => {
          const key = gapKey(gap.properties);
          return (
            <li key={key}>
              <button
                type="button"
                class="line"
                onClick={act(assignGap(key))}
                onPointerEnter={() => hoverGap(gap)}
                onPointerLeave={() => rest(null)}
              >
                <GapLine gap={gap} />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
