/**
 * Where a walker comes who goes on from the end of a way: the ways within a distance, each by the shortest way there.
 *
 * Remembered by way, because a walker comes by the same corners for minutes, and the next one too: a search costs 10 µs,
 * a look a few ns.
 */
import { grown } from './grown.ts';
import { backAlong } from './links.ts';
import type { Links } from './links.ts';
import { createQueue } from './queue.ts';

/** Turning round at a junction where one could go on, as against taking any of the other ways. */
const TURNS_ROUND = 0.005;
/** Searches reach to a whole multiple of it, so that a slightly longer step needs no new one. */
const WHOLE_M = 30;
/** 48 MB; then all is forgotten. */
const MOST_ENTRIES = 2_000_000;

/** Entries, numbered; those of one way from `from` up to `to`, nearest first. */
export type Onward = {
  /** Finds the entries that follow a way, up to `reach_m` from its end and some beyond. */
  after(way: number, reach_m: number): void;
  /** Of the way asked for last. */
  from: number;
  to: number;
  /** The way that is entered. */
  ways(): Int32Array;
  /** From the end of the way before to where it is entered, metres. */
  distances(): Float64Array;
  /** The chance to choose so at each junction between: 1/n where n ways go on. */
  chances(): Float64Array;
  /** The entry through which one comes, whose way is walked whole; -1 for none. */
  parents(): Int32Array;
  /** Makes room, when much has been remembered. Entries are kept from one call to the next. */
  tidy(): void;
};

/** A way that may be entered, while the search goes on. */
type Offer = { way: number; distance: number; chance: number; parent: number };

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
  const offers: Offer[] = [];

  /** Offers all ways that leave the end of another. */
  function offerAfter(way: number, distance: number, chance: number, parent: number): void {
    const node = wayEnds[way]!;
    const last = nodeWayOffsets[node + 1]!;
    const choices = last - nodeWayOffsets[node]!;
    for (let i = nodeWayOffsets[node]!; i < last; i++) {
      const next = nodeWays[i]!;
      const back = next === backAlong(way);
      // Twice round within one look is nothing that anybody walks.
      if (taken[next] === search || (back && choices > 1 && parent !== -1)) continue;
      const share = choices === 1 ? 1 : back ? TURNS_ROUND : 1 / (choices - 1);
      queue.put(offers.push({ way: next, distance, chance: chance * share, parent }) - 1, distance);
    }
  }

  function take({ way, distance, chance, parent }: Offer): void {
    taken[way] = search;
    ways = grown(ways, entries + 1);
    distances = grown(distances, entries + 1);
    chances = grown(chances, entries + 1);
    parents = grown(parents, entries + 1);
    ways[entries] = way;
    distances[entries] = distance;
    chances[entries] = chance;
    parents[entries] = parent;
    entries++;
  }

  const onward: Onward = {
    from: 0,
    to: 0,
    ways: () => ways,
    distances: () => distances,
    chances: () => chances,
    parents: () => parents,
    tidy() {
      if (entries < MOST_ENTRIES) return;
      starts.fill(-1);
      entries = 0;
    },
    after(way, reach_m) {
      if (starts[way] === -1 || reaches[way]! < reach_m) {
        const reach = Math.ceil(reach_m / WHOLE_M) * WHOLE_M;
        search++;
        queue.clear();
        offers.length = 0;
        starts[way] = entries;
        reaches[way] = reach;
        offerAfter(way, 0, 1, -1);
        for (let i = queue.take(); i !== -1; i = queue.take()) {
          const offer = offers[i]!;
          if (taken[offer.way] === search) continue;
          take(offer);
          const distance = offer.distance + lengths[offer.way >> 1]!;
          if (distance <= reach) offerAfter(offer.way, distance, offer.chance, entries - 1);
        }
        ends[way] = entries;
      }
      onward.from = starts[way]!;
      onward.to = ends[way]!;
    },
  };
  return onward;
}
