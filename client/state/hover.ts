/** What the pointer or the keyboard rests on, so that map, strip and lists light up together. Gone when it moves on. */
import type { Gap } from '../../api/coverage/coverage.contract.ts';
import type { RoadClass, Role, Sides } from '../../api/http/shapes.ts';
import { createStore } from './store.ts';

export type Hover =
  /** `at`: where on it the pointer rests, in metres. */
  | { what: 'stretch'; from_m: number; to_m: number; sides: Sides; role: Role | null; at?: number }
  | { what: 'metre'; metres: number }
  | { what: 'road'; id: number; name: string | null; class: RoadClass; pixel: [number, number] }
  /** On the map: `tip` says what it is; the map knows only the part of it that is in its tile, so there is no shape. */
  | { what: 'gap'; key: string; shape: Gap['geometry'] | null; sides: Sides | null; tip?: GapTip }
  | { what: 'hotspot'; index: number; line: number[][]; sides: Sides }
  | { what: 'pass'; line: number[][] }
  | { what: 'issue'; id: number; place: [number, number] };

/** What is known of a gap under the pointer, and where the pointer is. */
export type GapTip = {
  pixel: [number, number];
  name: string | null;
  class: RoadClass | null;
  role: Role | null;
  fault: string | null;
  length_m: number | null;
};

export const hover = createStore<Hover | null>(null);
/** How far along the picked road the pointer rests, if it does. */
export const metresOf = (on: Hover | null): number | null =>
  on?.what === 'metre' ? on.metres : on?.what === 'stretch' ? (on.at ?? null) : null;

export const rest = (on: Hover | null): void =>
  hover.update((before) => (on === null && before === null ? before : on));
