import { simplify } from '../drawing/curves.ts';
import { areaOf } from '../drawing/polygon.ts';
import { chanceFor } from '../drawing/random.ts';
import { add, keyOf, turned } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';
import { place } from '../plan/place.ts';
import type { Parcel } from './land-parcels.ts';

/** How far a boundary was drawn beside the street it follows, and how coarse, in metres. */
const noiseMetres = 1.6;
const coarseMetres = 1.2;

/** The one ring round a set of parcels; a set in two pieces, or with a hole, is a mistake in the plan. */
export function outlineOf(parcels: readonly Parcel[], name: string): Ring {
  const next = new Map([...outerEdges(parcels).values()].map((edge) => [keyOf(edge[0]), edge]));
  const ring: Point[] = [];
  const first = [...next.keys()][0];
  let edge = next.get(first ?? '');
  while (edge !== undefined) {
    ring.push(edge[0]);
    next.delete(keyOf(edge[0]));
    edge = next.get(keyOf(edge[1]));
  }
  if (next.size > 0 || areaOf(ring) <= 0)
    throw new Error(`${name} is not in one piece: ${next.size} of its edges are left over`);
  return ring;
}

/**
 * Where each vertex of the boundaries between differently labelled parcels is drawn. Vertices missing from the answer are
 * left out. Every zone that uses a vertex uses the same answer, so neighbours fit exactly whatever the noise.
 */
export function drawBoundaries(
  parcels: readonly Parcel[],
  label: (parcel: Parcel) => string,
  fixed: ReadonlySet<string>,
  use: string,
): Map<string, Point> {
  const labels = [...new Set(parcels.map(label))];
  const neighbours = new Map<string, Map<string, Point>>();
  for (const one of labels) {
    for (const [a, b] of outerEdges(parcels.filter((parcel) => label(parcel) === one)).values()) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        const around = neighbours.get(keyOf(from)) ?? new Map<string, Point>();
        neighbours.set(keyOf(from), around.set(keyOf(to), to));
      }
    }
  }
  const chance = chanceFor(place.seed, use);
  const drawn = new Map<string, Point>();
  const draw = (point: Point): void => {
    const key = keyOf(point);
    if (drawn.has(key)) return;
    const aside = turned([chance.between(0.3, noiseMetres), 0], chance.between(0, 2 * Math.PI));
    drawn.set(key, fixed.has(key) ? point : add(point, aside));
  };
  for (const chain of chainsOf(neighbours, fixed)) for (const point of simplify(chain, coarseMetres)) draw(point);
  return drawn;
}

/** Boundary lines from one node (where three zones meet, or a road leaves the district) to the next. */
function chainsOf(neighbours: Map<string, Map<string, Point>>, fixed: ReadonlySet<string>): Point[][] {
  const isNode = (key: string) => neighbours.get(key)?.size !== 2 || fixed.has(key);
  const walked = new Set<string>();
  const chains: Point[][] = [];
  const starts = [...neighbours.keys()].filter(isNode);
  for (const start of starts.length > 0 ? starts : [...neighbours.keys()].slice(0, 1)) {
    for (const [firstKey, first] of neighbours.get(start) ?? []) {
      if (walked.has(`${start}>${firstKey}`)) continue;
      const startPoint = neighbours.get(firstKey)?.get(start) as Point;
      const chain = [startPoint, first];
      let [before, here] = [start, firstKey];
      walked.add(`${before}>${here}`);
      while (!isNode(here) && here !== start) {
        const [nextKey, next] = [...(neighbours.get(here) ?? [])].find(([key]) => key !== before) as [string, Point];
        chain.push(next);
        [before, here] = [here, nextKey];
      }
      walked.add(`${here}>${before}`);
      chains.push(chain);
    }
  }
  return chains;
}

type Edge = readonly [from: Point, to: Point];

function edgesOf(ring: Ring): Edge[] {
  return ring.map((point, i) => [point, ring[(i + 1) % ring.length] as Point]);
}

/** Edges that only one of the parcels has, each with that parcel's land on its left. */
function outerEdges(parcels: readonly Parcel[]): Map<string, Edge> {
  const edges = new Map<string, Edge>();
  for (const edge of parcels.flatMap((parcel) => edgesOf(parcel.ring))) {
    const back = `${keyOf(edge[1])}>${keyOf(edge[0])}`;
    if (!edges.delete(back)) edges.set(`${keyOf(edge[0])}>${keyOf(edge[1])}`, edge);
  }
  return edges;
}
