import type { Line, Network, RoadClass, RoadStatus } from '../drawing/network.ts';
import { toLocal, toWgs84 } from '../plan/place.ts';
import { distance, keyOf } from '../drawing/shapes.ts';
import type { Point, Position } from '../drawing/shapes.ts';

/** A road as it goes into the file. */
export interface Road {
  externalId: string;
  line: Line;
  name: string | null;
  roadClass: RoadClass;
  status: RoadStatus;
  positions: Position[];
  /** The same vertices in local metres, after rounding to 7 decimals: measures are taken along these. */
  points: Point[];
  /** Distance of each vertex from the start, in centimetres. */
  measures: number[];
  lengthCm: number;
}

const rank: Record<RoadClass, number> = { main: 0, secondary: 1, branch: 2, alley: 3, service: 4, path: 5, other: 6 };

/** All roads in the order of the file: by class, then as they were drawn. */
export function finishRoads(network: Network): Road[] {
  const lines = network.lines
    .filter((line) => line.kind === 'road')
    .toSorted((a, b) => rank[a.roadClass] - rank[b.roadClass]);
  const uses = new Map<string, number>();
  for (const point of network.lines.flatMap((line) => line.points))
    uses.set(keyOf(point), (uses.get(keyOf(point)) ?? 0) + 1);
  return lines.map((line, i) => {
    const movable = line.points.map((point) => uses.get(keyOf(point)) === 1);
    const positions = withClearLength(
      line.points.map((point) => toWgs84(point)),
      movable,
    );
    const points = positions.map(toLocal);
    const measures = measuresOf(points);
    const lengthCm = Math.round(measures.at(-1) as number);
    return {
      externalId: `R${String(i + 1).padStart(4, '0')}`,
      line,
      name: line.name,
      roadClass: line.roadClass,
      status: line.status,
      positions,
      points,
      measures,
      lengthCm,
    };
  });
}

function measuresOf(points: readonly Point[]): number[] {
  let metres = 0;
  return points.map((point, i) => {
    if (i > 0) metres += distance(points[i - 1] as Point, point);
    return metres * 100;
  });
}

/**
 * Moves one vertex that no other line shares by a few units of the seventh decimal, until the road's length in centimetres
 * has a fraction of .08 to .42. Then rounding and truncating agree, and a stretch "to the end" ends there for every reader.
 */
function withClearLength(positions: Position[], movable: readonly boolean[]): Position[] {
  if (isClear(positions)) return positions;
  const nudged = withNudge(positions, movable, 30);
  if (nudged !== null) return nudged;
  // Straight roads between junctions hardly change by a nudge; a vertex in the shortest segment changes them most.
  const lengths = positions.map((position, i) =>
    i === 0 ? Infinity : distance(toLocal(positions[i - 1] as Position), toLocal(position)),
  );
  const shortest = lengths.reduce(
    (best, length, i) => (length > 8 && length < (lengths[best] as number) ? i : best),
    0,
  );
  const [before, after] = [positions[shortest - 1], positions[shortest]] as [Position, Position];
  const middle: Position = [
    Number(((before[0] + after[0]) / 2).toFixed(7)),
    Number(((before[1] + after[1]) / 2).toFixed(7)),
  ];
  const longer = positions.toSpliced(shortest, 0, middle);
  const bent = withNudge(
    longer,
    longer.map((_, i) => i === shortest),
    120,
  );
  if (bent === null) throw new Error(`The road at ${String(positions[0])} cannot be given a clear length`);
  return bent;
}

function withNudge(positions: readonly Position[], movable: readonly boolean[], farthest: number): Position[] | null {
  for (let reach = 1; reach <= farthest; reach++) {
    for (const [index, [lon, lat]] of positions.entries()) {
      if (movable[index] !== true) continue;
      for (const [east, north] of [
        [reach, 0],
        [0, reach],
        [-reach, 0],
        [0, -reach],
        [reach, reach],
        [-reach, reach],
      ] as const) {
        const moved = positions.with(index, [
          Number((lon + east * 1e-7).toFixed(7)),
          Number((lat + north * 1e-7).toFixed(7)),
        ]);
        if (isClear(moved)) return moved;
      }
    }
  }
  return null;
}

function isClear(positions: readonly Position[]): boolean {
  const fraction = (measuresOf(positions.map(toLocal)).at(-1) as number) % 1;
  return fraction > 0.08 && fraction < 0.42;
}
