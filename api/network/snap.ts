/**
 * Which road a report is about, with the doubt in numbers.
 *
 * Every road near the position is a hypothesis, and so is "on no road we know". Before looking, a report is equally
 * likely to be about any metre of street; OFF_NETWORK_PER_M2 says how likely it is to be about none. Looking, each
 * is weighed by how likely the position is under it (position-error.ts), summed over the whole of the road nearby and not
 * only at the foot of the perpendicular, so that a street that passes by weighs twice one that ends here. Heading and
 * street name, where known, weigh in (evidence.ts). The weights, divided by their sum, are the probabilities.
 */
import type { Side } from '../geometry/side.ts';
import { headingFactor, nameFactors } from './evidence.ts';
import { footOn } from './nearest.ts';
import type { Foot } from './nearest.ts';
import type { Network } from './network.ts';
import { likelihoodOfPiece, likelihoodOfSide, standardError } from './position-error.ts';
import { doubtBetween } from './doubt.ts';
import type { Doubt } from './doubt.ts';
import { WIDEST_M } from './road-width.ts';
import { visitSegments } from './segment-index.ts';

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
/** Errors beyond 3.5 sigma happen once in 500 times. */
const SIGMAS = 3.5;
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
  /** As people write it; may go on after the street's name. */
  road_name?: string;
  /** Any name of the zone at a place, to notice boundary streets. */
  zoneAt?: (road_id: number, measure_cm: number, side: Side) => unknown;
  /** Default FURTHEST_M. */
  furthest_m?: number;
};

export type SnapCandidate = Foot & {
  probability: number;
  /** That the thing is on `side`, if it is on this road. */
  side_probability: number;
  /** Why it may be confused: with which kind of rival, or 'boundary' where its two sides lie in different zones. */
  flags: (Doubt | 'boundary')[];
};

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
  const { x, y, accuracy_m = USUAL_ACCURACY_M, furthest_m = FURTHEST_M } = question;
  const sigma = standardError(accuracy_m);
  const reach = Math.min(SIGMAS * sigma + WIDEST_M, furthest_m);
  const roads = weighRoads(network, question, sigma, reach);
  // As the roads beyond the reach are not weighed, neither is the open ground there.
  const offNetwork = OFF_NETWORK_PER_M2 * (1 - Math.exp(-((reach / sigma) ** 2) / 2));
  const sum = roads.reduce((total, { weight }) => total + weight, offNetwork);
  const off_network_probability = offNetwork / sum;
  const candidates = roads.map(({ road, weight, segment }): SnapCandidate => {
    const foot = footOn(network, segment, x, y);
    const side_probability = likelihoodOfSide(foot.offset_m, network.roadHalfWidths[road]!, sigma);
    // Named one by one, because `...foot` takes half of the time of the whole function.
    const { road_id, measure_cm, offset_m, side } = foot;
    const probability = weight / sum;
    return {
      road,
      road_id,
      measure_cm,
      offset_m,
      side,
      x: foot.x,
      y: foot.y,
      probability,
      side_probability,
      flags: [],
    };
  });
  const doubt = (i: number, j: number): Doubt =>
    doubtBetween(network, roads[i]!.segment, roads[j]!.segment, x, y, 2 * sigma + WIDEST_M);
  flag(candidates, doubt, question.zoneAt);

  const [first, second] = candidates;
  if (!first || off_network_probability > 0.5) {
    return { verdict: 'no_road', candidates, off_network_probability, because: null };
  }
  if (first.probability >= SURE) return { verdict: 'matched', candidates, off_network_probability, because: null };
  const roadIsRival = second && second.probability >= off_network_probability;
  const because = roadIsRival ? doubt(0, 1) : 'off_network';
  return { verdict: 'ambiguous', candidates, off_network_probability, because };
}

type WeighedRoad = { road: number; weight: number; segment: number; square: number };

/** The roads within reach, likeliest first, with the segment of each that is nearest to the position. */
function weighRoads(
  network: Network,
  { x, y, heading_deg, road_name }: SnapQuestion,
  sigma: number,
  reach: number,
): WeighedRoad[] {
  const { xy, vertexRoads, roadHalfWidths, roadNames } = network;
  const roads: WeighedRoad[] = [];
  visitSegments(network, x, y, reach, (v) => {
    const dx = xy[2 * v + 2]! - xy[2 * v]!;
    const dy = xy[2 * v + 3]! - xy[2 * v + 1]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) return;
    const px = xy[2 * v]! - x;
    const py = xy[2 * v + 1]! - y;
    const from = (px * dx + py * dy) / length;
    const across = Math.abs(px * dy - py * dx) / length;
    const beyond = Math.max(from, -from - length, 0);
    const square = across * across + beyond * beyond;
    const road = vertexRoads[v]!;
    const halfWidth = roadHalfWidths[road]!;
    // Half of what the boxes find is too far from its own street to weigh anything.
    const relevant = Math.min(SIGMAS * sigma + halfWidth, reach);
    if (square > relevant * relevant) return;
    let weight = likelihoodOfPiece(from, from + length, across, halfWidth, sigma);
    if (heading_deg !== undefined) weight *= headingFactor(heading_deg, dx, dy);
    const known = placeOf(roads, road);
    if (!known) roads.push({ road, weight, segment: v, square });
    else {
      known.weight += weight;
      if (square < known.square) {
        known.square = square;
        known.segment = v;
      }
    }
  });
  if (road_name) {
    const factors = nameFactors(
      road_name,
      roads.map(({ road }) => roadNames[road]!),
    );
    for (const [i, road] of roads.entries()) road.weight *= factors[i]!;
  }
  roads.sort((a, b) => b.weight - a.weight || a.square - b.square || a.road - b.road);
  const least = WORTH_NAMING * (roads[0]?.weight ?? 0);
  return roads.filter(({ weight }) => weight > 0 && weight >= least);
}

/** A loop, because a closure for each segment would cost a fifth of the time; there are a dozen roads at most. */
function placeOf(roads: WeighedRoad[], road: number): WeighedRoad | undefined {
  for (const known of roads) if (known.road === road) return known;
  return undefined;
}

/** Puts flags on candidates that are worth one; on the others they would only be noise. */
function flag(
  candidates: SnapCandidate[],
  doubt: (i: number, j: number) => Doubt,
  zoneAt: SnapQuestion['zoneAt'],
): void {
  const worthOne = candidates.filter(({ probability }) => probability >= WORTH_A_FLAG);
  for (const [i, candidate] of worthOne.entries()) {
    for (let j = 0; j < i; j++) {
      const why = doubt(i, j);
      for (const { flags } of [candidate, worthOne[j]!]) if (!flags.includes(why)) flags.push(why);
    }
  }
  if (!zoneAt) return;
  for (const { road_id, measure_cm, flags } of worthOne) {
    if (zoneAt(road_id, measure_cm, 'left') !== zoneAt(road_id, measure_cm, 'right')) flags.push('boundary');
  }
}
