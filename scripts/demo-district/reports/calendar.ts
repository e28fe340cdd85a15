import type { Chance } from '../drawing/random.ts';
import { rhythms } from '../plan/issue-kinds.ts';
import type { Rhythm } from '../plan/issue-kinds.ts';
import { place } from '../plan/place.ts';

/** Milliseconds since 1970 of the beginning of a day in China, which keeps one time zone and no summer time. */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}

/** The end of the demo: nothing is later than the midnight at which the reference day begins. */
export const now = startOfDay(place.referenceDate);

export const hourMs = 3600_000;
export const dayMs = 24 * hourMs;

/** 184 days of reports, May to October. */
export const firstDay = now - 184 * dayMs;

/** 1 Monday to 7 Sunday. */
function weekday(time: number): number {
  return ((new Date(time + 8 * hourMs).getUTCDay() + 6) % 7) + 1;
}

/** ISO 8601 with China's offset, to the second. */
export function stamp(time: number): string {
  return new Date(time + 8 * hourMs).toISOString().replace(/\.\d+Z$/, '+08:00');
}

/** A moment of the half year, weekends weighted, at an hour of the rhythm; reports grow by a quarter as people get used to it. */
export function timeFor(rhythm: Rhythm, weekend: number, chance: Chance): number {
  for (;;) {
    const day = firstDay + Math.floor(chance.between(0, 184)) * dayMs;
    const grown = 0.8 + (0.2 * (day - firstDay)) / (now - firstDay);
    const weight = (weekday(day) > 5 ? weekend : 1) / Math.max(1, weekend);
    if (chance.happens(weight * grown)) return atHourOf(rhythm, day, chance);
  }
}

/** The day of a time, at an hour of the rhythm. */
export function atHourOf(rhythm: Rhythm, time: number, chance: Chance): number {
  const day = Math.floor((time + 8 * hourMs) / dayMs) * dayMs - 8 * hourMs;
  const hour = chance.weighted(
    rhythms[rhythm].map((weight, i) => ({ weight, i })),
    (entry) => entry.weight,
  ).i;
  return day + hour * hourMs + chance.whole(0, 3599) * 1000;
}
