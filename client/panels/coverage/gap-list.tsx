/** The gaps, longest first, read on as one scrolls. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Gap, GapList as Answer } from '../../../api/coverage/coverage.contract.ts';
import type { Path } from '../../requests/paths.ts';
import { usePages } from '../../requests/use-answer.ts';
import { gapKey, isNamed } from '../../state/gap-key.ts';
import { gapQuery, isFiltered } from '../../state/gap-query.ts';
import { hover } from '../../state/hover.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { lookAtGap } from '../../state/transitions.ts';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useDesk, useScreen, useStore, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';
import { ExportMenu } from './export-menu.tsx';
import { GapDetail } from './gap-detail.tsx';
import { GapLine } from './gap-line.tsx';

export function GapList({ path }: { path: Path<Answer> }): JSX.Element {
  const { m, count, length } = useWords();
  const { pages, loading, problem, more } = usePages(path);
  const state = useScreen((one) => one);
  const asked = gapQuery(state);
  // Gaps of the kind before are not shown under the name of this one.
  const [first] = pages[0]?.features.some(({ properties }) => properties.kind !== asked.kind) ? [] : pages;
  const end = useWhenSeen(more);
  return (
    <div class="gaps">
      <div class="section-head sticky">
        <h3>{m.coverage.list[asked.kind]}</h3>
        {first && first.count > 0 && (
          <b class="missing" title={m.coverage.longestFirst}>
            {first.missing_m > 0
              ? m.coverage.gapsCount(count(first.count), length(first.missing_m))
              : m.coverage.places(count(first.count))}
          </b>
        )}
        <ExportMenu />
      </div>
      {problem && (
        <div class="section">
          <Fault problem={problem} onRetry={more ?? undefined} />
        </div>
      )}
      {!first && loading && <Loading rows={6} />}
      {first && first.features.length === 0 && !loading && (
        <Empty>{isFiltered(asked) ? m.coverage.noneFiltered : m.coverage.none[asked.kind]}</Empty>
      )}
      {first && (
        <ul class={`lines ${loading || problem ? 'working' : ''}`}>
          {pages.flatMap((page) => page.features.map((gap) => <GapRow key={gap.properties.key} gap={gap} />))}
        </ul>
      )}
      {first && more && (
        <button ref={end} type="button" class="more" onClick={more}>
          {loading ? m.common.loading : m.common.more}
        </button>
      )}
    </div>
  );
}

function GapRow({ gap }: { gap: Gap }): JSX.Element {
  const { geometry, properties } = gap;
  const key = gapKey(properties);
  const picked = useScreen(({ coverage }) => coverage.gap !== null && isNamed(coverage.gap, properties));
  // The map under the pointer: what it says there is said here, too.
  const lit = useStore(hover, (on) => on?.what === 'gap' && on.tip !== undefined && isNamed(on.key, properties));
  const row = useRef<HTMLLIElement>(null);
  // A gap clicked on the map is brought into sight in the list.
  useEffect(() => {
    if (picked) row.current?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  const { store } = useDesk();
  return (
    <li ref={row} class={`${picked ? 'picked' : ''} ${lit ? 'lit' : ''}`}>
      <button
        type="button"
        class="line"
        aria-expanded={picked}
        onClick={() => {
          giveMapRoom();
          store.update(lookAtGap(picked ? null : key));
        }}
        {...lightUp({ what: 'gap', key, shape: geometry, sides: properties.sides })}
      >
        <GapLine gap={gap} />
      </button>
      {picked && <GapDetail gap={gap} />}
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
