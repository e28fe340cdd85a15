/** Keeps the browser's address and the state the same, both ways. */
import { isAnotherPlace } from './transitions.ts';
import { fromQuery, toQuery } from './url.ts';
import type { Store } from './store.ts';
import type { State } from './state.ts';

/** Browsers refuse more than some 100 address changes in 30 s; a dragged handle makes 60 a second. */
const pause_ms = 200;

export function keepAddress(store: Store<State>): void {
  let timer = 0;
  let goingBack = false;
  const write = (how: 'pushState' | 'replaceState'): void => {
    clearTimeout(timer);
    timer = 0;
    const address = `${location.pathname}?${toQuery(store.get())}`;
    if (address !== location.pathname + location.search) history[how](null, '', address);
  };
  store.watch((now, before) => {
    if (goingBack) return;
    if (isAnotherPlace(before, now)) {
      clearTimeout(timer);
      write('pushState');
    } else if (!timer) timer = window.setTimeout(() => write('replaceState'), pause_ms);
  });
  window.addEventListener('popstate', () => {
    goingBack = true;
    store.update((before) => fromQuery(location.search, before));
    goingBack = false;
  });
  window.addEventListener('pagehide', () => timer && write('replaceState'));
  write('replaceState');
}
