/** The filters of the patrols panel as the API asks them: the same for the list, the tiles and the chart. */
import type { Role } from '../../api/http/shapes.ts';
import { today } from '../i18n/format.ts';
import type { PatrolsState } from './state.ts';

/** The server reckons at most so many days of walking at once. */
export const mostDays = 92;

export type Period = { first: string; last: string };

/** The first and the last day looked at, both included. */
export function periodOf({ days, from, to }: Pick<PatrolsState, 'days' | 'from' | 'to'>, now?: Date): Period {
  if (from !== null && to !== null) return { first: from, last: to };
  return { first: today(Number(days) - 1, now), last: today(0, now) };
}

export type PatrolFilters = { from: string; to: string; role: Role | null; chief_id: number | null };

/** The server takes a day as its start, so the end is the day after the last. */
export function patrolQuery(
  state: Pick<PatrolsState, 'days' | 'from' | 'to' | 'role' | 'chief'>,
  now?: Date,
): PatrolFilters {
  const { first, last } = periodOf(state, now);
  return { from: first, to: dayAfter(last, 1), role: state.role, chief_id: state.chief };
}

const day_ms = 86_400_000;

/** A day so many days later (earlier, when negative), as YYYY-MM-DD. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * day_ms).toISOString().slice(0, 10);
}

export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / day_ms);
}
