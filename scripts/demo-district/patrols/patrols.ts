import { footOnLine } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import type { Point } from '../drawing/shapes.ts';
import type { Chief } from '../people/chiefs.ts';
import { missingLane } from '../plan/missing-lane.ts';
import { toWgs84 } from '../plan/place.ts';
import { dayMs, hourMs, now, stamp } from '../reports/calendar.ts';
import type { Road } from '../streets/finished-roads.ts';
import type { Minds } from './held.ts';
import { asMeasured, placesAlong, placesOnLine, roundOver } from './walk.ts';
import type { Streets } from './walk.ts';

export interface Patrol {
  externalId: string;
  chiefId: string;
  /** Milliseconds since 1970. */
  start: number;
  every_s: number;
  accuracy_m: number;
  places: Point[];
}

/** Two weeks. */
const days = 14;
/** The sub-districts whose people have taken their telephones along from the beginning. */
const takingPart = ['329901001', '329901002'];

interface Habits {
  chief: Chief;
  every_s: number;
  error_m: number;
  pace: number;
  metres: number;
  /** Of all days. */
  diligence: number;
}

/** Two weeks of short rounds: some diligent, some not, one in the narrow lanes with a bad telephone, and three that nobody walked. */
export function walkPatrols(streets: Streets, chiefs: readonly Chief[], minds: Minds, chance: Chance): Patrol[] {
  const people = chiefs
    .filter(({ role, zoneCode }) => role === 'community_l2' && takingPart.some((code) => zoneCode.startsWith(code)))
    .filter(({ externalId }) => minds.holds(externalId))
    .slice(0, 9)
    .map((chief, i): Habits => ({
      chief,
      every_s: [10, 15, 10, 20, 15, 10, 30, 15, 10][i]!,
      // The third has an old telephone.
      error_m: i === 2 ? 11 : chance.between(3, 6),
      pace: chance.between(1.15, 1.4),
      metres: chance.between(1800, 3000),
      diligence: [0.95, 0.8, 0.7, 0.6, 0.5, 0.5, 0.4, 0.4, 0.3][i]!,
    }));

  const patrols: Patrol[] = [];
  const add = (patrol: Omit<Patrol, 'externalId'>): void => {
    patrols.push({ ...patrol, externalId: numbered(patrols.length + 1) });
  };
  for (let day = days; day >= 1; day--) {
    for (const { chief, every_s, error_m, pace, metres, diligence } of people) {
      if (!chance.happens(diligence)) continue;
      const start = now - day * dayMs + chance.pick([7.5, 8, 8.5, 15, 16]) * hourMs + chance.whole(0, 1500) * 1000;
      const route = roundOver(streets, minds.of(chief.externalId), metres * chance.between(0.8, 1.2), chance);
      const places = placesAlong(streets, route, { pace, every_s, rests: chance.whole(0, 3) }, chance);
      const accuracy_m = Math.round(error_m * 1.5);
      add({
        chiefId: chief.externalId,
        start,
        every_s,
        accuracy_m,
        places: asMeasured(places, error_m, every_s, chance),
      });
    }
  }

  // What nobody walked. The day before yesterday's track once more, yesterday; a round in a car; a drawn line.
  const copied = patrols.findLast(({ start }) => start < now - 2 * dayMs)!;
  add({ ...copied, start: now - dayMs + 9.2 * hourMs });
  const [driver, drawer] = [people.at(-1)!, people.at(-2)!];
  const far = roundOver(streets, minds.of(driver.chief.externalId), 6000, chance);
  const driven = placesAlong(streets, far, { pace: 9, every_s: 10, rests: 1 }, chance);
  add({
    chiefId: driver.chief.externalId,
    start: now - dayMs + 10.5 * hourMs,
    every_s: 10,
    accuracy_m: 6,
    places: asMeasured(driven, 4, 10, chance),
  });
  const line = roundOver(streets, minds.of(drawer.chief.externalId), 2000, chance);
  add({
    chiefId: drawer.chief.externalId,
    start: now - dayMs + 14 * hourMs,
    every_s: 10,
    accuracy_m: 3,
    places: placesAlong(
      streets,
      line,
      { pace: 1.3, every_s: 10, rests: 0 },
      { ...chance, between: (a, b) => (a + b) / 2 },
    ),
  });
  return patrols;
}

export const numbered = (number: number): string => `P${String(number).padStart(3, '0')}`;

/** Rounds that led through the lane that is not registered: up one street, through it, and down the other. */
export function walkMissingLane(roads: readonly Road[], first: number, chance: Chance): Patrol[] {
  const { from, to, points, walks } = missingLane;
  /** From its start as far as the lane. */
  const street = (name: string, place: Point): Point[] => {
    const road = roads.find((one) => one.name === name);
    if (road === undefined) throw new Error(`The missing lane needs ${name}`);
    const { segment, point } = footOnLine(place, road.points);
    return [...road.points.slice(0, segment + 1), point];
  };
  const way = [
    ...street(from, points[0] as Point),
    ...points.slice(1, -1),
    ...street(to, points.at(-1) as Point).toReversed(),
  ];
  return walks.map(({ chiefId, daysBefore, hour, backwards, every_s, error_m }, i) => ({
    externalId: numbered(first + i),
    chiefId,
    start: now - daysBefore * dayMs + hour * hourMs + chance.whole(0, 600) * 1000,
    every_s,
    accuracy_m: Math.round(error_m * 1.5),
    places: asMeasured(
      placesOnLine(backwards ? way.toReversed() : way, chance.between(1.15, 1.3), every_s, chance),
      error_m,
      every_s,
      chance,
    ),
  }));
}

/** One patrol a line: positions in WGS84 with 6 decimals (11 cm), the first at `started_at`, then one every `every_s`. */
export function patrolsNdjson(patrols: readonly Patrol[]): string {
  return patrols
    .map(({ externalId, chiefId, start, every_s, accuracy_m, places }) => {
      const patrol = {
        external_id: externalId,
        chief_external_id: chiefId,
        started_at: stamp(start),
        every_s,
        accuracy_m,
        positions: places.map((point) => toWgs84(point, 6)),
      };
      return `${JSON.stringify(patrol)}\n`;
    })
    .join('');
}
