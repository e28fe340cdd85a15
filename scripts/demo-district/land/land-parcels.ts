import { facesBetween } from '../drawing/faces.ts';
import type { Network } from '../drawing/network.ts';
import { centroidOf, chordThrough, contains } from '../drawing/polygon.ts';
import { smooth } from '../drawing/curves.ts';
import { between, distance } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';
import { river } from '../plan/limits.ts';
import { streetPlan } from '../plan/street-plan.ts';
import { communities, towns } from '../plan/zone-plan.ts';

/** A piece of land that no boundary crosses, and the community (index in the plan) it belongs to. */
export interface Parcel {
  ring: Ring;
  community: number;
  inBureauArea: boolean;
}

/** All land of the district between streets, river and field limits, dealt out to the communities. */
export function dealOutLand(network: Network): Parcel[] {
  const dividing = network.lines.filter(
    (line) =>
      line.kind === 'limit' ||
      (line.layer === 0 && ['plan', 'branch', 'riverside', 'roundabout'].includes(line.origin)),
  );
  return facesBetween(dividing.map((line) => line.points)).map((ring) => {
    const inner = innerPoint(ring);
    const town = townOf(inner);
    return { ring, community: nearestCommunity(inner, town), inBureauArea: contains(fourLines, inner) };
  });
}

/** A point well inside a ring, also when its centroid is not. */
export function innerPoint(ring: Ring): Point {
  const chord = chordThrough(ring, centroidOf(ring), [1, 0.013]);
  return chord === null ? centroidOf(ring) : between(chord[0], chord[1], 0.5);
}

const ringRoad = ['环城北路', '环城东路', '环城南路', '环城西路'].flatMap((name) => curve(name).slice(0, -1));
const avenue = [...curve('解放南路').toReversed(), ...curve('解放北路').slice(1)];
const fourLines: Ring = [
  ...part(curve('文昌路'), (point) => point[0] < 935),
  ...part(curve('新华大道'), (point) => point[1] < 850 && point[1] > -575),
  ...part(curve('建设路'), (point) => point[0] < 910 && point[0] > -1050),
  ...part(river, (point) => point[1] > -530 && point[1] < 790).toReversed(),
];

function townOf(point: Point): string {
  const [centre, east, west, north, south, farEast] = towns.map((town) => town.code) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (contains(ringRoad, point)) {
    if (westOf(river, point)) return west;
    return westOf(avenue, point) ? centre : east;
  }
  // Outside the ring the town limits run from its four corners outward.
  if (point[1] > 1380 + 0.28 * Math.max(-1890 - point[0], point[0] - 1775, 0) && point[1] > 1200) return north;
  if (point[1] < -1100 - 0.32 * Math.max(-1710 - point[0], 0) && point[0] < 1860) return south;
  if (point[0] > 1860 && point[1] < -1150) return south;
  return point[0] < 0 ? west : farEast;
}

function nearestCommunity(point: Point, town: string): number {
  let nearest = -1;
  let nearestMetres = Infinity;
  communities.forEach((community, i) => {
    if (community.town !== town) return;
    const metres = Math.min(...community.seats.map((seat) => distance(seat, point)));
    if (metres < nearestMetres) [nearest, nearestMetres] = [i, metres];
  });
  return nearest;
}

/** Whether a point lies west of a line that runs north and south. */
function westOf(line: readonly Point[], point: Point): boolean {
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point];
    if (a[1] > point[1] === b[1] > point[1]) continue;
    return point[0] < a[0] + ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]);
  }
  return false;
}

function curve(name: string): Point[] {
  const stroke = streetPlan.find((candidate) => candidate.name === name);
  if (stroke === undefined) throw new Error(`The street plan has no ${name}`);
  return smooth(stroke.points, stroke);
}

function part(line: readonly Point[], keep: (point: Point) => boolean): Point[] {
  return line.filter(keep);
}
