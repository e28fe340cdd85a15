/** What a gathering is: a lane or several, with a line for each, or an area where people go all ways. */
import { ringAround } from '../geometry/hull.ts';
import { connectedParts } from './gathered.ts';
import { joinEnds } from './join-ends.ts';
import { ACROSS_M, feetOn, lengthOfLine, middleLine, SPACING_M } from './middle-line.ts';
import type { CellFoot } from './middle-line.ts';
import type { Network } from './network.ts';
import { CELL_M } from './trodden-ground.ts';
import type { Cell } from './trodden-ground.ts';
import type { Unregistered } from './unregistered.ts';
import { ENOUGH, ENOUGH_FOR_AREA, enoughSince, outcomeOf, weightOf } from './witnesses.ts';
import type { Witness } from './witnesses.ts';

/** Shorter than two houses' fronts is a gate or a yard. */
const LEAST_M = 30;
/**
 * Mean cosine of twice the angle between how people went and the line: 1 where all go along it, 0 where they go all
 * ways. Lasting errors of 10 m leave 0.8 on a lane.
 */
const ALONG = 0.5;

type Way = { line: number[]; feet: CellFoot[] };

/** @param turns x, y, … of where each witness left the roads or came back to them. */
export function describeGathering(
  network: Network,
  cells: readonly Cell[],
  turns: readonly number[][],
  witnesses: readonly Witness[],
): Unregistered[] {
  const ways = waysThrough(cells);
  if (alignment(ways.flatMap(({ feet }) => feet)) < ALONG) return area(cells, witnesses);
  return ways.flatMap(({ line, feet }) => propose(network, line, feet, turns, witnesses));
}

/** The longest way through the ground, then those through what it leaves over. */
function waysThrough(cells: readonly Cell[]): Way[] {
  const line = middleLine(cells);
  if (!line || lengthOfLine(line) < LEAST_M) return [];
  const feet = feetOn(line, cells);
  const near = new Set(feet.map(({ cell }) => cell));
  const left = cells.filter((cell) => !near.has(cell));
  // A line that is drawn away from all of its ground would leave everything over for ever.
  if (left.length === cells.length) return [];
  return [{ line, feet }, ...connectedParts(left).flatMap(waysThrough)];
}

function alignment(feet: readonly CellFoot[]): number {
  let [sum, places] = [0, 0];
  for (const { cell, direction } of feet) {
    sum += Math.cos(2 * direction) * cell.cos2 + Math.sin(2 * direction) * cell.sin2;
    places += cell.places;
  }
  return places > 0 ? sum / places : 0;
}

function area(cells: readonly Cell[], witnesses: readonly Witness[]): Unregistered[] {
  const numbers = new Set(cells.flatMap((cell) => [...cell.witnesses]));
  if (weightOf(witnesses, numbers) < ENOUGH_FOR_AREA) return [];
  const ring = ringAround(
    cells.flatMap(({ x, y }) => [x, y]),
    CELL_M / 2,
  );
  const since_s = enoughSince(witnesses, numbers, ENOUGH_FOR_AREA);
  return [
    { ...outcomeOf(witnesses, numbers, since_s), fault: 'wandered', coordinates: ring, length_m: 0, road_ids: [] },
  ];
}

/** The part of a line for which there is enough evidence, with its ends led to roads. */
function propose(
  network: Network,
  line: readonly number[],
  feet: readonly CellFoot[],
  turns: readonly number[][],
  witnesses: readonly Witness[],
): Unregistered[] {
  const places = line.length / 2;
  const step = lengthOfLine(line) / (places - 1);
  const near = Array.from({ length: places }, () => new Set<number>());
  for (const { cell, along } of feet) {
    const first = Math.max(0, Math.ceil((along - SPACING_M) / step));
    const last = Math.min(places - 1, Math.floor((along + SPACING_M) / step));
    for (let i = first; i <= last; i++) for (const witness of cell.witnesses) near[i]!.add(witness);
  }
  const enough = near.map((here) => weightOf(witnesses, here) >= ENOUGH);
  const [first, last] = [enough.indexOf(true), enough.lastIndexOf(true)];
  if (first === -1 || (last - first) * step < LEAST_M) return [];
  const numbers = companions(near.slice(first, last + 1), step, witnesses);
  const ofThese = [...numbers].flatMap((number) => turns[number]!);
  const joined = joinEnds(network, line.slice(2 * first, 2 * last + 2), ofThese);
  const since_s = Math.min(...near.slice(first, last + 1).map((here) => enoughSince(witnesses, here)));
  return [
    {
      ...outcomeOf(witnesses, numbers, since_s),
      fault: 'walked',
      coordinates: joined.line,
      length_m: lengthOfLine(joined.line),
      road_ids: joined.road_ids,
    },
  ];
}

/** Who went along it, and did not only cross it. */
function companions(near: readonly ReadonlySet<number>[], step: number, witnesses: readonly Witness[]): Set<number> {
  const lengths = new Map<number, number>();
  for (const here of near) for (const witness of here) lengths.set(witness, (lengths.get(witness) ?? 0) + step);
  // Who crosses is within ACROSS_M of it on both sides, and at an angle for longer.
  const least = Math.min(2 * ACROSS_M, (near.length * step) / 2);
  const along = [...lengths].filter(([witness, length]) => witnesses[witness]!.report !== null || length >= least);
  return new Set((along.length > 0 ? along : [...lengths]).map(([witness]) => witness));
}
