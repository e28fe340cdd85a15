import { fishPonds, lakes, riverCentre, riverHalfWidths, villages } from '../plan/land-plan.ts';
import type { Network } from '../drawing/network.ts';
import { nearnessOf } from '../drawing/nearness.ts';
import type { MetresTo } from '../drawing/nearness.ts';
import { areaOf, boxAlong, closed, contains, metresToEdge } from '../drawing/polygon.ts';
import { simplify, smooth } from '../drawing/curves.ts';
import { beside, footOnLine, lengthOf, partOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, turned } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';
import { outline, river } from '../plan/limits.ts';
import { streetPlan } from '../plan/street-plan.ts';

export interface Water {
  kind: 'river' | 'lake' | 'moat' | 'pond';
  name: string | null;
  ring: Ring;
}

/** The river, the lakes, what is left of the old town's moat, village ponds and fish ponds. Only bridges cross any of them. */
export function watersOf(network: Network, chance: Chance): Water[] {
  const roads = network.lines.filter((line) => line.kind === 'road' && line.layer === 0).map((line) => line.points);
  const toRoad = nearnessOf(roads);
  const still = lakes.map((lake): Water => ({ kind: 'lake', name: lake.name, ring: roundRing(lake.outline) }));
  const river: Water = { kind: 'river', name: '云溪河', ring: riverRing() };
  const moat = moatRings(toRoad).map((ring): Water => ({ kind: 'moat', name: '护城河', ring }));
  const ponds = [...villagePonds(toRoad, still, chance), ...fishPondRings(toRoad)].map((ring): Water => ({
    kind: 'pond',
    name: null,
    ring,
  }));
  return [river, ...still, ...moat, ...ponds];
}

export function roundRing(rough: Ring): Ring {
  const last = rough.at(-1) as Point;
  return counterClockwise(smooth(closed(rough), { before: last, after: rough[1] as Point }).slice(0, -1));
}

function counterClockwise(ring: Ring): Ring {
  return areaOf(ring) < 0 ? ring.toReversed() : ring;
}

/** Banks at the widths of the plan, the water ending at the district's edge. */
function riverRing(): Ring {
  const inside = river.filter((point) => contains(outline, point));
  const [first, last] = [river.indexOf(inside[0] as Point), river.indexOf(inside.at(-1) as Point)];
  const centre = river.slice(Math.max(0, first - 1), last + 2);
  const bank = (side: number): Point[] =>
    centre.map((point, i) => beside(centre, side * halfWidthAt(point))[i] ?? point);
  return counterClockwise([...bank(1), ...bank(-1).toReversed()]);
}

function halfWidthAt(point: Point): number {
  const { segment, share } = footOnLine(point, riverCentre);
  const [from, to] = [riverHalfWidths[segment] ?? 30, riverHalfWidths[segment + 1] ?? 30];
  return from + (to - from) * share;
}

/** 27 m outside the wall street, 13 m wide, gone wherever a street or a yard has been built across. */
function moatRings(toRoad: MetresTo): Ring[] {
  const wall = ['北城根街', '东城根街', '南城根街', '西城根街'].flatMap((name) => {
    const stroke = streetPlan.find((candidate) => candidate.name === name);
    return stroke === undefined ? [] : smooth(stroke.points, stroke).slice(0, -1);
  });
  const round = closed(wall);
  const outside = beside(round, 27);
  const centre = contains(wall, outside[0] as Point) ? beside(round, -27) : outside;
  const rings: Ring[] = [];
  let from: number | null = null;
  for (let at = 0; at <= lengthOf(centre); at += 3) {
    const free = toRoad(pointAlong(centre, at).point, 30) > 15 && at + 3 <= lengthOf(centre);
    if (free) from ??= at;
    if (free || from === null) continue;
    if (at - from > 45) rings.push(band(simplify(partOf(centre, from, at - 3), 0.3), 6.5));
    from = null;
  }
  return rings;
}

function band(centre: readonly Point[], half: number): Ring {
  return counterClockwise([...beside(centre, half), ...beside(centre, -half).toReversed()]);
}

function villagePonds(toRoad: MetresTo, others: readonly Water[], chance: Chance): Ring[] {
  return villages.flatMap((village) => {
    for (let attempt = 0; attempt < 30; attempt++) {
      const centre = add(village.at, turned([chance.between(20, 130), 0], chance.between(0, 6.28)));
      const radius = chance.between(13, 24);
      const clear =
        toRoad(centre, 60) > radius + 14 && !others.some((water) => metresToEdge(water.ring, centre) < radius + 20);
      if (!clear || !contains(outline, centre)) continue;
      const rough = Array.from({ length: 7 }, (_, i) =>
        add(centre, turned([radius * chance.between(0.7, 1.15), 0], (i * 6.283) / 7)),
      );
      return [roundRing(rough)];
    }
    return [];
  });
}

/** Rows of square ponds with dykes between them, as all over the lowlands. */
function fishPondRings(toRoad: MetresTo): Ring[] {
  return fishPonds.flatMap(({ around, heading }) => {
    const along: Point = [Math.cos(heading), Math.sin(heading)];
    const box = boxAlong(around, along);
    const [length, width, dyke] = [72, 44, 7];
    const rings: Ring[] = [];
    for (let u = 0; u + length < box.length; u += length + dyke) {
      for (let v = 0; v + width < box.width; v += width + dyke) {
        const at = (du: number, dv: number): Point => add(add(box.corner, box.along, u + du), box.across, v + dv);
        const ring = [at(0, 0), at(length, 0), at(length, width), at(0, width)];
        const clear =
          ring.every((corner) => contains(around, corner) && toRoad(corner, 40) > 18) &&
          toRoad(at(length / 2, width / 2), 60) > 30;
        if (clear && ring.every((corner) => footOnLine(corner, river).metres > 60)) rings.push(counterClockwise(ring));
      }
    }
    return rings;
  });
}
