/** A mode is what the map does while one of the four panels is open: enter it, and get back the way out. */
import type OlMap from 'ol/Map.js';
import type { Settings } from '../../api/settings.contract.ts';
import type { Layers } from '../map/all-layers.ts';
import type { Mode, State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { rest } from '../state/hover.ts';
import { enterCoverage } from './coverage.ts';
import { enterIssues } from './issues.ts';
import { enterPatrols } from './patrols.ts';
import { enterPlan } from './plan.ts';

export type Desk = { map: OlMap; element: HTMLElement; layers: Layers; store: Store<State>; settings: Settings };
export type Enter = (desk: Desk) => () => void;

const enter: Record<Mode, Enter> = {
  plan: enterPlan,
  coverage: enterCoverage,
  issues: enterIssues,
  patrols: enterPatrols,
};

/** Keeps the map in the mode of the state. */
export function keepMode(desk: Desk): void {
  let leave = enter[desk.store.get().mode](desk);
  desk.store.watch((now, before) => {
    if (now.mode === before.mode) return;
    leave();
    rest(null);
    desk.layers.selection.clear();
    desk.map.getViewport()!.style.cursor = '';
    leave = enter[now.mode](desk);
  });
}
