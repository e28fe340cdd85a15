/** No road picked yet: how to begin, and where it is worth beginning. */
import type { JSX } from 'preact';
import type { Gap } from '../../../api/coverage/coverage.contract.ts';
import { gapsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { gapKey } from '../../state/gap-key.ts';
import { assignGap } from '../../state/transitions.ts';
import { RoleMark } from '../controls/marks.tsx';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useAct, useDesk, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';

/** Gaps asked for, and stretches shown: several roles are often missing on the same metres. */
const asked = 72;
const shown = 12;
/** Names of roles that fit into a line. */
const named = 3;

export function StartHere(): JSX.Element {
  const { m, count, length } = useWords();
  const { settings } = useDesk();
  const { value, problem, loading, retry } = useAnswer(gapsPath({ limit: asked }));
  return (
    <div class="section">
      <p class="hint">{m.plan.hint}</p>
      <div class="section-head">
        <h2>{m.plan.startHere}</h2>
        {value && value.count > 0 && (
          <span class="quiet">{m.coverage.gapsCount(count(value.count), length(value.missing_m))}</span>
        )}
      </div>
      {problem && !value && <Fault problem={problem} onRetry={retry} />}
      {loading && !value && <Loading rows={6} />}
      {value && value.features.length === 0 && (
        <Empty>{settings.district.bounds ? m.plan.nothingMissing : m.empty.title}</Empty>
      )}
      <ul class="lines">
        {byStretch(value?.features ?? [])
          .slice(0, shown)
          .map((gaps) => (
            <StretchLine key={gapKey(gaps[0].properties)} gaps={gaps} />
          ))}
      </ul>
    </div>
  );
}

type Together = [Gap, ...Gap[]];

/** Gaps on the same metres of the same road together, in the order of the longest. */
function byStretch(gaps: readonly Gap[]): Together[] {
  const stretches = new Map<string, Together>();
  for (const gap of gaps) {
    const { road_id, from_m, to_m, sides } = gap.properties;
    const key = [road_id, from_m, to_m, sides].join();
    const together = stretches.get(key);
    if (together) together.push(gap);
    else stretches.set(key, [gap]);
  }
  return [...stretches.values()];
}

function StretchLine({ gaps }: { gaps: Together }): JSX.Element {
  const { m, count, lengthParts, metres, roadName } = useWords();
  const act = useAct();
  const [gap] = gaps;
  const { road_name, class: roadClass, from_m, to_m, sides, length_m, town, community } = gap.properties;
  const [figure, unit] = lengthParts(length_m);
  return (
    <li>
      <button
        type="button"
        class="line"
        onClick={act(assignGap(gapKey(gap.properties)))}
        {...lightUp({ what: 'gap', key: gapKey(gap.properties), shape: gap.geometry, sides })}
      >
        <span class="gap-line">
          <span class="gap-name">
            {roadName(road_name, roadClass ?? undefined)}
            {from_m !== null && to_m !== null && (
              <small>
                {m.common.span(metres(Math.round(from_m)), metres(Math.round(to_m)))}
                {sides !== null && sides !== 'both' && ` ${m.sides[sides]}`}
              </small>
            )}
          </span>
          <span class="gap-figure">
            {figure}
            <small>{unit}</small>
          </span>
          <span class="gap-where">
            {gaps.length <= named ? (
              gaps.map(({ properties: { role } }) => role && <RoleMark key={role} role={role} />)
            ) : (
              <span class="missing">{m.plan.rolesMissing(count(gaps.length))}</span>
            )}
            <span class="quiet gap-zone">{community?.name ?? town?.name}</span>
          </span>
        </span>
      </button>
    </li>
  );
}
