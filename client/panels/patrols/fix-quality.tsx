/** What the track told about its own noise, which the matcher went by, and the fixes that could not be read. */
import type { JSX } from 'preact';
import type { Patrol } from '../../../api/patrols/patrols.contract.ts';
import { decimal } from '../../i18n/format.ts';
import { useWords } from '../desk.ts';

export function Noise({ patrol: { estimate } }: { patrol: Patrol }): JSX.Element {
  const { m, language, duration } = useWords();
  const metres = (value: number): string => `${decimal(language, value)} ${m.metre}`;
  return (
    <div class="section noise">
      <h3>{m.patrols.noise}</h3>
      {!estimate && <p class="quiet">{m.patrols.noEstimate}</p>}
      {estimate && (
        <dl class="facts">
          <div>
            <dt>{m.patrols.noiseTotal}</dt>
            <dd>{m.patrols.noiseTotalOf(metres(estimate.noise_m), metres(estimate.white_m))}</dd>
          </div>
          <div>
            <dt>{m.patrols.noiseLasting}</dt>
            <dd>
              {estimate.correlation_s > 0
                ? m.patrols.noiseLastingOf(duration(estimate.correlation_s))
                : m.patrols.noLasting}
            </dd>
          </div>
          <div>
            <dt>{m.patrols.speed}</dt>
            <dd>{m.patrols.speedOf(decimal(language, estimate.speed_m_s))}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}

export function Dropped({ patrol: { dropped } }: { patrol: Patrol }): JSX.Element | null {
  const { m, count } = useWords();
  if (dropped.length === 0) return null;
  // The server counts lines of text, and positions or track points of lists: "line 12", "track point 40".
  const inWords = (first: string): string => {
    const [, unit, number] = /^(line|position|track point) (\d+)$/.exec(first) ?? [];
    return unit && number ? m.patrols.firstAt[unit === 'line' ? 'line' : 'position'](number) : first;
  };
  return (
    <div class="section noise">
      <h3>{m.patrols.dropped}</h3>
      <dl class="facts dropped">
        {dropped.map(({ because, fixes, first }) => (
          <div key={because}>
            <dt>{m.patrols.droppedBecause[because]}</dt>
            <dd>{m.patrols.droppedLine(count(fixes), inWords(first))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
