/**
 * What a track tells about itself: how far and how lastingly its device errs, and how fast its walker goes. Nobody sets
 * these by hand, and what a device states of its accuracy is not believed.
 *
 * The errors follow from where the walker was, and that from the errors, so both are improved in turn (expectation
 * maximisation, Baum and others 1970) on a part of the track, with coarse cells.
 */
import type { Observation, Trellis } from './trellis.ts';
import { VEHICLE_M_S, walkModel } from './walk-model.ts';
import type { WalkParameters } from './walk-model.ts';

/** So many steps tell a walk's errors to a tenth. */
const ENOUGH_STEPS = 160;
const ROUNDS = 3;
/** What is known of devices before: as much as these observations would tell. */
const USUAL = { sigma: 8, lasts_s: 40, weight: 4 };
/** Improving in turn goes too slowly at first; this much further in the same direction does not overshoot. */
const FURTHER = 1.5;
/** What the first look at the speed is worth. */
const USUAL_TIME_S = 60;
/** Slower than this part of the usual pace is standing about. */
const STANDING = 0.25;
const WALKING_M_S = 1.35;
const LENGTHS_M = [2, 3, 4, 5, 6.5, 8, 10];

/** @param steps of one leg, two at least. */
export function estimateWalk(trellis: Trellis, steps: readonly Observation[]): WalkParameters {
  const first = Math.max(0, (steps.length - ENOUGH_STEPS) >> 1);
  const part = steps.slice(first, first + ENOUGH_STEPS);
  const dt = (part.at(-1)!.at_s - part[0]!.at_s) / (part.length - 1);
  let [sigma, lasts_s, speed] = [14, 20, usualSpeed(steps)];
  for (let round = 0; round < ROUNDS; round++) {
    const model = walkModel({
      sigma,
      lasts_s,
      speed,
      spacing: spacingFor(1.3 * sigma, lasts_s, dt),
    });
    trellis.begin(part[0]!, model);
    for (let k = 1; k < part.length; k++) if (!trellis.advance(part[k - 1]!, part[k]!, model)) break;
    let [walked, walking] = [0, 0];
    const { square, before, product, weight } = trellis.lookBack(1e-3, (k, pair, probability) => {
      const seconds = part[k]!.at_s - part[k - 1]!.at_s;
      const distance = trellis.distanceOf(pair);
      if (!(distance > STANDING * speed * seconds)) return;
      walked += probability * distance;
      walking += probability * seconds;
    });
    const known = USUAL.weight;
    const found = Math.sqrt((square / 2 + known * USUAL.sigma ** 2) / (weight + known));
    // Where there is no road nothing is learnt, and what is usual stands.
    const each = weight > 0 ? before / weight : 1;
    const kept = (product + known * each * Math.exp(-dt / USUAL.lasts_s)) / (before + known * each);
    sigma = Math.max(1, round < ROUNDS - 1 ? sigma * (found / sigma) ** FURTHER : found);
    lasts_s = -dt / Math.log(Math.min(0.98, Math.max(0.01, kept)));
    if (walking > 0) speed = (walked + USUAL_TIME_S * speed) / (walking + USUAL_TIME_S);
  }
  return { sigma, lasts_s, speed, spacing: spacingFor(sigma, lasts_s, dt) };
}

/**
 * Cells as long as the error that comes anew in a step: finer ones tell no more. Of a few lengths only, because the cells
 * of the last length are kept.
 */
function spacingFor(sigma: number, lasts_s: number, dt: number): number {
  const wanted = 0.65 * sigma * Math.sqrt(1 - Math.exp((-2 * dt) / lasts_s));
  return LENGTHS_M.findLast((length) => length <= wanted) ?? LENGTHS_M[0]!;
}

/** Of a walker; of a vehicle, when the track is plainly one. */
function usualSpeed(steps: readonly Observation[]): number {
  const speeds: number[] = [];
  for (let i = 0, j = 0; i < steps.length; i++) {
    while (j < steps.length && steps[j]!.at_s - steps[i]!.at_s < 60) j++;
    if (j === steps.length) break;
    const distance = Math.hypot(steps[j]!.x - steps[i]!.x, steps[j]!.y - steps[i]!.y);
    speeds.push(distance / (steps[j]!.at_s - steps[i]!.at_s));
  }
  const usual = speeds.toSorted((a, b) => a - b)[Math.floor(0.75 * speeds.length)] ?? WALKING_M_S;
  return usual > VEHICLE_M_S ? usual : WALKING_M_S;
}
