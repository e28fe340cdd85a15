/** Roads a place may belong to, with how likely each is. A person chooses where the server cannot tell. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Candidate } from '../../../api/issues/issues.contract.ts';
import { useWords } from '../desk.ts';

export function Candidates({
  candidates,
  chosen,
  onChoose,
}: {
  candidates: readonly Candidate[];
  chosen: number | null;
  onChoose: (road: number) => void;
}): JSX.Element {
  const { m, metres, exact, probability, roadName } = useWords();
  const name = useId();
  return (
    <ul class="candidates" role="radiogroup" aria-label={m.issues.candidates}>
      {candidates.map((one) => (
        <li key={`${one.road_id}-${one.measure_m}`}>
          <label class="candidate">
            <input type="radio" name={name} checked={one.road_id === chosen} onChange={() => onChoose(one.road_id)} />
            <span class="candidate-name">
              {roadName(one.road_name, one.class)}
              {one.flags.map((flag) => (
                <em key={flag}>{m.issues.flags[flag]}</em>
              ))}
            </span>
            <b class="candidate-share">{probability(one.probability)}</b>
            <span class="quiet candidate-place">
              {metres(Math.round(one.measure_m))} {m.metre} · {m.sides[one.side]} ·{' '}
              {exact(Math.round(one.offset_m * 10) / 10)}
            </span>
            <span class="candidate-bar">
              <i style={{ width: `${one.probability * 100}%` }} />
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
