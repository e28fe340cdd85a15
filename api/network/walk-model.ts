/**
 * How people walk and devices err: every number of the matcher stands here.
 * Lengths in metres, times in seconds.
 */

/** What differs from track to track. */
export type WalkParameters = {
  /** Standard deviation of the error of an observation on each axis. */
  sigma: number;
  /** Time in which the error falls to 1/e; 0: it is another one each time. */
  lasts_s: number;
  speed: number;
  /** Length of the cells. */
  spacing: number;
};

export type Movement = {
  /** Beyond it nobody comes in this time. */
  reach: number;
  /** Density of the distance walked, by distance · perMetre. */
  densities: Float64Array;
  perMetre: number;
};

export type WalkModel = WalkParameters & {
  /** An error larger than this does not happen. */
  gate: number;
  movement(dt: number): Movement;
  /** The part of the error that is left after a time. */
  kept(dt: number): number;
  /** Variance of what comes anew. */
  innovation(dt: number): number;
  /** Probabilities for a step of dt. */
  stops(dt: number): number;
  remains(dt: number): number;
  turnsBack(dt: number): number;
  staysOn(dt: number): number;
  comesBack(dt: number): number;
  /** Density of a displacement off the network. */
  freely(dt: number, dx: number, dy: number): number;
};

/** One error in a thousand is larger (Rayleigh). */
const GATE = 3.8;
/**
 * A walker's pace strays like a random walk: after 17 m he is 1.6 m ahead or behind, after 100 m 4 m. In one step of
 * twenty it is anything up to FASTEST times the usual one.
 */
const PACE_SPREAD = 0.4;
const ANY_PACE = 0.05;
const FASTEST = 1.9;
/** What is faster than this is a vehicle, which goes at half its usual pace, and at twice, as often as not. */
export const VEHICLE_M_S = 2.2;
const VEHICLE_SPREAD = 0.5;
/**
 * Turns round within a street once an hour, and leaves the streets every two hours, for a minute. Rare, so that an error
 * does not pass for it; a walker who does it says so with every fix that follows.
 */
const TURNS_AFTER_S = 3600;
/** Stops once in half an hour, for two minutes. */
const STOPS_AFTER_S = 1800;
const STANDS_S = 120;
const LEAVES_AFTER_S = 7200;
const BACK_AFTER_S = 60;
/** Part of the squared length of a cell by which errors seem to vary, as places are rounded to its middle. */
const ROUNDING = 1 / 16;
const PER_METRE = 4;

export function walkModel(parameters: WalkParameters): WalkModel {
  const { sigma, lasts_s, speed, spacing } = parameters;
  // Few devices keep their rhythm to the tenth of a second, and no step is known better.
  const movements = new Map<number, Movement>();
  const kept = (dt: number): number => (lasts_s > 0 ? Math.exp(-dt / lasts_s) : 0);
  return {
    ...parameters,
    gate: Math.max(GATE * sigma, 12),
    kept,
    innovation: (dt) => sigma ** 2 * (1 - kept(dt) ** 2) + ROUNDING * spacing ** 2,
    movement(dt) {
      const tenths = Math.max(1, Math.round(10 * dt));
      const known = movements.get(tenths) ?? movementIn(tenths / 10, speed, spacing);
      movements.set(tenths, known);
      return known;
    },
    stops: (dt) => 1 - Math.exp(-dt / STOPS_AFTER_S),
    remains: (dt) => Math.exp(-dt / STANDS_S),
    turnsBack: (dt) => 1 - Math.exp(-dt / TURNS_AFTER_S),
    staysOn: (dt) => Math.exp(-dt / LEAVES_AFTER_S),
    comesBack: (dt) => 1 - Math.exp(-dt / BACK_AFTER_S),
    freely(dt, dx, dy) {
      const variance = (speed * dt) ** 2 / 2 + 2 * sigma ** 2 * (1 - kept(dt)) + 1;
      return Math.exp(-Math.min(30, (dx * dx + dy * dy) / (2 * variance))) / (2 * Math.PI * variance);
    },
  };
}

function movementIn(dt: number, speed: number, spacing: number): Movement {
  const mean = speed * dt;
  const spread = speed > VEHICLE_M_S ? VEHICLE_SPREAD * mean : PACE_SPREAD * Math.sqrt(mean);
  const deviation = Math.hypot(spread, 0.3 * spacing, 0.5);
  const reach = FASTEST * mean + 2 * spacing;
  const densities = Float64Array.from({ length: Math.ceil((reach + 2 * spacing) * PER_METRE) + 2 }, (_, i) => {
    const off = ((i + 0.5) / PER_METRE - mean) / deviation;
    return ((1 - ANY_PACE) * Math.exp((-off * off) / 2)) / (deviation * Math.sqrt(2 * Math.PI)) + ANY_PACE / reach;
  });
  return { reach, densities, perMetre: PER_METRE };
}
