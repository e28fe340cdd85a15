/** Where on the strip the pointer rests, here or on the map. */
import type { JSX } from 'preact';
import type { MeasuredLine } from '../../road/measured-line.ts';
import { hover, metresOf } from '../../state/hover.ts';
import { useStore, useWords } from '../desk.ts';

export function MetreMark({ line }: { line: MeasuredLine }): JSX.Element | null {
  const { metres: text, m } = useWords();
  const metres = useStore(hover, metresOf);
  if (metres === null) return null;
  const share = metres / line.length_m;
  return (
    <div class={`metre-mark ${share > 0.9 ? 'at-end' : ''}`} style={{ left: `${share * 100}%` }} aria-hidden="true">
      <span>
        {text(Math.round(metres))} {m.metre}
      </span>
    </div>
  );
}
