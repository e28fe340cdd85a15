/** The metres below the strip and the crossings above it. */
import type { JSX } from 'preact';
import type { Crossing } from '../../road/crossings.ts';
import { useWords } from '../desk.ts';
import { alignment, labelled, tickStep } from './layout-marks.ts';

export function Axis({ length, width }: { length: number; width: number }): JSX.Element {
  const { m, metres } = useWords();
  const step = tickStep(length, width);
  const ticks = Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step);
  // The last tick gives way to the end of the road.
  const shown = ticks.filter((tick) => tick === 0 || ((length - tick) / length) * width > 78);
  return (
    <div class="strip-axis" aria-hidden="true">
      {shown.map((tick) => (
        <span key={tick} class="tick" style={{ left: `${(tick / length) * 100}%` }}>
          {metres(tick)}
        </span>
      ))}
      <span class="tick tick-end" style={{ left: '100%' }}>
        {metres(Math.round(length))} {m.metre}
      </span>
    </div>
  );
}

/** Names where there is room, the greater road before the lesser; a tick for every crossing. */
export function Crossings({
  crossings,
  length,
  width,
}: {
  crossings: readonly Crossing[];
  length: number;
  width: number;
}): JSX.Element {
  const { metres } = useWords();
  const named = labelled(crossings, length, width);
  return (
    <div class="strip-crossings" aria-hidden="true">
      {crossings.map((one) => (
        <span
          key={`${one.road_id}-${one.metres}`}
          class={`crossing crossing-${one.class} ${named.has(one) ? 'named' : ''}`}
          style={{ left: `${(one.metres / length) * 100}%` }}
          title={`${one.name} · ${metres(Math.round(one.metres))}`}
        >
          {named.has(one) && <b class={alignment(one.metres / length)}>{one.name}</b>}
        </span>
      ))}
    </div>
  );
}
