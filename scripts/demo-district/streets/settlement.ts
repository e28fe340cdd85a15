import { joinThroughStreets, subdivide } from './blocks.ts';
import { facesBetween } from '../drawing/faces.ts';
import { layDeadEnds, layDrive, layEstate, layRows } from './housing.ts';
import { landMarks, quarters } from '../plan/land-plan.ts';
import type { LandUse, Quarter } from '../plan/land-plan.ts';
import type { Network } from '../drawing/network.ts';
import { areaOf, centroidOf, closed, contains, metresToEdge, perimeterOf } from '../drawing/polygon.ts';
import { lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import type { Ring } from '../drawing/shapes.ts';

/** A piece of land between streets, with what stands on it. */
export interface Block {
  ring: Ring;
  use: LandUse;
  quarter: string;
  name: string | null;
}

/** Cuts the built-up land by branch roads, then gives every block a use and the lanes that go with it. */
export function settle(network: Network, chance: Chance): Block[] {
  const blocks: { ring: Ring; quarter: Quarter }[] = [];
  for (const ring of landBetweenStreets(network)) {
    const quarter = quarters.find((candidate) => liesIn(candidate.around, ring));
    if (quarter === undefined) continue;
    const whole = landMarks.some((mark) => mark.whole === true && contains(ring, mark.at));
    const pieces = whole || quarter.use === 'old town' ? [ring] : branchRoads(network, ring, quarter, chance);
    blocks.push(...pieces.map((piece) => ({ ring: piece, quarter })));
  }
  joinThroughStreets(network, 'branch');
  return blocks.flatMap(({ ring, quarter }) => build(network, ring, quarter, chance));
}

/** Most of the block's edge, not its centroid: a block bent round the old town has its centroid in the old town. */
function liesIn(around: Ring, ring: Ring): boolean {
  const edge = closed(ring);
  const length = lengthOf(edge);
  let inside = 0;
  for (let i = 0; i < 40; i++) {
    const { point } = pointAlong(edge, (length * i) / 40);
    if (contains(around, point) || metresToEdge(around, point) < 70) inside++;
  }
  return inside >= 36;
}

function branchRoads(network: Network, ring: Ring, quarter: Quarter, chance: Chance): Ring[] {
  const style = {
    shape: 'curve',
    spread: 0.12,
    gapMetres: 48,
    cornerMetres: 45,
    pieceArea: quarter.pieceArea,
  } as const;
  return subdivide(network, ring, chance, style, { roadClass: 'branch', origin: 'branch' });
}

/** Faces wide enough to build on; the river's strips and the expressway's median are none. */
function landBetweenStreets(network: Network): Ring[] {
  const dividing = network.lines.filter(
    (line) => line.layer === 0 && line.origin !== 'median' && line.origin !== 'field',
  );
  const onRiver = new Set(
    network.lines.filter((line) => line.origin === 'river').flatMap((line) => line.points.map(String)),
  );
  return facesBetween(dividing.map((line) => line.points)).filter((ring) => {
    const wide = areaOf(ring) > 8000 && areaOf(ring) / perimeterOf(ring) > 12;
    return wide && !ring.some((point) => onRiver.has(String(point)));
  });
}

function build(network: Network, ring: Ring, quarter: Quarter, chance: Chance): Block[] {
  const mark = landMarks.find((candidate) => contains(ring, candidate.at));
  const use =
    mark?.use ??
    quarter.use ??
    (chance.weighted(Object.entries(quarter.mix ?? {}), ([, weight]) => weight)[0] as LandUse);
  const name = mark?.name ?? null;
  const block: Block = { ring, use, quarter: quarter.name, name };
  const group = name ?? `${quarter.name}:${Math.round(centroidOf(ring)[0])},${Math.round(centroidOf(ring)[1])}`;
  const alley = { roadClass: 'alley', origin: use, group } as const;
  switch (use) {
    case 'old town':
      return courts(network, ring, quarter, chance);
    case 'rows':
      layRows(network, ring, chance, alley);
      return [block];
    case 'estate':
    case 'new estate':
      layEstate(network, ring, chance, alley);
      return [block];
    case 'works':
      layDrive(network, ring, chance, { ...alley, roadClass: 'service' });
      return [block];
    default:
      return [block];
  }
}

/** The old town's lanes: cut and cut again with jogs, the smallest pieces entered by dead ends. */
function courts(network: Network, ring: Ring, quarter: Quarter, chance: Chance): Block[] {
  const style = { shape: 'kink', spread: 0.17, gapMetres: 22, cornerMetres: 18, pieceArea: quarter.pieceArea } as const;
  const pieces = subdivide(network, ring, chance, style, { roadClass: 'alley', origin: 'old town', group: 'lanes' });
  joinThroughStreets(network, 'old town', 0.35);
  for (const piece of pieces) {
    if (chance.happens(0.5)) layDeadEnds(network, piece, chance, { roadClass: 'alley', origin: 'dead end' });
  }
  return pieces.map((piece) => ({ ring: piece, use: 'old town', quarter: quarter.name, name: null }));
}
