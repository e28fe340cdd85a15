/** How sure a pass is: in figures, with the colour of the map beside them, and in words where it does not count. */
import type { JSX } from 'preact';
import { confidenceColour } from '../../layers/passes.ts';
import { useWords } from '../desk.ts';

export function Confidence({ confidence, credited }: { confidence: number; credited: boolean }): JSX.Element {
  const { m, probability } = useWords();
  // 99.7 % is not certainty, and is not shown as such.
  const shown = probability(confidence < 1 ? Math.min(confidence, 0.99) : 1);
  return (
    <span class={`confidence ${credited ? '' : 'doubtful'}`} style={{ '--colour': confidenceColour(confidence) }}>
      <i />
      <span class="unseen">{m.patrols.confidence(shown)}</span>
      <span aria-hidden="true">{shown}</span>
      {!credited && <em>{m.patrols.notCredited}</em>}
    </span>
  );
}
