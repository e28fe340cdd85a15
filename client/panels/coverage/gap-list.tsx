/** The gaps, longest first, read on as one scrolls. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Gap, GapList as Answer } from '../../../api/coverage/coverage.contract.ts';
import type { Path } from '../../requests/paths.ts';
import { usePages } from '../../requests/use-answer.ts';
import { gapKey } from '../../state/gap-key.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { assignGap, lookAtGap } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';
import { GapLine } from './gap-line.tsx';

export function GapList({ path }: { path: Path<Answer> }): JSX.Element {
  const { m, count, length } = useWords();
  const { pages, loading, problem, more } = usePages(path);
  const { role, zone, class: roadClass } = useScreen((state) => state.coverage);
  const [first] = pages;
  const end = useWhenSeen(more);
  return (
    <div class="gaps">
      <div class="section-head sticky">
        <h3>{m.coverage.gaps}</h3>
        {first && <b class="missing">{m.coverage.gapsCount(count(first.count), length(first.missing_m))}</b>}
        <span class="quiet">{m.coverage.longestFirst}</span>
      </div>
      {problem && <Fault problem={problem} onRetry={more ?? undefined} />}
      {!first && loading && <Loading rows={6} />}
      {first && first.features.length === 0 && (
        <Empty>{role || zone || roadClass ? m.coverage.noneFiltered : m.coverage.none}</Empty>
      )}
      <ul class={`lines ${(loading || problem) && first ? 'working' : ''}`}>
        {pages.flatMap((page) => page.features.map((gap) => <GapRow key={gapKey(gap.properties)} gap={gap} />))}
      </ul>
      {more && (
        <button ref={end} type="button" class="more" onClick={more}>
          {loading ? m.common.loading : m.common.more}
        </button>
      )}
    </div>
  );
}

function GapRow({ gap }: { gap: Gap }): JSX.Element {
  const { m } = useWords();
  const act = useAct();
  const key = gapKey(gap.properties);
  const picked = useScreen((state) => state.coverage.gap === key);
  const row = useRef<HTMLLIElement>(null);
  // A gap clicked on the map is brought into sight in the list.
  useEffect(() => {
    if (picked) row.current?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  const { store } = useDesk();
  const { geometry, properties } = gap;
  return (
    <li ref={row} class={picked ? 'picked' : ''}>
      <button
        type="button"
        class="line"
        aria-pressed={picked}
        onClick={() => {
          giveMapRoom();
          store.update(lookAtGap(picked ? null : key));
        }}
        {...lightUp({ what: 'gap', key, shape: geometry, sides: properties.sides })}
      >
        <GapLine gap={gap} />
      </button>
      {picked && (
        <button type="button" class="primary small" onClick={act(assignGap(key))}>
          {m.coverage.assign}
          <Icon name="forward" size={14} />
        </button>
      )}
    </li>
  );
}

/** Calls `act` when the element comes near the sight, again each time it does. */
export function useWhenSeen(act: (() => void) | null): { current: HTMLButtonElement | null } {
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!act || !element.current) return;
    const observer = new IntersectionObserver(([entry]) => entry!.isIntersecting && act(), { rootMargin: '300px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [act]);
  return element;
}
