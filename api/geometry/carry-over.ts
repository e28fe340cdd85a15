/**
 * Where the measures of a line lie on the line that replaces it: by position, along the line.
 *
 * Points are taken every few metres along the old line. Each has candidates on the new one, the nearest places within
 * the tolerance, and the chain of candidates is chosen that stays close and goes forward as far as the old line does
 * (the Viterbi path). The nearest place alone would jump where a line comes back near itself.
 */
import { interpolateAt } from './interpolate.ts';
import { distancesAlong, type FlatLine } from './line.ts';
import { nearestOnSegment } from './locate.ts';
import { reverse } from './reverse.ts';

export type CarriedLine = {
  /** The new line runs the other way: left is right, and from is to. */
  reversed: boolean;
  /** Length of the new line in metres. */
  length: number;
  /**
   * The part of the new line on which a span of the old one lies, or null where none of it does.
   * `lost` is how many metres of it have no place within the tolerance.
   */
  span: (from: number, to: number) => { from: number; to: number; lost: number } | null;
};

type Sample = { old: number; at: number };

/**
 * @param cuts measures on the old line in metres that will be asked for: they are carried exactly.
 * @param tolerance how far in metres a place may have moved and still be the same; an end of the line stays an end
 *   when it moved no further.
 */
export function carryOver(oldLine: FlatLine, newLine: FlatLine, cuts: number[], tolerance: number): CarriedLine {
  const oldDistances = distancesAlong(oldLine);
  const length = distancesAlong(newLine).at(-1)!;
  // A road's length in whole centimetres may lie beyond its last point by half of one.
  const clamp = (measure: number): number => Math.min(Math.max(measure, 0), oldDistances.at(-1)!);
  const asked = measuresToCarry(oldDistances.at(-1)!, cuts.map(clamp));
  const forward = chain(oldLine, oldDistances, newLine, asked, tolerance);
  const backward = chain(oldLine, oldDistances, reverse(newLine), asked, tolerance);
  const reversed = backward.cost < forward.cost;
  const { samples } = reversed ? backward : forward;
  return {
    reversed,
    length,
    span(from, to) {
      const within = (old: number): boolean => old >= clamp(from) && old <= clamp(to);
      const inside = samples.filter(({ old }) => within(old));
      if (inside.length === 0) return null;
      const begin = inside[0]!.at;
      const end = inside.at(-1)!.at;
      const all = asked.filter(within).length;
      const lost = all > 1 ? ((all - inside.length) / all) * (to - from) : 0;
      return reversed ? { from: length - end, to: length - begin, lost } : { from: begin, to: end, lost };
    },
  };
}

/** Every 10 m (every 400th of a long line), and the cuts themselves. */
function measuresToCarry(length: number, cuts: number[]): number[] {
  const count = Math.max(1, Math.min(400, Math.ceil(length / 10)));
  const steps = Array.from({ length: count + 1 }, (_, index) => (length * index) / count);
  return [...new Set([...steps, ...cuts])].toSorted((a, b) => a - b);
}

/** The cheapest chain of candidates. Samples without a candidate are left out; each costs the tolerance. */
function chain(
  oldLine: FlatLine,
  oldDistances: ArrayLike<number>,
  newLine: FlatLine,
  asked: number[],
  tolerance: number,
): { cost: number; samples: Sample[] } {
  const newDistances = distancesAlong(newLine);
  const length = newDistances.at(-1)!;
  type State = { at: number; cost: number; before: State | null; old: number };
  let states: State[] = [];
  let missed = 0;
  for (const old of asked) {
    const { x, y } = interpolateAt(oldLine, oldDistances, old);
    const candidates = placesNear(x, y, newLine, newDistances, tolerance);
    if (candidates.length === 0) {
      missed += tolerance;
      continue;
    }
    const previous = states;
    states = candidates.map(({ at, distance }) => {
      if (previous.length === 0) return { at, cost: distance, before: null, old };
      // What the new line goes further or less far than the old one costs as much as being off by it.
      const costs = previous.map((state) => state.cost + Math.abs(at - state.at - (old - state.old)));
      const best = costs.indexOf(Math.min(...costs));
      return { at, cost: costs[best]! + distance, before: previous[best]!, old };
    });
  }
  if (states.length === 0) return { cost: Infinity, samples: [] };
  const last = states.reduce((best, state) => (state.cost < best.cost ? state : best));
  const samples: Sample[] = [];
  for (let state: State | null = last; state; state = state.before) samples.unshift({ old: state.old, at: state.at });
  keepEnds(samples, asked, length, tolerance);
  // Never backward, so that stretches that follow each other still do.
  let furthest = 0;
  for (const sample of samples) furthest = sample.at = Math.max(furthest, sample.at);
  return { cost: last.cost + missed, samples };
}

function keepEnds(samples: Sample[], asked: number[], length: number, tolerance: number): void {
  const first = samples[0]!;
  const last = samples.at(-1)!;
  if (first.old === asked[0] && first.at <= tolerance) first.at = 0;
  if (last.old === asked.at(-1) && length - last.at <= tolerance) last.at = length;
}

/** The nearest place on each segment within the tolerance, at most the eight nearest of the line. */
function placesNear(
  x: number,
  y: number,
  line: FlatLine,
  distances: ArrayLike<number>,
  tolerance: number,
): { at: number; distance: number }[] {
  const places: { at: number; distance: number }[] = [];
  for (let i = 0; i < distances.length - 1; i += 1) {
    const share = nearestOnSegment(line, i, x, y);
    const [ax, ay] = [line[2 * i]!, line[2 * i + 1]!];
    const distance = Math.hypot(ax + share * (line[2 * i + 2]! - ax) - x, ay + share * (line[2 * i + 3]! - ay) - y);
    if (distance <= tolerance)
      places.push({ at: distances[i]! + share * (distances[i + 1]! - distances[i]!), distance });
  }
  return places.toSorted((a, b) => a.distance - b.distance).slice(0, 8);
}
