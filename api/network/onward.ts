/**
 * Where a walker comes who goes on from the end of a way: the ways within a distance, each by the shortest way there.
 *
 * Remembered by way, because a walker comes by the same corners for minutes: a search costs 5 µs, a look a few ns.
 */
import { grown } from './grown.ts';
import { backAlong } from './links.ts';
import type { Links } from './links.ts';
import { createQueue } from './queue.ts';

/** Turning round at a junction where one could go on, as against taking any of the other ways. */
const TURNS_ROUND = 0.02;

/** Entries, from `from` up to `to`. */
export type Onward = {
  /** Finds the entries that follow a way, up to `reach_m` from its end. */
  after(way: number, reach_m: number): void;
  /** Of the way asked for last. */
  from: number;
  to: number;
  /** The way that is entered; its distance from the end of the way before, metres; and the chance to choose so at each
   *  junction between, 1/n where n ways go on. 0 for an entry that a shorter one made idle. */
  ways(): Int32Array;
  distances(): Float64Array;
  chances(): Float64Array;
  /** The entry through which one comes, whose way is walked whole; -1 for none. */
  parents(): Int32Array;
  forget(): void;
};

export function createOnward({ lengths, wayEnds, nodeWayOffsets, nodeWays }: Links): Onward {
  const starts = new Int32Array(wayEnds.length).fill(-1);
  const ends = new Int32Array(wayEnds.length);
  const reaches = new Float64Array(wayEnds.length);
  let ways = new Int32Array(4096);
  let distances = new Float64Array(4096);
  let chances = new Float64Array(4096);
  let parents = new Int32Array(4096);
  let entries = 0;
  const taken = new Int32Array(wayEnds.length);
  let search = 0;
  const queue = createQueue();

  function open(from: number, distance: number, chance: number, parent: number): void {
    const node = wayEnds[from]!;
    const last = nodeWayOffsets[node + 1]!;
    const choices = last - nodeWayOffsets[node]!;
    for (let i = nodeWayOffsets[node]!; i < last; i++) {
      const next = nodeWays[i]!;
      if (taken[next] === search) continue;
      const back = next === backAlong(from);
      // Twice round within one look is nothing that anybody walks.
      if (back && choices > 1 && parent !== -1) continue;
      if (entries === ways.length) {
        ways = grown(ways, entries + 1);
        distances = grown(distances, entries + 1);
        chances = grown(chances, entries + 1);
        parents = grown(parents, entries + 1);
      }
      ways[entries] = next;
      distances[entries] = distance;
      chances[entries] = chance * (choices === 1 ? 1 : back ? TURNS_ROUND : 1 / (choices - 1));
      parents[entries] = parent;
      queue.put(entries++, distance);
    }
  }

  const onward: Onward = {
    from: 0,
    to: 0,
    ways: () => ways,
    distances: () => distances,
    chances: () => chances,
    parents: () => parents,
    forget() {
      starts.fill(-1);
      entries = 0;
    },
    after(way, reach_m) {
      if (starts[way] === -1 || reaches[way]! < reach_m) {
        search++;
        queue.clear();
        starts[way] = entries;
        reaches[way] = reach_m;
        open(way, 0, 1, -1);
        for (let entry = queue.take(); entry !== -1; entry = queue.take()) {
          const next = ways[entry]!;
          if (taken[next] === search) {
            chances[entry] = 0;
            continue;
          }
          taken[next] = search;
          const distance = distances[entry]! + lengths[next >> 1]!;
          if (distance <= reach_m) open(next, distance, chances[entry]!, entry);
        }
        ends[way] = entries;
      }
      onward.from = starts[way]!;
      onward.to = ends[way]!;
    },
  };
  return onward;
}
