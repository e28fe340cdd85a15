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

/** What may happen in the time from one observation to the next. */
export type Step = {
  /** Beyond it nobody comes in this time. */
  reach: number;
  /** Density of the distance walked, by distance · perMetre. */
  densities: Float64Array;
  perMetre: number;
  /** How far one goes as a rule. */
  usual: number;
  /** The part of the error that is left after it. */
  kept: number;
  /** Variance of the error that comes anew. */
  innovation: number;
  /** Variance of the displacement of somebody off the network, on each axis. */
  freely: number;
  /** Probabilities: a walker stops; who stands goes on standing; turns round; stays on the network; comes back to it. */
  stops: number;
  remains: number;
  turnsBack: number;
  staysOn: number;
  comesBack: number;
};

export type WalkModel = WalkParameters & {
  /** An error larger than this does not happen. */
  gate: number;
  /** A step that takes dt. */
  step(dt: number): Step;
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
  // Few devices keep their rhythm to the tenth of a second, and no step is known better.
  const steps = new Map<number, Step>();
  return {
    ...parameters,
    gate: Math.max(GATE * parameters.sigma, 12),
    step(dt) {
      const tenths = Math.max(1, Math.round(10 * dt));
      const known = steps.get(tenths) ?? stepOf(tenths / 10, parameters);
      steps.set(tenths, known);
      return known;
    },
  };
}

function stepOf(dt: number, { sigma, lasts_s, speed, spacing }: WalkParameters): Step {
  const usual = speed * dt;
  const spread = speed > VEHICLE_M_S ? VEHICLE_SPREAD * usual : PACE_SPREAD * Math.sqrt(usual);
  const deviation = Math.hypot(spread, 0.3 * spacing, 0.5);
  const reach = FASTEST * usual + 2 * spacing;
  const densities = Float64Array.from({ length: Math.ceil((reach + 2 * spacing) * PER_METRE) + 2 }, (_, i) => {
    const off = ((i + 0.5) / PER_METRE - usual) / deviation;
    return ((1 - ANY_PACE) * Math.exp((-off * off) / 2)) / (deviation * Math.sqrt(2 * Math.PI)) + ANY_PACE / reach;
  });
  const kept = lasts_s > 0 ? Math.exp(-dt / lasts_s) : 0;
  return {
    reach,
    densities,
    perMetre: PER_METRE,
    usual,
    kept,
    innovation: sigma ** 2 * (1 - kept ** 2) + ROUNDING * spacing ** 2,
    freely: usual ** 2 / 2 + 2 * sigma ** 2 * (1 - kept) + 1,
    stops: 1 - Math.exp(-dt / STOPS_AFTER_S),
    remains: Math.exp(-dt / STANDS_S),
    turnsBack: 1 - Math.exp(-dt / TURNS_AFTER_S),
    staysOn: Math.exp(-dt / LEAVES_AFTER_S),
    comesBack: 1 - Math.exp(-dt / BACK_AFTER_S),
  };
}
