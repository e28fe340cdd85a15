import type { Chance } from '../drawing/random.ts';
import type { Chief } from '../people/chiefs.ts';
import { communityDays, communityHabits, inspections, jointDays, teams } from '../plan/duties.ts';
import { dayMs, hourMs, now } from '../reports/calendar.ts';
import type { PlacedKeyPoint } from '../reports/key-points.ts';
import type { Minds } from './held.ts';
import { numbered } from './patrols.ts';
import type { Patrol } from './patrols.ts';
import { asMeasured, placesAlong } from './walk.ts';
import type { Route, Streets } from './walk.ts';
import { wholeRound } from './whole-round.ts';

type Manner = { pace: number; every_s: number; error_m: number };
const avenues = ['main', 'secondary'];
const fortnight = 14;

/**
 * The daily work of all: community cadres through all their streets, squads with the offices of their town once a week,
 * collectors twice a day and sweepers at dawn, general chiefs at key points. Day 0 is the reference date itself, and has a
 * morning only. Nobody walks in two places at once, not with the patrols of `before` either.
 */
export function keepDuties(
  streets: Streets,
  chiefs: readonly Chief[],
  minds: Minds,
  keyPoints: readonly PlacedKeyPoint[],
  before: readonly Patrol[],
  chance: Chance,
): Patrol[] {
  const { network, links } = streets;
  const patrols: Patrol[] = [];
  const manners = new Map<string, Manner>();
  const phases = new Map<string, number>();
  const classOf = (link: number): string => network.roadClasses[network.passageRoads[link]!]!;

  /** A walk of one or of several together; at the first of the hours at which all of them have time, or not at all. */
  function walk(people: readonly string[], day: number, hours: readonly number[], route: Route, pace?: number): void {
    const own = manners.get(people[0]!) ?? mannerOf(chance);
    manners.set(people[0]!, own);
    const way = placesAlong(streets, route, { ...own, pace: pace ?? own.pace, rests: chance.whole(0, 2) }, chance);
    const late = chance.whole(0, 900) * 1000;
    const start = hours
      .map((hour) => now - day * dayMs + hour * hourMs + late)
      .find((at) => people.every((chiefId) => isFree(chiefId, at, at + 1000 * own.every_s * way.length)));
    if (start === undefined || way.length < 20) return;
    for (const chiefId of people) {
      patrols.push({
        externalId: numbered(before.length + patrols.length + 1),
        chiefId,
        start,
        every_s: own.every_s,
        accuracy_m: Math.round(own.error_m * 1.5),
        places: asMeasured(way, own.error_m, own.every_s, chance),
      });
    }
  }
  function isFree(chiefId: string, from: number, to: number): boolean {
    return [...before, ...patrols].every(({ chiefId: other, start, every_s, places }) => {
      return other !== chiefId || to < start || start + 1000 * every_s * places.length < from;
    });
  }

  const toTheEnd = (mine: (link: number) => boolean): Route => wholeRound(streets, mine, Infinity, chance);

  for (const [chiefId, days] of Object.entries(inspections)) {
    const mine = (link: number): boolean =>
      minds.of(chiefId)(link) && keyPoints.some((keyPoint) => reaches(keyPoint, streets, link));
    for (const day of days) walk([chiefId], day, [9, 14], toTheEnd(mine));
  }
  for (let day = fortnight; day >= 0; day--) {
    teams.forEach((team) => teamOn(day, team));
    if (day <= communityDays) communitiesOn(day);
  }
  return patrols;

  function teamOn(day: number, { squad, offices, collector, sweeper }: (typeof teams)[number]): void {
    const office = offices.find((_, i) => jointDays.includes(day - 2 * i));
    if (office !== undefined) walk([squad, office], day, [8.5], toTheEnd(minds.of(office)));
    if (day > communityDays) return;
    if (office === undefined && day > 0) walk([squad], day, [8.2], toTheEnd(minds.of(squad)));
    for (const hour of day === 0 ? [7] : [7, 14.5]) walk([collector], day, [hour], toTheEnd(minds.of(collector)), 2.8);
    const swept = (link: number): boolean => avenues.includes(classOf(link)) && minds.of(sweeper)(link);
    walk([sweeper], day, [5], toTheEnd(swept), 2.1);
  }

  /** As evenly as the days allow: who walks half of all days walks every other one. */
  function walksOn(day: number, chiefId: string, diligence: number): boolean {
    const phase = phases.get(chiefId) ?? chance.next();
    phases.set(chiefId, phase);
    return Math.floor(day * diligence + phase) > Math.floor((day - 1) * diligence + phase);
  }

  function communitiesOn(day: number): void {
    for (const { externalId, role, zoneCode } of chiefs) {
      if (role !== 'community_l2' || !minds.holds(externalId)) continue;
      const { diligence, skips = [], share = 1 } = habitsOf(zoneCode);
      if (!(day === 0 ? chance.happens(diligence / 4) : walksOn(day, externalId, diligence))) continue;
      const mine = (link: number): boolean =>
        minds.of(externalId)(link) && !(skips as string[]).includes(classOf(link));
      const metres = links.lengths.reduce((sum, length, link) => (length > 0 && mine(link) ? sum + length : sum), 0);
      if (day === 0) walk([externalId], day, [6], wholeRound(streets, mine, 0.4 * metres, chance));
      // On the way to his streets he comes by some of them twice.
      else
        walk(
          [externalId],
          day,
          [8, 9.3, 13, 16.8],
          wholeRound(streets, mine, share < 1 ? 1.2 * share * metres : Infinity, chance),
        );
    }
  }
}

function reaches({ onRoad, along, reach_m }: PlacedKeyPoint, { network, links }: Streets, link: number): boolean {
  const from = links.starts[link]!;
  const to = from + links.lengths[link]!;
  return network.passageRoads[link] === onRoad && from < along + reach_m && along - reach_m < to;
}

/** Of the longest beginning of the code that is named. */
function habitsOf(code: string): (typeof communityHabits)[string] {
  const named = Object.keys(communityHabits)
    .filter((start) => code.startsWith(start))
    .toSorted((a, b) => b.length - a.length)[0];
  if (named === undefined) throw new Error(`Nothing is said of how ${code} is walked`);
  return communityHabits[named]!;
}

const mannerOf = (chance: Chance): Manner => ({
  pace: chance.between(1.2, 1.5),
  every_s: chance.pick([20, 30, 30, 40]),
  error_m: chance.between(3, 6),
});
