import { lakes } from '../plan/land-plan.ts';
import { addLine } from '../drawing/network.ts';
import type { Network } from '../drawing/network.ts';
import { closed } from '../drawing/polygon.ts';
import { smooth } from '../drawing/curves.ts';
import { beside, footOnLine, lengthOf, partOf } from '../drawing/polyline.ts';
import { boxOf, distance } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { river } from '../plan/limits.ts';

/** Footpaths: round the two park lakes and along the old town's river bank. Nobody drives here, so no rule asks for a chief. */
export function drawWalks(network: Network): void {
  for (const [lake, name] of [
    ['云溪湖', '环湖步道'],
    ['东湖', '东湖步道'],
  ] as const)
    drawLakeWalk(network, lake, name);
  const bank = beside(river, 41);
  const from = footOnLine([-660, 215], bank);
  const to = footOnLine([-960, -440], bank);
  const metres = [from, to].map((foot) => lengthOf([...bank.slice(0, foot.segment + 1), foot.point]));
  const promenade = partOf(bank, Math.min(...metres), Math.max(...metres));
  const ends = [promenade[0] as Point, promenade.at(-1) as Point].map((end) => onRoad(network, end, '滨河东路'));
  const points = [ends[0] as Point, ...promenade, ends[1] as Point];
  addLine(network, { name: '滨河步道', roadClass: 'path', origin: 'walk', points });
}

function drawLakeWalk(network: Network, lakeName: string, name: string): void {
  const lake = lakes.find((candidate) => candidate.name === lakeName);
  if (lake === undefined) throw new Error(`No lake is called ${lakeName}`);
  const shore = smooth(closed(lake.outline), { before: lake.outline.at(-1) as Point, after: lake.outline[1] as Point });
  const outward = beside(shore, 12).slice(0, -1);
  // Whichever side the outline was drawn in, the wider of the two offsets is the outer one.
  const inward = beside(shore, -12).slice(0, -1);
  const round = widthOf(outward) > widthOf(inward) ? outward : inward;
  const loop = addLine(network, { name, roadClass: 'path', origin: 'walk', points: closed(round) });
  const roads = network.lines.filter((line) => line.kind === 'road' && line.layer === 0 && line.origin !== 'walk');
  const gates = loop.points.map((from) => {
    const feet = roads.map((road) => footOnLine(from, road.points)).toSorted((a, b) => a.metres - b.metres);
    return { from, to: (feet[0] as { point: Point }).point };
  });
  const shortest = gates.toSorted((a, b) => distance(a.from, a.to) - distance(b.from, b.to))[0] as {
    from: Point;
    to: Point;
  };
  addLine(network, { roadClass: 'path', origin: 'walk', points: [shortest.from, shortest.to] });
}

function widthOf(points: readonly Point[]): number {
  const box = boxOf(points);
  return box.maxEast - box.minEast;
}

function onRoad(network: Network, from: Point, name: string): Point {
  const road = network.lines.find((line) => line.name === name);
  if (road === undefined) throw new Error(`No road is called ${name}`);
  return footOnLine(from, road.points).point;
}
