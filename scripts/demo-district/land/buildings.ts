import type { LandUse } from '../plan/land-plan.ts';
import { villages } from '../plan/land-plan.ts';
import type { Network } from '../drawing/network.ts';
import { nearnessOf } from '../drawing/nearness.ts';
import type { MetresTo } from '../drawing/nearness.ts';
import { closed, contains, metresToEdge, orientedBox } from '../drawing/polygon.ts';
import { lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, boxesMeet, boxOf, leftOf } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';
import type { Block } from '../streets/settlement.ts';

export interface Cluster {
  use: LandUse;
  houses: Ring[];
}

/** House lengths and widths, gaps between them, clearance of lanes, and the share of places that are built on. */
interface Pattern {
  length: number;
  width: number;
  alongGap: number;
  acrossGap: number;
  clearance: number;
  share: number;
  /** Slabs look south: their long side lies as near east-west as the block allows. */
  facingSouth?: boolean;
}

const patterns: Partial<Record<LandUse, readonly Pattern[]>> = {
  'old town': [{ length: 15, width: 10, alongGap: 4, acrossGap: 4, clearance: 5, share: 0.74 }],
  rows: [{ length: 46, width: 11, alongGap: 10, acrossGap: 13, clearance: 7.5, share: 0.88, facingSouth: true }],
  flats: [
    { length: 52, width: 13, alongGap: 14, acrossGap: 20, clearance: 9, share: 0.85, facingSouth: true },
    { length: 34, width: 14, alongGap: 16, acrossGap: 26, clearance: 9, share: 0.85, facingSouth: true },
  ],
  estate: [{ length: 26, width: 17, alongGap: 20, acrossGap: 22, clearance: 9, share: 0.85, facingSouth: true }],
  'new estate': [{ length: 32, width: 15, alongGap: 24, acrossGap: 27, clearance: 9, share: 0.7, facingSouth: true }],
  shops: [
    { length: 52, width: 34, alongGap: 12, acrossGap: 14, clearance: 9, share: 0.72 },
    { length: 30, width: 22, alongGap: 9, acrossGap: 9, clearance: 8, share: 0.7 },
  ],
  works: [{ length: 84, width: 38, alongGap: 16, acrossGap: 18, clearance: 9, share: 0.72 }],
  school: [{ length: 58, width: 15, alongGap: 22, acrossGap: 24, clearance: 11, share: 0.75, facingSouth: true }],
};

/** Houses on every block and along every village lane, clear of roads and of ground that is kept free. */
export function buildHouses(
  network: Network,
  blocks: readonly Block[],
  keptFree: readonly Ring[],
  chance: Chance,
): Cluster[] {
  const roads = network.lines.filter((line) => line.kind === 'road').map((line) => line.points);
  const toRoad = nearnessOf(roads);
  const toFree = nearnessOf(keptFree.map(closed));
  const boxes = keptFree.map((ring) => ({ ring, box: boxOf(ring) }));
  const clear = (point: Point, metres: number): boolean =>
    toRoad(point, metres) === Infinity &&
    toFree(point, 4) === Infinity &&
    !boxes.some(({ ring, box }) => boxesMeet(box, boxOf([point])) && contains(ring, point));
  const clusters = blocks.flatMap((block): Cluster[] => {
    const choices = patterns[block.use];
    if (choices === undefined) return [];
    return [{ use: block.use, houses: housesOn(block.ring, chance.pick(choices), clear, chance) }];
  });
  return [
    ...clusters,
    ...villages.map((village) => villageHouses(network, village.name, clear, toRoad, chance)),
  ].filter((cluster) => cluster.houses.length > 0);
}

function housesOn(
  ring: Ring,
  pattern: Pattern,
  clear: (point: Point, metres: number) => boolean,
  chance: Chance,
): Ring[] {
  const box = orientedBox(ring);
  const turnedBox = {
    ...box,
    corner: add(box.corner, box.along, box.length),
    along: box.across,
    across: [-box.along[0], -box.along[1]] as Point,
    length: box.width,
    width: box.length,
  };
  const eastWest = Math.abs(box.along[0]) >= Math.abs(box.across[0]);
  const frame = pattern.facingSouth === true && !eastWest ? turnedBox : box;
  const houses: Ring[] = [];
  const start = chance.between(8, 13);
  for (let v = start; v + pattern.width < frame.width - 5; v += pattern.width + pattern.acrossGap) {
    for (let u = chance.between(5, 14); u < frame.length - 8;) {
      const length = pattern.length * chance.between(0.75, 1.2);
      const width = pattern.width * (pattern.facingSouth === true ? 1 : chance.between(0.75, 1.15));
      const at = (du: number, dv: number): Point => add(add(frame.corner, frame.along, u + du), frame.across, v + dv);
      const house = [at(0, 0), at(length, 0), at(length, width), at(0, width)];
      const probes = [
        ...house,
        at(length / 2, 0),
        at(length / 2, width),
        at(0, width / 2),
        at(length, width / 2),
        at(length / 2, width / 2),
      ];
      const fits = probes.every((point) => contains(ring, point) && clear(point, pattern.clearance));
      if (fits && chance.happens(pattern.share)) houses.push(house);
      u += fits ? length + pattern.alongGap : 6;
    }
  }
  return houses;
}

/** Farmhouses stand beside the lanes, one every 16 m or so, facing them. */
function villageHouses(
  network: Network,
  name: string,
  clear: (point: Point, metres: number) => boolean,
  toRoad: MetresTo,
  chance: Chance,
): Cluster {
  const houses: Ring[] = [];
  for (const lane of network.lines.filter((line) => line.origin === 'village' && line.group === name)) {
    for (let at = 12; at < lengthOf(lane.points) + 3; at += chance.between(14, 21)) {
      const { point, heading } = pointAlong(lane.points, at);
      for (const side of [1, -1]) {
        const aside: Point = [leftOf(heading)[0] * side, leftOf(heading)[1] * side];
        const corner = (u: number, v: number): Point => add(add(point, heading, u), aside, v);
        const [half, deep, set] = [chance.between(4.5, 6.5), chance.between(8, 10), chance.between(6, 8)];
        const house = [corner(-half, set), corner(half, set), corner(half, set + deep), corner(-half, set + deep)];
        const taken = houses.some((other) =>
          other.some((vertex) => metresToEdge(house, vertex) < 2.5 || contains(house, vertex)),
        );
        if (taken || chance.happens(0.18)) continue;
        if (house.every((vertex) => clear(vertex, 5)) && toRoad(corner(0, set + deep), 5) === Infinity)
          houses.push(side > 0 ? house : house.toReversed());
      }
    }
  }
  return { use: 'village', houses };
}
