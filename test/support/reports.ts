/**
 * Reports that nobody made, with the truth beside them. Things are in the streets, any metre of street as likely, and
 * one for every 1,000 m² on open ground beside them (a tenth of all where there are 9 km of road in a square kilometre). A device
 * finds them with an error, and a person may say the way he goes and the name of a street.
 */
import type { Network } from '../../api/network/network.ts';
import { segmentsNear } from '../../api/network/segment-index.ts';
import type { SnapQuestion } from '../../api/network/snap.ts';

const OPEN_GROUND_PER_M2 = 0.001;

export type Telling = {
  /** As the device states it: the radius that holds 68 of 100 errors. */
  accuracy_m: number;
  /** One error in ten is twice as large as the device believes. */
  rough?: boolean;
  /** The way the reporter goes, which is that of the road in four cases of five, give or take 20°. */
  heading?: boolean;
  /** A street's name: its own if it has one, in 19 cases of 20; else that of another one within 60 m, in one of four. */
  name?: boolean;
};

export type Report = {
  question: SnapQuestion;
  /** The id of the road, 0 for none. */
  truth: number;
  side: 'left' | 'right' | null;
};

/** @param area minx, miny, maxx, maxy of the part of the network from which reports come. */
export function simulateReports(
  network: Network,
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
  random: () => number,
): (telling: Telling) => Report {
  const { xy, vertexRoads, roadIds, roadNames, roadHalfWidths } = network;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const inArea = (x: number, y: number): boolean => x >= minX && x <= maxX && y >= minY && y <= maxY;
  const segments: number[] = [];
  const untilHere: number[] = [];
  let total = 0;
  for (let v = 0; v < vertexRoads.length - 1; v++) {
    if (vertexRoads[v] !== vertexRoads[v + 1] || !inArea(xy[2 * v]!, xy[2 * v + 1]!)) continue;
    total += Math.hypot(xy[2 * v + 2]! - xy[2 * v]!, xy[2 * v + 3]! - xy[2 * v + 1]!);
    segments.push(v);
    untilHere.push(total);
  }
  const openGround = OPEN_GROUND_PER_M2 * (maxX - minX) * (maxY - minY);

  return ({ accuracy_m, rough, heading, name }) => {
    const sigma = (accuracy_m / Math.sqrt(-2 * Math.log(0.32))) * (rough && random() < 0.1 ? 2 : 1);
    const thing = anywhere();
    const question: SnapQuestion = { x: thing.x + sigma * normal(), y: thing.y + sigma * normal(), accuracy_m };
    if (heading) question.heading_deg = headingOf(thing.direction);
    const told = name ? nameToldAt(thing) : null;
    if (told) question.text = told;
    return { question, truth: thing.road === -1 ? 0 : roadIds[thing.road]!, side: thing.side };
  };

  type Thing = { x: number; y: number; road: number; side: 'left' | 'right' | null; direction: number };

  function anywhere(): Thing {
    const at = random() * (total + openGround);
    if (at >= total) return onOpenGround() ?? anywhere();
    const i = firstAbove(untilHere, at);
    const v = segments[i]!;
    const [dx, dy] = [xy[2 * v + 2]! - xy[2 * v]!, xy[2 * v + 3]! - xy[2 * v + 1]!];
    const length = Math.hypot(dx, dy);
    const road = vertexRoads[v]!;
    const across = (2 * random() - 1) * roadHalfWidths[road]!;
    const along = untilHere[i]! - at;
    const x = xy[2 * v]! + (along * dx - across * dy) / length;
    const y = xy[2 * v + 1]! + (along * dy + across * dx) / length;
    return { x, y, road, side: across >= 0 ? 'left' : 'right', direction: (Math.atan2(dx, dy) * 180) / Math.PI };
  }

  /** null where there is a street. */
  function onOpenGround(): Thing | null {
    const [x, y] = [minX + random() * (maxX - minX), minY + random() * (maxY - minY)];
    const { count, roads, squares } = segmentsNear(network, x, y, network.widest_m);
    for (let i = 0; i < count; i++) if (squares[i]! < roadHalfWidths[roads[i]!]! ** 2) return null;
    return { x, y, road: -1, side: null, direction: 360 * random() };
  }

  function headingOf(direction: number): number {
    const said = random() < 0.2 ? 360 * random() : direction + 20 * normal() + (random() < 0.5 ? 180 : 0);
    return (said + 720) % 360;
  }

  function nameToldAt({ x, y, road }: Thing): string | null {
    const own = road === -1 ? null : roadNames[road]!;
    if (own && random() < 0.95) return own;
    if (!own && random() < 0.75) return null;
    const { count, roads } = segmentsNear(network, x, y, 60);
    const nearby = new Set(Array.from(roads.subarray(0, count), (other) => roadNames[other]!));
    const others = [...nearby].filter((other) => other !== null && other !== own);
    return others[Math.floor(random() * others.length)] ?? null;
  }
}

/** The place of the first number above a value in a list that grows. */
function firstAbove(numbers: readonly number[], value: number): number {
  let [from, to] = [0, numbers.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numbers[middle]! > value) to = middle;
    else from = middle + 1;
  }
  return from;
}
