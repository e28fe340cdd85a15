import { cutAcross } from '../streets/cuts.ts';
import { facesBetween } from '../drawing/faces.ts';
import { woods } from '../plan/land-plan.ts';
import type { Network } from '../drawing/network.ts';
import { areaOf, contains, metresToEdge, perimeterOf, splitRing } from '../drawing/polygon.ts';
import { simplify } from '../drawing/curves.ts';
import { beside } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, cross, direction, distance, dot, leftOf } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';
import type { Block } from '../streets/settlement.ts';
import { outline } from '../plan/limits.ts';
import { roundabout } from '../plan/street-plan.ts';
import { roundRing } from './waters.ts';
import type { Water } from './waters.ts';

export interface Green {
  kind: 'park' | 'wood' | 'farmland' | 'pitch';
  name: string | null;
  ring: Ring;
}

/** Parks, the wooded hill, school pitches, and the fields outside the town, cut as fields are. */
export function greensOf(
  network: Network,
  blocks: readonly Block[],
  waters: readonly Water[],
  chance: Chance,
): Green[] {
  const parks = blocks
    .filter((block) => block.use === 'park')
    .map((block): Green => ({ kind: 'park', name: block.name, ring: inset(block.ring, 13) }));
  const island: Green = { kind: 'park', name: '云溪广场', ring: roundIsland() };
  const pitches = blocks.filter((block) => block.use === 'school').flatMap((block) => pitchOn(block.ring));
  const hills = woods.map((wood): Green => ({ kind: 'wood', name: wood.name, ring: roundRing(wood.outline) }));
  const covered = [
    ...waters.filter((water) => water.kind !== 'river').map((water) => water.ring),
    ...hills.map((hill) => hill.ring),
  ];
  return [...parks, ...banks(network), island, ...pitches, ...hills, ...fields(network, blocks, covered, chance)];
}

/** Grass between the river and the riverside roads; the river is drawn over it. */
function banks(network: Network): Green[] {
  return network.lines
    .filter((line) => line.origin === 'riverside')
    .map((line): Green => {
      const side = line.name === '滨河东路' ? -1 : 1;
      const edges = [beside(line.points, side * 11), beside(line.points, side * 40).toReversed()].flat();
      return { kind: 'park', name: '滨河绿地', ring: areaOf(edges) > 0 ? edges : edges.toReversed() };
    });
}

function roundIsland(): Ring {
  return Array.from({ length: 24 }, (_, i): Point => {
    const angle = (i * Math.PI) / 12;
    return add(roundabout.centre, [Math.cos(angle), Math.sin(angle)], roundabout.radius - 11);
  });
}

/** A ring pushed inward; corners that would fold over are dropped. */
export function inset(ring: Ring, metres: number): Ring {
  const moved = beside([ring.at(-1) as Point, ...simplify([...ring, ring[0] as Point], 0.5)], metres).slice(1, -1);
  return moved.filter((point) => contains(ring, point) && metresToEdge(ring, point) > metres * 0.8);
}

/** A running track with its field, in the roomiest corner of the school's block. */
function pitchOn(ring: Ring): Green[] {
  let best: Point | null = null;
  let room = 50;
  const [first] = ring;
  const heading = direction(first as Point, ring[1] as Point);
  for (const a of ring) {
    for (const b of ring) {
      const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      if (!contains(ring, middle)) continue;
      const edge = metresToEdge(ring, middle);
      if (edge > room && edge < 95) [best, room] = [middle, edge];
    }
  }
  if (best === null) return [];
  const centre = best;
  const scale = Math.min(1, (room - 8) / 78);
  const track = Array.from({ length: 20 }, (_, i): Point => {
    const angle = (i * Math.PI) / 10;
    const along = 36 * Math.cos(angle) + 42 * Math.sign(Math.round(Math.cos(angle) * 1000));
    return add(add(centre, heading, along * scale), leftOf(heading), 36 * Math.sin(angle) * scale);
  });
  return [{ kind: 'pitch', name: null, ring: track }];
}

/** Land between the roads that nobody has built on, in plots of two to five hectares. */
function fields(network: Network, blocks: readonly Block[], covered: readonly Ring[], chance: Chance): Green[] {
  const lines = network.lines.filter((line) => line.layer === 0 && (line.kind === 'road' || line.origin !== 'median'));
  const built = blocks.map((block) => block.ring);
  const plots: Ring[] = [];
  const plough = (ring: Ring): void => {
    const cut =
      areaOf(ring) < 42000
        ? null
        : cutAcross(ring, chance, { shape: 'kink', spread: 0.15, gapMetres: 30, cornerMetres: 15 });
    if (cut === null) plots.push(ring);
    else splitRing(ring, cut).forEach(plough);
  };
  for (const face of facesBetween(lines.map((line) => line.points))) {
    const open =
      areaOf(face) > 60000 &&
      areaOf(face) / perimeterOf(face) > 30 &&
      !built.some((ring) => contains(ring, middleOf(face)));
    if (open && contains(outline, middleOf(face))) plough(face);
  }
  return plots.flatMap((plot) => {
    const ring = inset(plot, 5);
    const free =
      ring.length > 3 &&
      areaOf(ring) > 3000 &&
      turnsOnce(ring) &&
      !covered.some((other) => contains(other, middleOf(ring)));
    return free ? [{ kind: 'farmland' as const, name: null, ring }] : [];
  });
}

function middleOf(ring: Ring): Point {
  const sum = ring.reduce<Point>((total, point) => add(total, point), [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

/** Whether walking the ring turns by one full circle: a ring that folds over itself turns more. */
function turnsOnce(ring: Ring): boolean {
  let turn = 0;
  for (let i = 0; i < ring.length; i++) {
    const [a, b, c] = [ring.at(i - 1), ring[i], ring[(i + 1) % ring.length]] as [Point, Point, Point];
    if (distance(a, b) < 0.01) return false;
    turn += Math.atan2(cross(direction(a, b), direction(b, c)), dot(direction(a, b), direction(b, c)));
  }
  return Math.abs(turn - 2 * Math.PI) < 0.1;
}
