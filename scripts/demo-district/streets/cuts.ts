import { chordThrough, contains, metresToEdge, orientedBox } from '../drawing/polygon.ts';
import type { OrientedBox } from '../drawing/polygon.ts';
import { smooth } from '../drawing/curves.ts';
import { lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, between, cross, direction, distance, leftOf, turned } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';

export interface CutStyle {
  /** 'curve' for streets laid out by engineers, 'kink' for lanes that grew. */
  shape: 'curve' | 'kink';
  /** How far from the middle the cut may lie, as a share of the block's length. */
  spread: number;
  /** Least metres between the cut and the block's edge. */
  gapMetres: number;
  /** Least metres between the cut's ends and the block's corners. */
  cornerMetres: number;
  /** A place the street should rather start from, such as the end of a street on the other side of the road. */
  attract?: (end: Point) => Point | null;
}

/** A street across a block, from edge to edge at a fair angle, or null where none fits. */
export function cutAcross(ring: Ring, chance: Chance, style: CutStyle): Point[] | null {
  const box = orientedBox(ring);
  for (let attempt = 0; attempt < 24; attempt++) {
    const share = 0.5 + style.spread * chance.between(-1, 1);
    // A block that is no rectangle is cut square to one of its edges instead.
    const chord = attempt < 8 ? chordAt(ring, box, share, chance) : chordFromEdge(ring, share, chance);
    if (chord === null) continue;
    const ends = chord.map((end) => style.attract?.(end) ?? end) as [Point, Point];
    if (!ends.every((end) => endsWell(ring, end, ends[0] === end ? ends[1] : ends[0], style.cornerMetres))) continue;
    for (const cut of [bent(ends, chance, style), [...ends]]) {
      if (keepsClear(ring, cut, style.gapMetres)) return cut;
    }
  }
  return null;
}

function chordAt(ring: Ring, box: OrientedBox, share: number, chance: Chance): [Point, Point] | null {
  const middle = add(add(box.corner, box.along, box.length * share), box.across, box.width / 2);
  return chordThrough(ring, middle, turned(box.across, chance.between(-0.05, 0.05)));
}

function chordFromEdge(ring: Ring, share: number, chance: Chance): [Point, Point] | null {
  const edges = ring.map((point, i) => [point, ring[(i + 1) % ring.length] as Point] as const);
  const [a, b] = chance.weighted(edges, ([from, to]) => distance(from, to));
  const inward = leftOf(direction(a, b));
  const start = between(a, b, share);
  const chord = chordThrough(ring, add(start, inward, 3), turned(inward, chance.between(-0.05, 0.05)));
  return chord !== null && distance(chord[0], start) < 5 ? chord : null;
}

/** An end must keep off the block's corners and meet its edge at 50° or more. */
function endsWell(ring: Ring, end: Point, other: Point, cornerMetres: number): boolean {
  const heading = direction(end, other);
  for (let i = 0; i < ring.length; i++) {
    const [before, corner, after] = [ring.at(i - 1), ring[i], ring[(i + 1) % ring.length]] as [Point, Point, Point];
    const turn = Math.abs(cross(direction(before, corner), direction(corner, after)));
    if (turn > 0.5 && distance(corner, end) < cornerMetres) return false;
    const onEdge = distance(before, end) + distance(end, corner) < distance(before, corner) + 0.05;
    if (onEdge && Math.abs(cross(direction(before, corner), heading)) < 0.76) return false;
  }
  return true;
}

function bent([start, end]: [Point, Point], chance: Chance, style: CutStyle): Point[] {
  const metres = distance(start, end);
  const aside = leftOf(direction(start, end));
  if (style.shape === 'curve') {
    const bulge = chance.happens(0.4) ? 0 : metres * chance.between(-0.035, 0.035);
    return smooth([start, add(between(start, end, 0.5), aside, bulge), end]);
  }
  const shift = Math.min(9, metres * 0.08) * (chance.happens(0.5) ? 1 : -1);
  const at = chance.between(0.3, 0.7);
  const step = Math.min(0.2, 6 / metres);
  const jog = [
    add(between(start, end, at - step), aside, shift * 0.6),
    add(between(start, end, at + step), aside, -shift * 0.6),
  ];
  return chance.happens(0.55) ? [start, ...jog, end] : [start, add(between(start, end, at), aside, shift), end];
}

function keepsClear(ring: Ring, cut: readonly Point[], gapMetres: number): boolean {
  const metres = lengthOf(cut);
  if (metres < gapMetres * 1.5) return false;
  for (let at = 4; at < metres - 3; at += 4) {
    const { point } = pointAlong(cut, at);
    const wanted = Math.min(gapMetres, 0.7 * Math.min(at, metres - at));
    if (!contains(ring, point) || metresToEdge(ring, point) < wanted) return false;
  }
  return true;
}
