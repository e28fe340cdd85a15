/**
 * How likely a position is, given where the thing really is.
 *
 * The position errs by the same normal distribution to all sides. Its accuracy is the radius that holds the thing in 68
 * of 100 cases (what Android and the W3C Geolocation API mean by it), and the distance of a normal error on two axes is
 * Rayleigh distributed, so accuracy = sigma × sqrt(-2 ln 0.32) = 1.51 sigma.
 */

/** Phones claim 3 m under trees; nothing in a pocket is better than this in a street (Newson & Krumm 2009 found 4.07). */
export const LEAST_ACCURACY_M = 4;

/** The standard error on each axis, metres. */
export const standardError = (accuracy_m: number): number =>
  Math.max(accuracy_m, LEAST_ACCURACY_M) / Math.sqrt(-2 * Math.log(0.32));

/**
 * How likely (per square metre) a position is for a metre of street, summed up over a straight piece of it: the thing may
 * be anywhere along the piece and, across it, anywhere within `halfWidth`. Cutting the piece in two changes nothing.
 *
 * @param from, to where the piece begins and ends, metres along its direction, the position being at 0.
 * @param across metres from the position to the line of the piece.
 */
export function likelihoodOfPiece(from: number, to: number, across: number, halfWidth: number, sigma: number): number {
  const unit = 1 / sigma; // one division for four
  const acrossIt = normalShare((across + halfWidth) * unit) - normalShare((across - halfWidth) * unit);
  const alongIt = normalShare(to * unit) - normalShare(from * unit);
  return (alongIt * acrossIt) / (2 * halfWidth);
}

/**
 * How likely a thing on a street is on the side on which its position lies.
 *
 * @param across metres from the position to the centreline, not negative.
 */
export function likelihoodOfSide(across: number, halfWidth: number, sigma: number): number {
  const middle = normalShare(across / sigma);
  const same = middle - normalShare((across - halfWidth) / sigma);
  const other = normalShare((across + halfWidth) / sigma) - middle;
  // Far off the street both vanish, and there is no doubt about the side.
  return same + other > 1e-9 ? same / (same + other) : 1;
}

/** Steps of the table of the normal distribution: 64 for each sigma, up to 6. */
const STEPS = 64;
const heights = Float64Array.from({ length: 6 * STEPS + 1 }, (_, i) => Math.exp(-((i / STEPS) ** 2) / 2) * 0.39894228);
const tails = heights.map((height, i) => (i === 0 ? 0.5 : height * tailPerHeight(i / STEPS)));

/**
 * The share of a standard normal distribution below z; wrong by less than 2e-7. From a table of 6 kB and two terms of
 * Taylor's series: snapping asks four times for each segment, and an exponential takes ten times as long.
 */
export function normalShare(z: number): number {
  const away = z < 0 ? -z : z;
  if (away >= 6) return z < 0 ? 0 : 1;
  const i = Math.round(away * STEPS);
  const step = away - i / STEPS;
  const tail = tails[i]! - heights[i]! * step * (1 - (i / STEPS) * (step / 2));
  return z < 0 ? tail : 1 - tail;
}

/** What lies above z, in units of the height of the curve there (Abramowitz & Stegun 26.2.17). */
function tailPerHeight(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  return t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
}
