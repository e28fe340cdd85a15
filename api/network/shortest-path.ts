/**
 * The shortest way along the network between two places, in whole centimetres of measure. Every road can be gone both
 * ways: chiefs walk.
 *
 * Dijkstra over the nodes, from both ends of the stretch of road on which the start lies, stopped at a limit: on foot
 * the answer to "how far is it" is asked for places nearby, thousands of times.
 */
import type { Network, NetworkPlace } from './network.ts';
import { createQueue } from './queue.ts';

/** A part of a way; to_cm < from_cm where it goes against the direction of the road. */
export type Leg = { road: number; from_cm: number; to_cm: number };
export type Path = { length_cm: number; legs: Leg[] };

export type PathFinder = {
  /** The shortest path, or null when there is none of at most `limit_cm`. */
  find(from: NetworkPlace, to: NetworkPlace, limit_cm: number): Path | null;
};

/**
 * Keeps the memory for the search (20 bytes a node), so that many paths can be found in one network at little cost each.
 * One search at a time, which is all that synchronous code can do.
 */
export function createPathFinder(network: Network): PathFinder {
  const { passageRoads, passageNodes, passageMeasures_cm, roadPassages, nodeOffsets, nodePassages, nodeXy } = network;
  const nodes = nodeXy.length / 2;
  const reached_cm = new Float64Array(nodes);
  /** The search in which a node was reached last; saves wiping all nodes before each. */
  const searches = new Uint32Array(nodes);
  /** The passages by which a node is left and reached on the way: from `cameFrom` to `cameBy`, or -1 for the start. */
  const cameFrom = new Int32Array(nodes);
  const cameBy = new Int32Array(nodes);
  const queue = createQueue();
  let search = 0;

  function reach(passage: number, from: number, at_cm: number, limit_cm: number): void {
    const node = passageNodes[passage]!;
    if (at_cm > limit_cm || (searches[node] === search && reached_cm[node]! <= at_cm)) return;
    searches[node] = search;
    reached_cm[node] = at_cm;
    cameFrom[node] = from;
    cameBy[node] = passage;
    queue.put(node, at_cm);
  }

  return {
    find(from, to, limit_cm) {
      search++;
      queue.clear();
      let length_cm = from.road === to.road ? Math.abs(to.measure_cm - from.measure_cm) : Infinity;
      let last = -1;
      for (const passage of around(from)) reach(passage, -1, gap(passage, from), limit_cm);
      const ends = around(to);
      for (;;) {
        const node = queue.take();
        // Whatever is still queued is no nearer than this node.
        if (node === -1 || reached_cm[node]! >= length_cm) break;
        for (const passage of ends) {
          const total = reached_cm[node]! + gap(passage, to);
          if (passageNodes[passage] === node && total < length_cm) {
            length_cm = total;
            last = passage;
          }
        }
        for (let i = nodeOffsets[node]!; i < nodeOffsets[node + 1]!; i++) {
          const here = nodePassages[i]!;
          for (const next of [here - 1, here + 1]) {
            if (passageRoads[next] !== passageRoads[here]) continue;
            const step = Math.abs(passageMeasures_cm[next]! - passageMeasures_cm[here]!);
            reach(next, here, reached_cm[node]! + step, limit_cm);
          }
        }
      }
      return length_cm <= limit_cm ? { length_cm, legs: legsTo(from, to, last) } : null;
    },
  };

  function gap(passage: number, place: NetworkPlace): number {
    return Math.abs(passageMeasures_cm[passage]! - place.measure_cm);
  }

  /** The passages of its road just before and after a place; those at the place itself on either side. */
  function around({ road, measure_cm }: NetworkPlace): number[] {
    const [first, end] = [roadPassages[road]!, roadPassages[road + 1]!];
    let [after, high] = [first, end];
    while (after < high) {
      const middle = (after + high) >> 1;
      if (passageMeasures_cm[middle]! < measure_cm) after = middle + 1;
      else high = middle;
    }
    return [after - 1, after].filter((passage) => passage >= first && passage < end);
  }

  function legsTo(from: NetworkPlace, to: NetworkPlace, last: number): Leg[] {
    if (last === -1) return joined([{ road: from.road, from_cm: from.measure_cm, to_cm: to.measure_cm }]);
    const legs: Leg[] = [{ road: to.road, from_cm: passageMeasures_cm[last]!, to_cm: to.measure_cm }];
    for (let node = passageNodes[last]!; ;) {
      const [by, left] = [cameBy[node]!, cameFrom[node]!];
      const from_cm = left === -1 ? from.measure_cm : passageMeasures_cm[left]!;
      legs.push({ road: passageRoads[by]!, from_cm, to_cm: passageMeasures_cm[by]! });
      if (left === -1) break;
      node = passageNodes[left]!;
    }
    return joined(legs.toReversed());
  }
}

/** Legs that go on along one road in one direction as one; none of no length, unless that is all. */
function joined(legs: Leg[]): Leg[] {
  const result: Leg[] = [];
  for (const leg of legs.filter(({ from_cm, to_cm }) => from_cm !== to_cm)) {
    const before = result.at(-1);
    const goesOn =
      before?.road === leg.road &&
      before.to_cm === leg.from_cm &&
      Math.sign(before.to_cm - before.from_cm) === Math.sign(leg.to_cm - leg.from_cm);
    if (goesOn) before.to_cm = leg.to_cm;
    else result.push({ ...leg });
  }
  return result.length > 0 ? result : legs.slice(0, 1);
}
