import { lakes, villages } from '../plan/land-plan.ts';
import { addLine, linesNear } from '../drawing/network.ts';
import type { Line, Network } from '../drawing/network.ts';
import { contains, metresToEdge } from '../drawing/polygon.ts';
import { smooth } from '../drawing/curves.ts';
import { footOnLine, lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, between, boxOf, direction, distance, leftOf, turned } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { outline, river } from '../plan/limits.ts';

/** Least metres between a village lane and any road it does not start from. */
const clearanceMetres = 24;
const riverClearanceMetres = 62;

/** Grows every village from the road it lies on: a village street, lanes to both sides, and back lanes along their ends. */
export function growVillages(network: Network, chance: Chance): void {
  for (const village of villages) growVillage(network, village, chance);
}

function growVillage(network: Network, village: (typeof villages)[number], chance: Chance): void {
  const main = villageStreet(network, village, chance);
  const tips = { left: [] as Point[], right: [] as Point[] };
  const length = lengthOf(main.points);
  const spacing = (length - 45) / Math.ceil(village.lanes / 2);
  for (let i = 0; i < village.lanes; i++) {
    const side = i % 2 === 0 ? 'left' : 'right';
    const at = 38 + spacing * (Math.floor(i / 2) + (side === 'left' ? 0 : chance.between(0, 0.25)));
    const tip = growLane(network, main, Math.min(at, length), side, village.name, chance);
    if (tip !== null) tips[side].push(tip);
  }
  for (const ends of [tips.left, tips.right]) growBackLane(network, ends, village.name, chance);
}

/** From the road past the village's middle and on; shorter where there is no room. */
function villageStreet(network: Network, village: (typeof villages)[number], chance: Chance): Line {
  const gate = nearestRoad(network, village.at);
  const heading = direction(gate, village.at);
  for (let reach = distance(gate, village.at) + 55 + village.lanes * 13; reach > 110; reach *= 0.88) {
    const street = [0, 0.3, 0.62, 1].map((share, i) => {
      const sway = i === 0 ? 0 : chance.between(-0.07, 0.07) * reach;
      return add(add(gate, heading, reach * share), leftOf(heading), sway);
    });
    const main = tryLane(network, smooth(street), [gate], (points) =>
      addLine(network, { origin: 'village', group: village.name, roadClass: 'branch', points }),
    );
    if (main !== null) return main;
  }
  throw new Error(`There is no room for a street in ${village.name}`);
}

function growLane(
  network: Network,
  main: Line,
  at: number,
  side: 'left' | 'right',
  group: string,
  chance: Chance,
): Point | null {
  const { point, heading } = pointAlong(main.points, at);
  const aside = turned(leftOf(heading), (side === 'left' ? 0 : Math.PI) + chance.between(-0.16, 0.16));
  for (let metres = chance.between(70, 150); metres > 45; metres *= 0.8) {
    const tip = add(point, aside, metres);
    const bend = add(between(point, tip, chance.between(0.4, 0.6)), heading, chance.between(-7, 7));
    const lane = tryLane(network, [point, bend, tip], [point], (points) =>
      addLine(network, { origin: 'village', group, roadClass: 'alley', points }),
    );
    if (lane !== null) return lane.points.at(-1) as Point;
  }
  return null;
}

/** Joins the ends of two neighbouring lanes, where they are near each other. */
function growBackLane(network: Network, ends: readonly Point[], group: string, chance: Chance): void {
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1] as Point, ends[i] as Point];
    if (distance(from, to) > 110 || chance.happens(0.4)) continue;
    const bend = add(between(from, to, 0.5), leftOf(direction(from, to)), chance.between(-6, 6));
    tryLane(network, [from, bend, to], [from, to], (points) =>
      addLine(network, { origin: 'village', group, roadClass: 'alley', points }),
    );
  }
}

/** Draws a lane unless it comes too near to another road, the water or the district's edge. */
export function tryLane(
  network: Network,
  points: readonly Point[],
  starts: readonly Point[],
  draw: (points: readonly Point[]) => Line,
): Line | null {
  const near = linesNear(network, boxOf(points, clearanceMetres)).filter((line) => line.kind === 'road');
  const length = lengthOf(points);
  for (let at = 0; at <= length; at += 6) {
    const { point } = pointAlong(points, at);
    const fromStart = Math.min(...starts.map((start) => distance(start, point)));
    if (!contains(outline, point) || metresToEdge(outline, point) < 20) return null;
    if (footOnLine(point, river).metres < riverClearanceMetres) return null;
    if (lakes.some((lake) => contains(lake.outline, point) || metresToEdge(lake.outline, point) < 18)) return null;
    const wanted = Math.min(clearanceMetres, fromStart * 0.7);
    if (near.some((line) => footOnLine(point, line.points).metres < wanted - 0.01)) return null;
  }
  return draw(points);
}

function nearestRoad(network: Network, at: Point): Point {
  let nearest: Point | null = null;
  let nearestMetres = Infinity;
  for (const line of network.lines) {
    if (line.kind !== 'road' || line.layer > 0 || line.status === 'planned' || line.oneway) continue;
    const foot = footOnLine(at, line.points);
    if (foot.metres < nearestMetres) [nearest, nearestMetres] = [foot.point, foot.metres];
  }
  if (nearest === null) throw new Error('A village needs a road to lie on');
  return nearest;
}
