/**
 * The roads near a position, each with the weight of all of it nearby. In lists that are made once and overwritten by the
 * next question: snapping a city's reports makes no garbage but its answers.
 */
import { headingFactor } from './evidence.ts';
import type { Network } from './network.ts';
import { likelihoodOfPiece } from './position-error.ts';
import { segmentsNear } from './segment-index.ts';

/** Errors beyond 3.5 sigma happen once in 500 times. */
export const SIGMAS = 3.5;

export type WeighedRoads = {
  count: number;
  /** Numbers of roads. */
  roads: Uint32Array;
  weights: Float64Array;
  /** The segment of the road that is nearest to the position, at which share of it, and its squared distance. */
  segments: Uint32Array;
  shares: Float64Array;
  squares: Float64Array;
};

let weighed = roomFor(64);

function roomFor(most: number): WeighedRoads {
  const numbers = (): Float64Array => new Float64Array(most);
  const [roads, segments] = [new Uint32Array(most), new Uint32Array(most)];
  return { count: 0, roads, weights: numbers(), segments, shares: numbers(), squares: numbers() };
}

/**
 * @param heading_deg direction of travel, where it is known.
 * @returns the roads in no order; always the same object, to be read before the next question.
 */
export function weighRoads(
  network: Network,
  x: number,
  y: number,
  sigma: number,
  reach: number,
  heading_deg: number | undefined,
): WeighedRoads {
  const { roadHalfWidths, xy } = network;
  const near = segmentsNear(network, x, y, reach);
  if (weighed.roads.length < near.count) weighed = roomFor(2 * near.count);
  const { roads, weights, segments, shares, squares } = weighed;
  let count = 0;
  for (let i = 0; i < near.count; i++) {
    const road = near.roads[i]!;
    const square = near.squares[i]!;
    const length = near.lengths[i]!;
    const halfWidth = roadHalfWidths[road]!;
    // The reach is that of the widest street; a narrow one weighs nothing from so far.
    const relevant = SIGMAS * sigma + halfWidth;
    if (square > relevant * relevant || length === 0) continue;
    const ahead = near.ahead[i]!;
    const v = near.segments[i]!;
    let weight = likelihoodOfPiece(-ahead, length - ahead, Math.abs(near.across[i]!), halfWidth, sigma);
    if (heading_deg !== undefined) {
      weight *= headingFactor(heading_deg, xy[2 * v + 2]! - xy[2 * v]!, xy[2 * v + 3]! - xy[2 * v + 1]!);
    }
    let known = 0;
    while (known < count && roads[known] !== road) known++;
    if (known === count) {
      count++;
      roads[known] = road;
      weights[known] = 0;
      squares[known] = Infinity;
    }
    weights[known]! += weight;
    if (square < squares[known]!) {
      squares[known] = square;
      segments[known] = v;
      shares[known] = ahead <= 0 ? 0 : ahead >= length ? 1 : ahead / length;
    }
  }
  weighed.count = count;
  return weighed;
}
