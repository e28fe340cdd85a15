/** The whole patrol as a band above its slider: passes in the colour of their confidence, hatched where nothing matched. */
import type { JSX } from 'preact';
import { confidenceColour } from '../../layers/passes.ts';
import type { Walk } from '../../patrol/walk.ts';

/** Said in words by the lists below, so it is not read out. */
export function TimeBand({ walk }: { walk: Walk }): JSX.Element {
  const share = (second: number): number => (second / Math.max(walk.duration_s, 1)) * 100;
  const place = ({ begin, end }: { begin: number; end: number }): { left: string; width: string } => ({
    left: `${share(begin)}%`,
    width: `max(1px, ${share(end - begin)}%)`,
  });
  return (
    <div class="time-band" aria-hidden="true">
      {walk.unmatched.map((one, i) => (
        <i key={`unmatched-${i}`} class="band-unmatched" style={place(one)} />
      ))}
      {walk.passes.map((one) => (
        <i
          key={one.index}
          class={one.credited ? '' : 'band-doubtful'}
          style={{ ...place(one), '--colour': confidenceColour(one.confidence) }}
        />
      ))}
    </div>
  );
}
