/** Which zone the map outlines, and when it goes there. */
import type { State } from './state.ts';

/** What a chief still has to walk today is not narrowed by a zone. */
export const zoneLookedAt = ({ mode, coverage: { zone, tab, chief } }: State): number | null =>
  mode === 'coverage' && (tab !== 'duties' || chief === null) ? zone : null;

/**
 * The map goes to a zone that was picked just now, and opens on the one that a link names; `before` null: the screen was
 * opened just now. It stays where it is when a view came along with the zone (a link, Back), or a gap, which is finer.
 */
export function goesToZone(now: State, before: State | null): boolean {
  if (zoneLookedAt(now) === null || now.coverage.gap !== null) return false;
  if (before === null) return now.view === null;
  return now.coverage.zone !== before.coverage.zone && now.view === before.view;
}
