/**
 * Walks that nobody made, with the truth beside them: 2 to 5 km through a network at 1.4 m/s, alleys three times as likely
 * at a junction as other roads, turning round only in dead ends; fixed every so often with an error that is white or
 * lasts (an Ornstein-Uhlenbeck process with a time constant of 60 s).
 */
import { interpolateAt } from '../../api/geometry/interpolate.ts';
import { lengthOf } from '../../api/network/lines.ts';
import type { Network } from '../../api/network/network.ts';
import type { Fix } from '../../api/network/track.ts';

export const PACE_M_S = 1.4;
const LASTING_S = 60;
/** How many times as likely a road is taken at a junction as another: chiefs walk alleys, and hardly on motorways. */
const preference: Readonly<Record<string, number>> = { alley: 10, other: 0.1 };

/** A part of a walk; to < from against the direction of the road. Metres along the road. */
export type Step = { road: number; from: number; to: number };
export type Walk = { steps: Step[]; length: number };
export type Errors = { sigma: number; lasting: boolean; every_s: number };

/** Normally distributed numbers (Box and Muller). */
export const normal =
  (random: () => number): (() => number) =>
  () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function walkAtRandom(network: Network, random: () => number): Walk {
  const { passageRoads, passageNodes, passageMeasures_cm, nodeOffsets, nodePassages } = network;
  const wanted = 2000 + 3000 * random();
  const at = (passage: number): number => passageMeasures_cm[passage]! / 100;
  for (;;) {
    let here = Math.floor(random() * passageRoads.length);
    if (network.roadClasses[passageRoads[here]!] !== 'alley') continue;
    let cameFrom = -1;
    const steps: Step[] = [];
    let length = 0;
    while (length < wanted) {
      const node = passageNodes[here]!;
      const ways: { from: number; to: number; weight: number }[] = [];
      for (let i = nodeOffsets[node]!; i < nodeOffsets[node + 1]!; i++) {
        const from = nodePassages[i]!;
        for (const to of [from - 1, from + 1]) {
          if (passageRoads[to] !== passageRoads[from] || at(to) === at(from)) continue;
          const weight = preference[network.roadClasses[passageRoads[from]!]!] ?? 1;
          ways.push({ from, to, weight });
        }
      }
      const onward = ways.filter(({ from, to }) => !(to === cameFrom && from === here));
      const choices = onward.length > 0 ? onward : ways;
      if (choices.length === 0) break;
      let rest = random() * choices.reduce((sum, { weight }) => sum + weight, 0);
      const way = choices.find(({ weight }) => (rest -= weight) <= 0) ?? choices.at(-1)!;
      const most = wanted - length;
      const [from, to] = [at(way.from), at(way.to)];
      const gone = Math.min(Math.abs(to - from), most);
      steps.push({ road: passageRoads[way.from]!, from, to: from + Math.sign(to - from) * gone });
      length += gone;
      cameFrom = way.from;
      here = way.to;
    }
    // A walk that goes round and round in a corner of the network is no patrol.
    const distinct = new Set(steps.map(({ road, from, to }) => `${road} ${Math.min(from, to)}`)).size;
    if (length >= wanted && distinct > 5 && distinct > steps.length / 4) return { steps, length };
  }
}

/** The fixes of a walk at PACE_M_S: the first at its start, the last at its end or shortly before. */
export function fixesOf(network: Network, { steps, length }: Walk, errors: Errors, random: () => number): Fix[] {
  let [step, before] = [0, 0];
  const at = (at_s: number): { x: number; y: number } => {
    const gone = at_s * PACE_M_S;
    while (step < steps.length - 1 && before + Math.abs(steps[step]!.to - steps[step]!.from) < gone) {
      before += Math.abs(steps[step]!.to - steps[step]!.from);
      step++;
    }
    const { road, from, to } = steps[step]!;
    return placeOn(network, road, from + Math.sign(to - from) * (gone - before));
  };
  return fixesAlong(at, length / PACE_M_S, errors, random);
}

/**
 * Fixes of somebody who is `at` a place at each second, with errors. With the same random numbers those of a longer
 * interval are among those of one second, so that only the interval differs.
 */
export function fixesAlong(
  at: (at_s: number) => { x: number; y: number },
  until_s: number,
  { sigma, lasting, every_s }: Errors,
  random: () => number,
): Fix[] {
  const gauss = normal(random);
  const keep = lasting ? Math.exp(-1 / LASTING_S) : 0;
  const fresh = sigma * Math.sqrt(1 - keep * keep);
  const fixes: Fix[] = [];
  let [dx, dy] = [sigma * gauss(), sigma * gauss()];
  for (let at_s = 0; at_s <= until_s; at_s++) {
    if (at_s % every_s === 0) {
      const { x, y } = at(at_s);
      fixes.push({ at_s, x: x + dx, y: y + dy });
    }
    [dx, dy] = [keep * dx + fresh * gauss(), keep * dy + fresh * gauss()];
  }
  return fixes;
}

export function placeOn(network: Network, road: number, measure: number): { x: number; y: number } {
  const [first, last] = [network.roadVertices[road]!, network.roadVertices[road + 1]!];
  const scale = lengthOf(network, road) / (network.roadLengths_cm[road]! / 100);
  const line = network.xy.subarray(2 * first, 2 * last);
  return interpolateAt(line, network.along.subarray(first, last), measure * scale);
}

/** Different metres of a walk that were missed, and metres credited that were not walked. */
export type Score = { walked: number; missed: number; phantom: number };

/** Spans of road, from < to, in metres. */
export function score(walk: Walk, credited: readonly Step[]): Score {
  const walked = unions(walk.steps);
  const given = unions(credited);
  const both = overlap(walked, given);
  return { walked: total(walked), missed: total(walked) - both, phantom: total(given) - both };
}

type Spans = Map<number, [number, number][]>;

function unions(steps: readonly Step[]): Spans {
  const byRoad: Spans = new Map();
  for (const { road, from, to } of steps) {
    const spans = byRoad.get(road) ?? [];
    spans.push([Math.min(from, to), Math.max(from, to)]);
    byRoad.set(road, spans);
  }
  for (const [road, spans] of byRoad) {
    const merged: [number, number][] = [];
    for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    byRoad.set(road, merged);
  }
  return byRoad;
}

const total = (spans: Spans): number => [...spans.values()].flat().reduce((sum, [from, to]) => sum + to - from, 0);

function overlap(a: Spans, b: Spans): number {
  let sum = 0;
  for (const [road, spans] of a) {
    for (const [from, to] of spans) {
      for (const [start, end] of b.get(road) ?? []) sum += Math.max(0, Math.min(to, end) - Math.max(from, start));
    }
  }
  return sum;
}
