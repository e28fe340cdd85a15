/**
 * Which segments are near a place: a packed R-tree whose leaves are four segments each, neighbours on a Hilbert curve.
 * The ends of the segments stand in the leaves once more, so that a search reads memory from front to back.
 *
 * Tried on 100,000 places within 20 m of a road of Wuhan (92,667 segments), all segments within 45 m by their distance
 * (9 of them): 1.14 µs; with Flatbush over the leaves 1.66 µs; Flatbush over the segments 2.4 µs for the boxes alone, because
 * it calls a function for each and what that needs lies scattered. Leaves of 8 take 1.25 µs and of 16 1.45 µs. A 64 m grid is
 * as fast, but its cell has to be chosen for each city. Flatbush would also have to be put together again in each thread.
 */
import { hilbertOrder } from './hilbert.ts';
import { roadCount } from './lines.ts';
import type { Lines } from './lines.ts';
import { findBoxes, foundBoxes, packBoxes } from './packed-boxes.ts';
import type { PackedBoxes } from './packed-boxes.ts';
import { picked, sharedZeros } from './shared.ts';

export type SegmentIndex = {
  /** Around the segments 0 to 3 of the lists below, 4 to 7, … */
  readonly leaves: PackedBoxes;
  readonly segments: Uint32Array;
  readonly roads: Uint32Array;
  /** x, y of the start and x, y of the end of each. */
  readonly ends: Float64Array;
};

/** Lines that can be searched. */
export type Indexed = Lines & {
  /** One packed tree over the roads, and a small one over those an update added since. */
  readonly indexes: readonly SegmentIndex[];
  /** 1 for a road that an update took away: it stays in the arrays and is never found. */
  readonly roadGone: Uint8Array;
};

/** Segments in a leaf. */
export const LEAF = 4;

/** Packs the segments of all roads from number `firstRoad` on. */
export function packSegments(lines: Lines, firstRoad: number): SegmentIndex {
  const { xy, roadVertices, vertexRoads } = lines;
  const roads = roadCount(lines);
  const [from, to] = [roadVertices[firstRoad]!, roadVertices[roads]!];
  const all = new Uint32Array(to - from - (roads - firstRoad));
  const xs = new Float64Array(all.length);
  const ys = new Float64Array(all.length);
  for (let v = from, i = 0; v < to - 1; v++) {
    if (vertexRoads[v] !== vertexRoads[v + 1]) continue;
    xs[i] = (xy[2 * v]! + xy[2 * v + 2]!) / 2;
    ys[i] = (xy[2 * v + 1]! + xy[2 * v + 3]!) / 2;
    all[i++] = v;
  }
  const segments = picked(Uint32Array, all, hilbertOrder(xs, ys));
  const ends = sharedZeros(Float64Array, 4 * segments.length);
  for (let i = 0; i < segments.length; i++) {
    const v = 2 * segments[i]!;
    for (let axis = 0; axis < 4; axis++) ends[4 * i + axis] = xy[v + axis]!;
  }
  return { leaves: packBoxes(leafBoxes(ends)), segments, roads: picked(Uint32Array, vertexRoads, segments), ends };
}

function leafBoxes(ends: Float64Array): Float64Array {
  const boxes = sharedZeros(Float64Array, 4 * Math.ceil(ends.length / (4 * LEAF)));
  for (let leaf = 0; leaf < boxes.length / 4; leaf++) {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 4 * LEAF * leaf; i < Math.min(4 * LEAF * (leaf + 1), ends.length); i += 2) {
      minX = Math.min(minX, ends[i]!);
      minY = Math.min(minY, ends[i + 1]!);
      maxX = Math.max(maxX, ends[i]!);
      maxY = Math.max(maxY, ends[i + 1]!);
    }
    boxes.set([minX, minY, maxX, maxY], 4 * leaf);
  }
  return boxes;
}

/** Segments as seen from a place, one entry a segment. */
export type NearSegments = {
  count: number;
  segments: Uint32Array;
  roads: Uint32Array;
  /** Squared distance from the place. */
  squares: Float64Array;
  lengths: Float64Array;
  /** Metres from the start of the segment to the foot of the perpendicular, which may lie before or beyond it. */
  ahead: Float64Array;
  /** Metres from the place to the straight line through the segment, positive on its left. */
  across: Float64Array;
};

const near = roomFor(256);

function roomFor(most: number): NearSegments {
  const numbers = (): Float64Array => new Float64Array(most);
  const [squares, lengths, ahead, across] = [numbers(), numbers(), numbers(), numbers()];
  return { count: 0, segments: new Uint32Array(most), roads: new Uint32Array(most), squares, lengths, ahead, across };
}

/**
 * All segments within `reach` metres of a place, in no order. The answer is one and the same object every time: read it
 * before the next search.
 */
export function segmentsNear({ indexes, roadGone }: Indexed, x: number, y: number, reach: number): NearSegments {
  const furthest = reach * reach;
  near.count = 0;
  for (let which = 0; which < indexes.length; which++) {
    const { leaves, segments, roads, ends } = indexes[which]!;
    const leavesFound = findBoxes(leaves, x, y, reach);
    for (let i = 0; i < leavesFound; i++) {
      const first = LEAF * foundBoxes[i]!;
      const last = Math.min(first + LEAF, segments.length);
      for (let item = first; item < last; item++) {
        const dx = ends[4 * item + 2]! - ends[4 * item]!;
        const dy = ends[4 * item + 3]! - ends[4 * item + 1]!;
        const px = x - ends[4 * item]!;
        const py = y - ends[4 * item + 1]!;
        const lengthSquare = dx * dx + dy * dy;
        const dot = px * dx + py * dy;
        const cross = dx * py - dy * px;
        // Most are too far from the straight line already, which takes no division to see.
        if (cross * cross > furthest * lengthSquare) continue;
        const square =
          dot <= 0
            ? px * px + py * py
            : dot >= lengthSquare
              ? (px - dx) * (px - dx) + (py - dy) * (py - dy)
              : (cross * cross) / lengthSquare;
        if (square > furthest || roadGone[roads[item]!] === 1) continue;
        if (near.count === near.squares.length) enlarge();
        const length = Math.sqrt(lengthSquare);
        const k = near.count++;
        near.segments[k] = segments[item]!;
        near.roads[k] = roads[item]!;
        near.squares[k] = square;
        near.lengths[k] = length;
        near.ahead[k] = length > 0 ? dot / length : 0;
        near.across[k] = length > 0 ? cross / length : Math.sqrt(square);
      }
    }
  }
  return near;
}

function enlarge(): void {
  const { count, segments, roads, squares, lengths, ahead, across } = near;
  Object.assign(near, roomFor(2 * count), { count });
  near.segments.set(segments);
  near.roads.set(roads);
  near.squares.set(squares);
  near.lengths.set(lengths);
  near.ahead.set(ahead);
  near.across.set(across);
}

/** Shows every segment within `reach` metres of a place, and may be asked again meanwhile. */
export function visitSegments(
  indexed: Indexed,
  x: number,
  y: number,
  reach: number,
  visit: (segment: number) => void,
): void {
  const { count, segments } = segmentsNear(indexed, x, y, reach);
  for (const segment of segments.slice(0, count)) visit(segment);
}
