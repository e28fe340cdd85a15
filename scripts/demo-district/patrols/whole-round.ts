import { createQueue } from '../../../api/network/queue.ts';
import type { Links } from '../../../api/network/links.ts';
import type { Chance } from '../drawing/random.ts';
import type { Route, Streets } from './walk.ts';

/**
 * A round of somebody who means to walk all of his streets: always on to the nearest that is not walked yet, the shortest
 * first of those that begin where he stands, so that no dead end is left behind. Begins anywhere.
 * @param metres after which he goes home.
 */
export function wholeRound({ links }: Streets, mine: (link: number) => boolean, metres: number, chance: Chance): Route {
  const left = new Set(Array.from(links.lengths.keys()).filter((link) => links.lengths[link]! > 0 && mine(link)));
  if (left.size === 0) return [];
  const route: Route = [2 * chance.pick([...left]) + chance.whole(0, 1)];
  left.delete(route[0]! >> 1);
  let length = links.lengths[route[0]! >> 1]!;
  while (left.size > 0 && length < metres) {
    const onward = waysToNearest(links, links.wayEnds[route.at(-1)!]!, left);
    if (onward.length === 0) break;
    for (const way of onward) {
      left.delete(way >> 1);
      length += links.lengths[way >> 1]!;
      route.push(way);
    }
  }
  return route;
}

/** The shortest way (Dijkstra 1959) from a node to a link of the wanted ones, with that link; none where none can be reached. */
function waysToNearest(
  { lengths, nodeWays, nodeWayOffsets, wayEnds }: Links,
  start: number,
  wanted: Set<number>,
): Route {
  const reached = new Map<number, { metres: number; by: number; from: number }>([
    [start, { metres: 0, by: -1, from: -1 }],
  ]);
  const queue = createQueue();
  queue.put(start, 0);
  for (let node = queue.take(); node !== -1; node = queue.take()) {
    const { metres } = reached.get(node)!;
    const leaving = Array.from(nodeWays.subarray(nodeWayOffsets[node]!, nodeWayOffsets[node + 1]!));
    const found = leaving
      .filter((way) => wanted.has(way >> 1))
      .toSorted((a, b) => lengths[a >> 1]! - lengths[b >> 1]!)[0];
    if (found !== undefined) {
      const ways = [found];
      for (let at = reached.get(node)!; at.by !== -1; at = reached.get(at.from)!) ways.unshift(at.by);
      return ways;
    }
    for (const way of leaving) {
      const end = wayEnds[way]!;
      const there = metres + lengths[way >> 1]!;
      if ((reached.get(end)?.metres ?? Infinity) <= there) continue;
      reached.set(end, { metres: there, by: way, from: node });
      queue.put(end, there);
    }
  }
  return [];
}
