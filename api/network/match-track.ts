/**
 * Which stretches were walked, when, and how sure that is, from the fixes of a walker's device (R28, R36, R39).
 *
 * Only what the whole track supports is told (forward and backward through all possible ways, trellis.ts), not the most
 * probable way alone: beside a street that was walked a parallel alley gets what is probable for it, which is little.
 */
import { createCells } from './cells.ts';
import { createCredit } from './credit.ts';
import type { Credit } from './credit.ts';
import { estimateWalk } from './estimate-walk.ts';
import { linksOf } from './links.ts';
import type { Network } from './network.ts';
import { observe } from './observe.ts';
import type { Leg } from './observe.ts';
import { createOnward } from './onward.ts';
import type { Fix, TrackMatch } from './track.ts';
import { createStanding } from './standing.ts';
import { AHEAD, createTrellis, OFF, STOOD, TURNED } from './trellis.ts';
import { walkModel } from './walk-model.ts';
import type { WalkModel, WalkParameters } from './walk-model.ts';
import { createWhereabouts } from './whereabouts.ts';

/** Steps that are looked ahead before anything is told: half an hour of minutes, four minutes of seconds. */
const LOOK_AHEAD = 30;
/** Less probable pairs of states change no metre's probability by a hundredth. */
const LEAST = 1e-4;

export type TrackMatcher = (fixes: readonly Fix[]) => TrackMatch;

/**
 * Keeps 45 MB for the search, so that many tracks can be matched in one network. One at a time.
 * @param mostPairs of states held at once (trellis.ts).
 */
export function createTrackMatcher(network: Network, mostPairs?: number): TrackMatcher {
  const links = linksOf(network);
  const cells = createCells(network, links);
  const onward = createOnward(links);
  const trellis = createTrellis(network, links, cells, onward, mostPairs);
  const whereabouts = createWhereabouts(network);
  const { nodeWay, nodeCell, pairFrom, pairTo, pairVia } = trellis;
  let credit: Credit;
  /** When the metres that are being added were walked. */
  let [begins_s, ends_s] = [0, 0];

  return (fixes) => {
    const { legs, unmatched, interval_s, white_m } = observe(fixes);
    const longest = legs.reduce<Leg>((best, leg) => (leg.length > best.length ? leg : best), []);
    if (longest.length < 2) return { passes: [], unmatched, estimate: null };
    const parameters = estimateWalk(trellis, longest);
    const model = walkModel(parameters);
    credit = createCredit(network, links, cells);
    for (const leg of legs) {
      if (leg.length < 2) continue;
      matchLeg(leg, model);
      unmatched.push(...whereabouts.unmatched(leg));
    }
    unmatched.sort((a, b) => a.from_s - b.from_s);
    return { passes: credit.passes(), unmatched, estimate: told(parameters, longest, interval_s, white_m) };
  };

  function matchLeg(leg: Leg, model: WalkModel): void {
    trellis.begin(leg[0]!, model);
    const standing = createStanding((step, link, cell) => {
      credit.stood(link, 2 * cell, leg[step - 1]!.at_s);
      credit.stood(link, 2 * cell, leg[step]!.at_s);
    });
    let [first, told] = [0, 0];
    for (let k = 1; k <= leg.length; k++) {
      if (k < leg.length && trellis.advance(leg[k - 1]!, leg[k]!, model)) continue;
      if (k === first + 1 && k < leg.length) {
        // Not even one step finds room: nothing can be told of it.
        trellis.begin(leg[k]!, model);
        [first, told] = [k, k];
        continue;
      }
      // At the end, or out of room: tell all but the last steps, and go on from there.
      const last = k === leg.length ? k - 1 : Math.max(first + 1, k - 1 - LOOK_AHEAD);
      trellis.lookBack(LEAST, (step, pair, probability) => {
        const at = first + step;
        if (at <= told || at > last) return;
        const node = pairTo[pair]!;
        const way = nodeWay[node]!;
        whereabouts.add(at, way === -1 ? -1 : network.passageRoads[trellis.linkOf(way)]!, probability);
        if (pairVia[pair] === STOOD) standing.add(at, trellis.linkOf(way), nodeCell[node]!, probability);
        else if (pairVia[pair] !== OFF) addPair(pair, leg, at, probability, model);
      });
      standing.close();
      if (k === leg.length) return;
      trellis.continueFrom(last - first);
      [first, told] = [last, last];
      k = last;
    }
  }

  /**
   * Credits the metres between two states. (No functions are made in here: it is called for every pair, and a function
   * costs more than all the rest.)
   */
  function addPair(pair: number, leg: Leg, step: number, probability: number, model: WalkModel): void {
    const via = pairVia[pair]!;
    const [i, j] = [pairFrom[pair]!, pairTo[pair]!];
    const [way, next] = [nodeWay[i]!, nodeWay[j]!];
    const [here, there] = [2 * nodeCell[i]! + 1, 2 * nodeCell[j]! + 1];
    const [before, after] = [leg[step - 1]!, leg[step]!];

    // An observation stands in the middle of its fixes: what was walked before the first and after the last one is added.
    if (step === 1) {
      begins_s = before.from_s;
      ends_s = before.at_s;
      add(way, here - halves(way, model.speed * (ends_s - begins_s)), here, probability);
    }
    if (step === leg.length - 1) {
      begins_s = after.at_s;
      ends_s = after.to_s;
      add(next, there, there + halves(next, model.speed * (ends_s - begins_s)), probability);
    }

    begins_s = before.at_s;
    ends_s = after.at_s;
    if (via === AHEAD) add(way, here, there, probability);
    else if (via === TURNED) add(next, here, there, probability);
    else {
      // Each part of the way takes its share of the time, told from the end of it.
      const secondsPerMetre = (ends_s - begins_s) / trellis.distanceOf(pair);
      const entered = (next & 1) === 0 ? 0 : halvesIn(next);
      begins_s = ends_s - (secondsPerMetre * Math.abs(there - entered) * links.lengths[next >> 1]!) / halvesIn(next);
      add(next, entered, there, probability);
      for (let entry = onward.parents()[via]!; entry !== -1; entry = onward.parents()[entry]!) {
        const between = onward.ways()[entry]!;
        cells.firstOf(between >> 1);
        ends_s = begins_s;
        begins_s -= secondsPerMetre * links.lengths[between >> 1]!;
        add(between, 0, halvesIn(between), probability);
      }
      ends_s = begins_s;
      begins_s = before.at_s;
      add(way, here, (way & 1) === 0 ? halvesIn(way) : 0, probability);
    }
  }

  /** From and to in either order, in half cells, and as far as the link goes. */
  function add(way: number, from: number, to: number, probability: number): void {
    const low = Math.max(0, Math.min(from, to));
    const high = Math.min(halvesIn(way), Math.max(from, to));
    credit.add(way >> 1, low, high, begins_s, ends_s, probability, (way & 1) === 0);
  }

  function halvesIn(way: number): number {
    return 2 * cells.counts[way >> 1]!;
  }

  /** How many half cells a way on is, less than none against the direction of the road. */
  function halves(way: number, metres: number): number {
    return (1 - 2 * (way & 1)) * Math.round((metres * halvesIn(way)) / links.lengths[way >> 1]!);
  }
}

function told(parameters: WalkParameters, leg: Leg, interval_s: number, white_m: number): TrackMatch['estimate'] {
  const fixes = leg.reduce((sum, one) => sum + one.fixes, 0) / leg.length;
  return {
    interval_s,
    // An observation of n fixes errs by a part of what each errs by.
    noise_m: Math.sqrt(parameters.sigma ** 2 + white_m ** 2 * (1 - 1 / fixes)),
    white_m,
    correlation_s: parameters.lasts_s,
    speed_m_s: parameters.speed,
  };
}
