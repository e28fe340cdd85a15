/** Which zones the road runs through, as a band above the roles. */
import type { JSX } from 'preact';
import type { ZoneBlock } from '../../road/strip-of.ts';
import { useWords } from '../desk.ts';
import { along } from './layout-marks.ts';

export function ZoneRow({
  blocks,
  length,
  width,
}: {
  blocks: readonly ZoneBlock[];
  length: number;
  width: number;
}): JSX.Element {
  const { m } = useWords();
  const towns = new Set(blocks.map(({ town }) => town?.id));
  return (
    <div class="strip-zones">
      {blocks.map(({ from, to, sides, town, community, bureau_led }) => {
        const size = ((to - from) / length) * width;
        const full = [town?.name, community?.name].filter(Boolean).join(' · ') || m.strip.noZone;
        // On a road through one town the community alone says it.
        const short = towns.size > 1 && size > 110 ? full : (community?.name ?? town?.name ?? m.strip.noZone);
        return (
          <div
            key={`${from}-${sides}`}
            class={`zone-block ${bureau_led ? 'bureau-led' : ''} ${community ? '' : 'no-zone'} ${sides === 'both' ? '' : `half half-${sides}`}`}
            style={along(from, to, length)}
            title={bureau_led ? `${full}\n${m.strip.bureau}` : full}
          >
            {size > 34 && <span>{short}</span>}
          </div>
        );
      })}
    </div>
  );
}
