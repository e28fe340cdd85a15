/**
 * The matcher that one would take instead: the hidden Markov model of Newson and Krumm (2009), as FMM, Meili and most
 * others have it. Fixes are thinned; the nearest place on each road within a radius is a candidate; distances between
 * candidates along the network should be those between the fixes as the crow flies; the single best way is credited.
 */
import { nearestOnSegment } from '../../../api/geometry/locate.ts';
import { measureAt } from '../../../api/network/lines.ts';
import type { Network, NetworkPlace } from '../../../api/network/network.ts';
import { visitSegments } from '../../../api/network/segment-index.ts';
import { createPathFinder } from '../../../api/network/shortest-path.ts';
import type { Leg } from '../../../api/network/shortest-path.ts';
import type { Fix } from '../../../api/network/track.ts';

/** Metres and seconds; tuned by hand for each kind of track. */
export type NewsonKrumm = { sigma: number; beta: number; thin_s: number; radius: number; candidates: number };

type Candidate = NetworkPlace & { distance: number };
type State = Candidate & { score: number; from: State | null; legs: Leg[] };

export function createNewsonKrumm(network: Network): (fixes: readonly Fix[], tuning: NewsonKrumm) => Leg[] {
  const finder = createPathFinder(network);
  return (fixes, tuning) => {
    const { sigma, beta, thin_s } = tuning;
    const legs: Leg[] = [];
    let last = -Infinity;
    let before: Fix | null = null;
    let states: State[] = [];
    for (const fix of fixes) {
      if (fix.at_s - last < thin_s) continue;
      last = fix.at_s;
      const candidates = candidatesOf(network, fix, tuning);
      if (candidates.length === 0) continue;
      const crow = before ? Math.hypot(fix.x - before.x, fix.y - before.y) : 0;
      const next: State[] = [];
      for (const candidate of candidates) {
        const emission = -(candidate.distance ** 2) / (2 * sigma ** 2);
        let best: State | null = null;
        for (const from of states) {
          const path = finder.find(from, candidate, 100 * (2 * crow + 6 * sigma + 100));
          if (!path) continue;
          const total = from.score + emission - Math.abs(path.length_cm / 100 - crow) / beta;
          if (!best || total > best.score) best = { ...candidate, score: total, from, legs: path.legs };
        }
        if (best) next.push(best);
        else if (states.length === 0) next.push({ ...candidate, score: emission, from: null, legs: [] });
      }
      if (next.length === 0) {
        legs.push(...wayOf(states));
        for (const candidate of candidates) {
          next.push({ ...candidate, score: -(candidate.distance ** 2) / (2 * sigma ** 2), from: null, legs: [] });
        }
      }
      states = next;
      before = fix;
    }
    return [...legs, ...wayOf(states)];
  };
}

function wayOf(states: readonly State[]): Leg[] {
  const legs: Leg[] = [];
  let state = states.reduce<State | null>((best, one) => (best && best.score >= one.score ? best : one), null);
  for (; state; state = state.from) legs.push(...state.legs);
  return legs;
}

function candidatesOf(network: Network, { x, y }: Fix, { radius, candidates }: NewsonKrumm): Candidate[] {
  const { xy, along, vertexRoads } = network;
  const byRoad = new Map<number, Candidate>();
  visitSegments(network, x, y, radius, (v) => {
    const t = nearestOnSegment(xy, v, x, y);
    const distance = Math.hypot(
      xy[2 * v]! + t * (xy[2 * v + 2]! - xy[2 * v]!) - x,
      xy[2 * v + 1]! + t * (xy[2 * v + 3]! - xy[2 * v + 1]!) - y,
    );
    const road = vertexRoads[v]!;
    if (distance > radius || distance >= (byRoad.get(road)?.distance ?? Infinity)) return;
    const measure_cm = measureAt(network, road, along[v]! + t * (along[v + 1]! - along[v]!));
    byRoad.set(road, { road, measure_cm, distance });
  });
  return [...byRoad.values()].toSorted((a, b) => a.distance - b.distance).slice(0, candidates);
}
