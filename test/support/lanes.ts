/**
 * A block of four streets, 600 × 260 m, with a lane through it that no register knows, and people who walk it: in along
 * the southern street, through the lane and out along the northern one, or the other way.
 */
import { createTrackMatcher } from '../../api/network/match-track.ts';
import { offRoadWalks } from '../../api/network/off-road.ts';
import type { OffRoadLine } from '../../api/network/unregistered.ts';
import { along } from './hard-shapes.ts';
import { seededRandom } from './shapes.ts';
import { network, road } from './streets.ts';
import { fixesAlong, PACE_M_S } from './walks.ts';

export const block = network(
  road(1, [0, 0, 600, 0]),
  road(2, [0, 260, 600, 260]),
  road(3, [0, 0, 0, 260]),
  road(4, [600, 0, 600, 260]),
);
const match = createTrackMatcher(block);

export type Place = readonly [x: number, y: number];

/** Walks through places, of as many patrols, on as many days, by two chiefs in turn. Errors last for a minute. */
export function walksThrough(
  places: readonly Place[],
  { patrols, sigma, seed = 1 }: { patrols: number; sigma: number; seed?: number },
): OffRoadLine[] {
  return Array.from({ length: patrols }, (_, patrol) => {
    const way = places.map(([x, y]) => ({ x, y }));
    if (patrol % 2 === 1) way.reverse();
    const { at, until_s } = along(way, PACE_M_S);
    const every_s = [5, 10, 15][patrol % 3]!;
    const fixes = fixesAlong(at, until_s, { sigma, lasting: true, every_s }, seededRandom(100 * seed + patrol));
    return offRoadWalks(fixes, match(fixes).unmatched).map(({ to_s, coordinates }) => ({
      patrol,
      chief: patrol % 2,
      at_s: 86_400 * patrol + to_s,
      coordinates,
    }));
  }).flat();
}

/** In from the west of the southern street, out to the east of the northern one. */
export const throughLane = (lane: readonly Place[]): Place[] => [
  [lane[0]![0] - 150, 0],
  ...lane,
  [lane.at(-1)![0] + 100, 260],
];
