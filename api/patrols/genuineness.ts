/**
 * Reasons to doubt that a track was walked by a person with a phone (R36). Nothing is left out or refused for one: a
 * person looks at it.
 */
import type { Fix } from '../network/track.ts';
import type { PatrolFlag } from './patrols.contract.ts';

/** A flag before it is written: seconds since 1970. */
export type Doubt = { kind: PatrolFlag['kind']; from_s: number; to_s: number; fixes: number; detail: string };

/** Fixes that came behind one of a later time. */
export type Late = { from_s: number; to_s: number; fixes: number };

/** @param fixes in the order of time: seconds, metres. */
export function genuinenessOf(fixes: readonly Fix[], late: Late | null): Doubt[] {
  return late ? [outOfOrder(fixes, late)] : [];
}

const outOfOrder = (fixes: readonly Fix[], late: Late): Doubt => ({
  kind: 'out_of_order',
  ...late,
  detail: `${late.fixes} of ${fixes.length} fixes came after one of a later time; a device writes them in order.`,
});
