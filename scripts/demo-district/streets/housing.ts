import { addLine } from '../drawing/network.ts';
import type { Draft, Network } from '../drawing/network.ts';
import { boxAlong, chordThrough, contains, metresToEdge, orientedBox } from '../drawing/polygon.ts';
import { footOnLine, lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, between, direction, distance, dot, leftOf } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';

type LaneDraft = Omit<Draft, 'points'>;

/** Most lanes end this far from the next street, at a wall. */
const wallMetres = 27;

/** Slab housing in rows: one spine through the block, north to south where it can, and a lane before every second row. */
export function layRows(network: Network, ring: Ring, chance: Chance, draft: LaneDraft): void {
  const box = orientedBox(ring);
  const northward = Math.abs(box.along[1]) > Math.abs(box.across[1]) ? box.along : box.across;
  const middle = add(add(box.corner, box.along, box.length * chance.between(0.42, 0.58)), box.across, box.width / 2);
  const spine = chordThrough(ring, middle, northward);
  if (spine === null || distance(...spine) < 60) return;
  const street = addLine(network, { ...draft, points: spine });
  const spacing = chance.between(44, 54);
  for (let at = spacing * 0.75; at < lengthOf(street.points) - 28; at += spacing) {
    const { point, heading } = pointAlong(street.points, at);
    for (const side of [1, -1]) layRib(network, ring, point, heading, side, chance, draft);
  }
}

function layRib(
  network: Network,
  ring: Ring,
  from: Point,
  heading: Point,
  side: number,
  chance: Chance,
  draft: LaneDraft,
): void {
  const aside: Point = [leftOf(heading)[0] * side, leftOf(heading)[1] * side];
  const reach = chordThrough(ring, add(from, aside, 1), aside);
  if (reach === null) return;
  const toEdge = distance(from, reach[1]);
  if (toEdge < 45 || metresToEdge(ring, add(from, aside, toEdge / 2)) < 16) return;
  const metres = chance.happens(0.12) ? toEdge : Math.min(toEdge - wallMetres, 150) * chance.between(0.85, 1);
  const end = metres === toEdge ? reach[1] : add(from, aside, metres);
  const middle = add(between(from, end, 0.5), heading, chance.between(-1.5, 1.5));
  addLine(network, { ...draft, points: [from, middle, end] });
}

/** A walled estate: a drive from gate to gate, a second half of the loop, and lanes between the two. */
export function layEstate(network: Network, ring: Ring, chance: Chance, draft: LaneDraft): void {
  const box = boxAlong(ring, orientedBox(ring).along);
  const at = (u: number, v: number): Point =>
    add(add(box.corner, box.along, box.length * u), box.across, box.width * v);
  const inset = [34 / box.length, 34 / box.width] as const;
  const corners = [
    at(inset[0], inset[1]),
    at(1 - inset[0], inset[1]),
    at(1 - inset[0], 1 - inset[1]),
    at(inset[0], 1 - inset[1]),
  ];
  const centre = at(0.5, 0.5);
  const loop = corners.map((corner) => pulledInside(ring, corner, centre));
  const [a, b, c, d] = loop as [Point, Point, Point, Point];
  const [west, east] = [between(a, d, 0.5), between(b, c, 0.5)];
  const gates = [gate(ring, west, direction(east, west)), gate(ring, east, direction(west, east))];
  const southern = roundedCorners([west, a, b, east], 18);
  const northern = roundedCorners([west, d, c, east], 18);
  const pinched = [
    [a, b, c],
    [b, c, d],
    [c, d, a],
    [d, a, b],
  ].some((corner) => opening(corner as [Point, Point, Point]) > 0.5);
  if (pinched || [...southern, ...northern].some((point) => !contains(ring, point) || metresToEdge(ring, point) < 14)) {
    layRows(network, ring, chance, draft);
    return;
  }
  const drive = [...(gates[0] ? [gates[0]] : []), ...southern, ...(gates[1] && chance.happens(0.6) ? [gates[1]] : [])];
  addLine(network, { ...draft, points: drive });
  addLine(network, { ...draft, points: northern });
  const lanes = Math.floor(distance(west, east) / 62);
  for (let lane = 1; lane < lanes; lane++) {
    const share = lane / lanes;
    const [from, to] = [between(a, b, share), between(d, c, share)];
    const [foot, head] = [footOnLine(from, southern).point, footOnLine(to, northern).point];
    const end = chance.happens(0.3) ? between(foot, head, 0.8) : head;
    const sway = add(between(foot, head, 0.45), direction(a, b), chance.between(-5, 5));
    addLine(network, { ...draft, points: [foot, sway, end] });
  }
}

/** Cosine of the angle at the middle point: above 0.5 it is sharper than 60°. */
function opening([before, corner, after]: [Point, Point, Point]): number {
  return dot(direction(corner, before), direction(corner, after));
}

function pulledInside(ring: Ring, corner: Point, centre: Point): Point {
  for (let share = 0; share < 0.7; share += 0.04) {
    const point = between(corner, centre, share);
    if (contains(ring, point) && metresToEdge(ring, point) > 26) return point;
  }
  return between(corner, centre, 0.7);
}

function gate(ring: Ring, from: Point, heading: Point): Point | null {
  const reach = chordThrough(ring, add(from, heading, 1), heading);
  return reach === null || distance(from, reach[1]) > 80 ? null : reach[1];
}

function roundedCorners(points: readonly Point[], radius: number): Point[] {
  return points.flatMap((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined || after === undefined) return [point];
    const enter = add(point, direction(point, before), Math.min(radius, distance(point, before) / 2));
    const leave = add(point, direction(point, after), Math.min(radius, distance(point, after) / 2));
    return [enter, between(between(enter, leave, 0.5), point, 0.42), leave];
  });
}

/** A yard of a works or a school: one drive from the street, ending inside. */
export function layDrive(network: Network, ring: Ring, chance: Chance, draft: LaneDraft): void {
  const box = orientedBox(ring);
  const middle = add(add(box.corner, box.along, box.length * chance.between(0.35, 0.65)), box.across, box.width / 2);
  const chord = chordThrough(ring, middle, box.across);
  if (chord === null || distance(...chord) < 70) return;
  const [from, to] = chance.happens(0.5) ? chord : (chord.toReversed() as [Point, Point]);
  const inner = between(from, to, chance.between(0.45, 0.65));
  const turn = add(inner, box.along, chance.between(35, 60) * (chance.happens(0.5) ? 1 : -1));
  if (!contains(ring, turn) || metresToEdge(ring, turn) < 18) return;
  addLine(network, {
    ...draft,
    points: [from, ...roundedCorners([between(from, inner, 0.2), inner, turn], 10).slice(1)],
  });
}

/** Lanes of an old quarter that go in and end at somebody's gate; a few bend behind it. */
export function layDeadEnds(network: Network, ring: Ring, chance: Chance, draft: LaneDraft): void {
  const box = orientedBox(ring);
  if (box.width < 38) return;
  const share = chance.between(0.35, 0.65);
  const chord = chordThrough(
    ring,
    add(add(box.corner, box.along, box.length * share), box.across, box.width / 2),
    box.across,
  );
  if (chord === null) return;
  const [from, to] = (chance.happens(0.5) ? chord : chord.toReversed()) as [Point, Point];
  const inner = between(from, to, chance.between(0.5, 0.68));
  if (!contains(ring, inner) || metresToEdge(ring, inner) < 12) return;
  const turn = add(inner, box.along, chance.between(12, 22) * (chance.happens(0.5) ? 1 : -1));
  const bends = chance.happens(0.4) && contains(ring, turn) && metresToEdge(ring, turn) > 10;
  const kink = add(between(from, inner, 0.5), box.along, chance.between(-2.5, 2.5));
  addLine(network, { ...draft, points: bends ? [from, kink, inner, turn] : [from, kink, inner] });
}
