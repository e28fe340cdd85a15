/**
 * Faults of the road inventory itself (R8-R9): what no chief can be given, or is given twice, or cannot be walked to.
 *
 * All of Wuhan (92,667 roads) takes 0.25 to 0.4 s on one core, 0.6 s the first time. `inventoryFaults` is a generator that
 * pauses every few milliseconds, so that a server can go on answering while it looks; `findInventoryFaults` does it in one go.
 */
import { componentsOf } from './components.ts';
import { crossingOf, sharesNode } from './crossings.ts';
import type { Crossing } from './crossings.ts';
import { findDisconnected } from './disconnected.ts';
import type { Disconnected } from './disconnected.ts';
import { findEndGaps, isDeadEnd } from './end-gaps.ts';
import type { EndGap } from './end-gaps.ts';
import { roadCount } from './lines.ts';
import { visitNearPairs } from './near-pairs.ts';
import type { Network } from './network.ts';
import { createRepeatFinder } from './repeated.ts';
import type { Repeated } from './repeated.ts';

/** Roads are numbers of the network, not ids. */
export type InventoryFaults = {
  /** Roads without a name. */
  unnamed: number[];
  /** Roads shorter than `short_m`. */
  short: number[];
  duplicate: Repeated[];
  /** Components other than the longest, the longest of them first. */
  disconnected: Disconnected[];
  end_gap: EndGap[];
  crossing: Crossing[];
};

export type FaultRules = {
  /** A road that is shorter is hardly one: a stub of digitising, or a piece that belongs to the next road. */
  short_m: number;
  /**
   * How near two drawings of one street lie. Lanes of a dual carriageway and frontage lanes are 8 m apart or more; in the
   * Beijing of 2013 what lies 2.5 to 3 m apart are the two lanes of an alley, drawn too near each other.
   */
  duplicate_near_m: number;
  /** From this length on a repeated stretch is told however long the road is: two houses' fronts. */
  duplicate_least_m: number;
  /** A shorter one when it is this share of its road. */
  duplicate_share: number;
  /** Metres that two drawings of one street may drift apart on a metre, 2°; slip roads part at 3° and more. */
  duplicate_drift: number;
  /** How far an end may miss what it was meant to meet: about the accuracy of a street drawn on a 1:2000 sheet or a photo. */
  end_gap_m: number;
  /** A dead end that is joined to the road beside it by a way that short misses nothing: a fork at a sharp angle. */
  connected_m: number;
};

export const usualFaultRules: FaultRules = {
  short_m: 5,
  duplicate_near_m: 2.5,
  duplicate_least_m: 30,
  duplicate_share: 0.8,
  duplicate_drift: 0.035,
  end_gap_m: 3,
  connected_m: 50,
};

/** A place within a centimetre of an end is the end: nodes are places equal to the centimetre. */
const AT_END_CM = 1;

export function findInventoryFaults(network: Network, rules: Partial<FaultRules> = {}): InventoryFaults {
  const looking = inventoryFaults(network, rules);
  for (;;) {
    const { done, value } = looking.next();
    if (done) return value;
  }
}

/** The same with pauses. */
export function* inventoryFaults(network: Network, rules: Partial<FaultRules> = {}): Generator<void, InventoryFaults> {
  const { short_m, end_gap_m, connected_m, ...repeat } = { ...usualFaultRules, ...rules };
  const repeats = createRepeatFinder(network, {
    near_m: repeat.duplicate_near_m,
    least_m: repeat.duplicate_least_m,
    share: repeat.duplicate_share,
    drift: repeat.duplicate_drift,
  });
  const crossings: Crossing[] = [];
  yield* visitNearPairs(network, repeat.duplicate_near_m, (segment, other) => {
    const crossing = crossingOf(network, segment, other);
    if (crossing) crossings.push(crossing);
    repeats.look(segment, other);
  });
  yield;
  const duplicate = repeats.repeated();
  yield;
  const crossing = forgottenJunctions(network, crossings, 100 * end_gap_m);
  const overshoots = new Set(crossing.flatMap((one) => endsNear(network, one, 100 * end_gap_m)));
  yield;
  const end_gap = yield* findEndGaps(
    network,
    { step_m: end_gap_m, connected_cm: 100 * connected_m },
    (road, at_cm, other) => overshoots.has(`${road} ${at_cm} ${other}`),
  );
  const components = componentsOf(network);
  yield;
  const disconnected = yield* findDisconnected(network, components);
  const { unnamed, short } = plainFaults(network, 100 * short_m);
  return { unnamed, short, duplicate, disconnected, end_gap, crossing };
}

function plainFaults(network: Network, short_cm: number): Pick<InventoryFaults, 'unnamed' | 'short'> {
  const { roadGone, roadNames, roadLengths_cm } = network;
  const [unnamed, short]: [number[], number[]] = [[], []];
  for (let road = 0; road < roadCount(network); road++) {
    if (roadGone[road] === 1) continue;
    if (roadNames[road] === null) unnamed.push(road);
    if (roadLengths_cm[road]! < short_cm) short.push(road);
  }
  return { unnamed, short };
}

/**
 * Crossings that are none of these: a node of both within a step, a dead end that only touches (which end gaps tell), or
 * a second one at the same place, where two roads touch at a vertex.
 */
function forgottenJunctions(network: Network, crossings: readonly Crossing[], step_cm: number): Crossing[] {
  const told = new Set<string>();
  return crossings.filter((crossing) => {
    const { road, other, at_cm, other_at_cm } = crossing;
    if (sharesNode(network, crossing, step_cm)) return false;
    if (touchesWithDeadEnd(network, road, at_cm) || touchesWithDeadEnd(network, other, other_at_cm)) return false;
    const place = road < other ? `${road} ${other} ${at_cm}` : `${other} ${road} ${other_at_cm}`;
    return !told.has(place) && told.add(place);
  });
}

function touchesWithDeadEnd(network: Network, road: number, at_cm: number): boolean {
  const length_cm = network.roadLengths_cm[road]!;
  if (at_cm <= AT_END_CM) return isDeadEnd(network, road, 0);
  return at_cm >= length_cm - AT_END_CM && isDeadEnd(network, road, length_cm);
}

/** Ends that go beyond a crossing by a step at most, as "road, measure, the road that is crossed". */
function endsNear(
  { roadLengths_cm }: Network,
  { road, other, at_cm, other_at_cm }: Crossing,
  step_cm: number,
): string[] {
  return [
    { own: road, crossed: other, at: at_cm },
    { own: other, crossed: road, at: other_at_cm },
  ].flatMap(({ own, crossed, at }) =>
    [0, roadLengths_cm[own]!].filter((end) => Math.abs(end - at) <= step_cm).map((end) => `${own} ${end} ${crossed}`),
  );
}
