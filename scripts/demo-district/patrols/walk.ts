import { interpolateAt } from '../../../api/geometry/interpolate.ts';
import { backAlong, linksOf } from '../../../api/network/links.ts';
import type { Links } from '../../../api/network/links.ts';
import { buildNetwork } from '../../../api/network/network.ts';
import type { Network } from '../../../api/network/network.ts';
import { lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import type { Point } from '../drawing/shapes.ts';
import type { Road } from '../streets/finished-roads.ts';

export type Streets = { network: Network; links: Links };

/** A way through the streets: ways of the network one after the other, walked whole. */
export type Route = number[];

export function streetsOf(roads: readonly Road[]): Streets {
  const network = buildNetwork(
    roads.map((road, i) => ({
      id: i + 1,
      class: road.roadClass,
      name: road.name,
      layer: road.line.layer,
      coordinates: road.points.flat(),
      length_cm: road.lengthCm,
    })),
    1,
  );
  return { network, links: linksOf(network) };
}

/**
 * Somebody's daily round: along the streets that are his and not yet walked, then those walked already, over others
 * only to come by; back the same way only out of a dead end.
 */
export function roundOver({ links }: Streets, mine: (link: number) => boolean, metres: number, chance: Chance): Route {
  const { lengths, wayEnds, nodeWays, nodeWayOffsets } = links;
  const own = Array.from(lengths.keys()).filter((link) => lengths[link]! > 0 && mine(link));
  if (own.length === 0) return [];
  const route: Route = [2 * chance.pick(own) + chance.whole(0, 1)];
  const times = new Map<number, number>();
  for (let length = 0; length < metres;) {
    const way = route.at(-1)!;
    times.set(way >> 1, (times.get(way >> 1) ?? 0) + 1);
    length += lengths[way >> 1]!;
    const node = wayEnds[way]!;
    const leaving = Array.from(nodeWays.subarray(nodeWayOffsets[node]!, nodeWayOffsets[node + 1]!));
    const onward = leaving.filter((next) => next !== backAlong(way));
    route.push(
      chance.weighted(onward.length > 0 ? onward : leaving, (next) => {
        const walked = times.get(next >> 1) ?? 0;
        return (mine(next >> 1) ? 1 : 0.08) / (1 + 12 * walked);
      }),
    );
  }
  return route;
}

/** Where somebody is each `every_s` who walks a route at a pace and stands for a while now and then. */
export function placesAlong(
  { network, links }: Streets,
  route: Route,
  { pace, every_s, rests }: { pace: number; every_s: number; rests: number },
  chance: Chance,
): Point[] {
  const { lengths, starts } = links;
  const total = route.reduce((sum, way) => sum + lengths[way >> 1]!, 0);
  const restsAt = Array.from({ length: rests }, () => ({
    at: chance.between(0.1, 0.9) * total,
    left: chance.between(40, 240),
  }));
  const places: Point[] = [];
  let [step, before, gone] = [0, 0, 0];
  while (gone < total) {
    while (before + lengths[route[step]! >> 1]! < gone) before += lengths[route[step++]! >> 1]!;
    const way = route[step]!;
    const along = (way & 1) === 0 ? gone - before : lengths[way >> 1]! - (gone - before);
    const road = network.passageRoads[way >> 1]!;
    const [first, last] = [network.roadVertices[road]!, network.roadVertices[road + 1]!];
    const { x, y } = interpolateAt(
      network.xy.subarray(2 * first, 2 * last),
      network.along.subarray(first, last),
      starts[way >> 1]! + along,
    );
    places.push([x, y]);
    const rest = restsAt.find(({ at, left }) => at <= gone && left > 0);
    if (rest) rest.left -= every_s;
    else gone += pace * every_s * chance.between(0.9, 1.1);
  }
  return places;
}

/** Where somebody is each `every_s` who walks a line at a pace. */
export function placesOnLine(line: readonly Point[], pace: number, every_s: number, chance: Chance): Point[] {
  const total = lengthOf(line);
  const places: Point[] = [];
  for (let gone = 0; gone < total; gone += pace * every_s * chance.between(0.9, 1.1)) {
    places.push(pointAlong(line, gone).point);
  }
  return places;
}

/** The places as a device would have them: off by an error that lasts for a minute. */
export function asMeasured(places: readonly Point[], error_m: number, every_s: number, chance: Chance): Point[] {
  const keep = Math.exp(-every_s / 50);
  const fresh = error_m * Math.sqrt(1 - keep * keep);
  let [dx, dy] = [error_m * chance.normal(), error_m * chance.normal()];
  return places.map(([x, y]) => {
    [dx, dy] = [keep * dx + fresh * chance.normal(), keep * dy + fresh * chance.normal()];
    return [x + dx, y + dy];
  });
}
