/**
 * Which road a report is about, with the doubt in numbers.
 *
 * Every road near the position is a hypothesis, and so is "on no road we know". Before looking, a report is equally
 * likely to be about any metre of street; OFF_NETWORK_PER_M2 says how likely it is to be about none. Looking, each
 * is weighed by how likely the position is under it (position-error.ts), summed over the whole of the road nearby and not
 * only at the foot of the perpendicular, so that a street that passes by weighs twice one that ends here. Heading, street
 * names and the zone, where known, weigh in (evidence.ts). The weights, divided by their sum, are the probabilities.
 */
import type { Side } from '../geometry/side.ts';
import { nameFactors, zoneFactors } from './evidence.ts';
import { footAt } from './nearest.ts';
import type { Foot } from './nearest.ts';
import type { Network } from './network.ts';
import { likelihoodOfSide, standardError } from './position-error.ts';
import { doubtBetween } from './doubt.ts';
import type { Doubt } from './doubt.ts';
import { SIGMAS, weighRoads } from './weigh-roads.ts';
import type { WeighedRoads } from './weigh-roads.ts';

/** Below it a person is asked. Sending a chief to the wrong street and back costs about four times one tap on a map. */
export const SURE = 0.75;
/**
 * Reports about no registered road, per square metre, where those about a road are one a metre. One in ten where there
 * are 9 km of road in a square kilometre (GB/T 51328-2018 wants 8 or more): 0.009 × 0.1 / 0.9.
 */
export const OFF_NETWORK_PER_M2 = 0.001;
/** Of a report that does not say. */
export const USUAL_ACCURACY_M = 10;
/** How far to look at most: beyond it the answer is "too coarse", not a list of every street of the town. */
export const FURTHEST_M = 100;
/** Roads a thousand times less likely than the likeliest are not worth naming. */
const WORTH_NAMING = 0.001;
/** Rivals at least this likely put a flag on each other. */
const WORTH_A_FLAG = 0.05;

export type SnapQuestion = {
  /** Metres, in the CRS of the network. */
  x: number;
  y: number;
  /** Radius of 68 %. */
  accuracy_m?: number;
  /** Direction of travel, degrees clockwise from grid north. */
  heading_deg?: number;
  /** What people wrote: a street's name, an address, or the whole report. Names of streets nearby are found in it. */
  text?: string;
  /** Whether a place on a road lies in the zone that the report names. It must not ask `snap` itself either. */
  inZone?: (road_id: number, measure_cm: number) => boolean;
  /** Any name of the zone at a place, to notice boundary streets. It must not ask `snap` itself, which is at work. */
  zoneAt?: (road_id: number, measure_cm: number, side: Side) => unknown;
  /** Default FURTHEST_M. */
  furthest_m?: number;
};

export type SnapCandidate = Foot & {
  probability: number;
  /** That the thing is on `side`, if it is on this road. */
  side_probability: number;
  /** Why it may be confused: with which kind of rival, or 'boundary' where its two sides lie in different zones. */
  flags: readonly Flag[];
};
export type Flag = Doubt | 'boundary';

/** All lists of flags there are, made once: by the sum of what stands for each flag. */
const FLAGS: readonly Flag[] = ['corner', 'parallel', 'layer', 'boundary'];
const flagLists: readonly (readonly Flag[])[] = Array.from({ length: 2 ** FLAGS.length }, (_, sum) =>
  Object.freeze(FLAGS.filter((_flag, place) => sum & (1 << place))),
);
const bitOf = (flag: Flag): number => 1 << FLAGS.indexOf(flag);
const noFlag = flagLists[0]!;

export type SnapAnswer = {
  /** matched: the first candidate is sure enough. no_road: being on none is likelier than all of them together. */
  verdict: 'matched' | 'ambiguous' | 'no_road';
  /** Likeliest first. Their probabilities and that of no road add up to 1. */
  candidates: SnapCandidate[];
  off_network_probability: number;
  /** When ambiguous: why the first candidate cannot be told from the second, or ('off_network') from no road at all. */
  because: Doubt | 'off_network' | null;
};

export function snap(network: Network, question: SnapQuestion): SnapAnswer {
  const { x, y, accuracy_m = USUAL_ACCURACY_M, heading_deg, text, inZone, furthest_m = FURTHEST_M } = question;
  const sigma = standardError(accuracy_m);
  const reach = Math.min(SIGMAS * sigma + network.widest_m, furthest_m);
  const roads = weighRoads(network, x, y, sigma, reach, heading_deg);
  const nameless = text ? weighNames(network, roads, text) : 1;
  const zoneless = inZone ? weighZone(network, roads, x, y, inZone) : 1;
  const count = worthNaming(network, roads);
  // As the roads beyond the reach are not weighed, neither is the open ground there.
  const offNetwork = nameless * zoneless * OFF_NETWORK_PER_M2 * (1 - Math.exp(-((reach / sigma) ** 2) / 2));
  let sum = offNetwork;
  for (let k = 0; k < count; k++) sum += roads.weights[likeliest[k]!]!;
  const candidates: SnapCandidate[] = [];
  for (let k = 0; k < count; k++) {
    const i = likeliest[k]!;
    candidates[k] = candidateOn(network, roads, i, x, y, roads.weights[i]! / sum, sigma);
  }
  const near = 2 * sigma + network.widest_m;
  flag(network, candidates, roads.segments, x, y, near, question.zoneAt);

  const off_network_probability = offNetwork / sum;
  const [first, second] = candidates;
  if (!first || off_network_probability > 0.5) {
    return { verdict: 'no_road', candidates, off_network_probability, because: null };
  }
  if (first.probability >= SURE) return { verdict: 'matched', candidates, off_network_probability, because: null };
  const roadIsRival = second && second.probability >= off_network_probability;
  const because = roadIsRival
    ? doubtBetween(network, roads.segments[likeliest[0]!]!, roads.segments[likeliest[1]!]!, x, y, near)
    : 'off_network';
  return { verdict: 'ambiguous', candidates, off_network_probability, because };
}

/** @returns the factor for being on no road. */
function weighNames({ roadNames }: Network, { count, roads, weights }: WeighedRoads, text: string): number {
  const names = Array.from(roads.subarray(0, count), (road) => roadNames[road]!);
  const factors = nameFactors(text, names);
  for (const [i, factor] of factors.roads.entries()) weights[i]! *= factor;
  return factors.offNetwork;
}

/** @returns the factor for being on no road. */
function weighZone(
  network: Network,
  { count, segments, shares, weights }: WeighedRoads,
  x: number,
  y: number,
  inZone: NonNullable<SnapQuestion['inZone']>,
): number {
  const within = Array.from({ length: count }, (_, i) => {
    const { road_id, measure_cm } = footAt(network, segments[i]!, shares[i]!, x, y);
    return inZone(road_id, measure_cm);
  });
  const factors = zoneFactors(within);
  for (const [i, factor] of factors.roads.entries()) weights[i]! *= factor;
  return factors.offNetwork;
}

/** The places in the lists of those worth naming, likeliest first; overwritten by the next question, as the lists are. */
let likeliest = new Uint32Array(64);

/** @returns how many there are. */
function worthNaming({ roadIds }: Network, weighed: WeighedRoads): number {
  const { count, weights } = weighed;
  if (likeliest.length < count) likeliest = new Uint32Array(2 * count);
  let most = 0;
  for (let i = 0; i < count; i++) if (weights[i]! > most) most = weights[i]!;
  // By insertion: there are half a dozen.
  let worth = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i] === 0 || weights[i]! < WORTH_NAMING * most) continue;
    let place = worth++;
    for (; place > 0 && isBefore(roadIds, weighed, i, likeliest[place - 1]!); place--) {
      likeliest[place] = likeliest[place - 1]!;
    }
    likeliest[place] = i;
  }
  return worth;
}

function isBefore(roadIds: Float64Array, { roads, weights, squares }: WeighedRoads, a: number, b: number): boolean {
  if (weights[a] !== weights[b]) return weights[a]! > weights[b]!;
  if (squares[a] !== squares[b]) return squares[a]! < squares[b]!;
  return roadIds[roads[a]!]! < roadIds[roads[b]!]!;
}

function candidateOn(
  network: Network,
  { segments, shares }: WeighedRoads,
  i: number,
  x: number,
  y: number,
  probability: number,
  sigma: number,
): SnapCandidate {
  const foot = footAt(network, segments[i]!, shares[i]!, x, y);
  const side_probability = likelihoodOfSide(foot.offset_m, network.roadHalfWidths[foot.road]!, sigma);
  // Named one by one, because `...foot` takes half of the time of the whole function.
  return {
    road: foot.road,
    road_id: foot.road_id,
    measure_cm: foot.measure_cm,
    offset_m: foot.offset_m,
    side: foot.side,
    x: foot.x,
    y: foot.y,
    probability,
    side_probability,
    flags: noFlag,
  };
}

/** The flags of each candidate in the making, as sums. */
let flagged = new Uint8Array(64);

/** Puts flags on candidates that are worth one; on the others they would only be noise. */
function flag(
  network: Network,
  candidates: readonly SnapCandidate[],
  segments: Uint32Array,
  x: number,
  y: number,
  near: number,
  zoneAt: SnapQuestion['zoneAt'],
): void {
  if (flagged.length < candidates.length) flagged = new Uint8Array(2 * candidates.length);
  let worth = 0;
  for (; worth < candidates.length; worth++) {
    const { probability, road_id, measure_cm } = candidates[worth]!;
    if (probability < WORTH_A_FLAG) break; // so are those behind it
    flagged[worth] =
      zoneAt && zoneAt(road_id, measure_cm, 'left') !== zoneAt(road_id, measure_cm, 'right') ? bitOf('boundary') : 0;
    for (let j = 0; j < worth; j++) {
      const why = bitOf(doubtBetween(network, segments[likeliest[worth]!]!, segments[likeliest[j]!]!, x, y, near));
      flagged[worth]! |= why;
      flagged[j]! |= why;
    }
  }
  for (let i = 0; i < worth; i++) candidates[i]!.flags = flagLists[flagged[i]!]!;
}
