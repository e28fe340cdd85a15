/**
 * A packed R-tree over boxes that stand in a good order already: every sixteen neighbours have a box around them, every
 * sixteen of these another one, and so on. Nothing but arrays, so that threads can share it.
 */
import { sharedZeros } from './shared.ts';

/** minx, miny, maxx, maxy of each box. The first level are the boxes themselves, the last has sixteen at most. */
export type PackedBoxes = readonly Float64Array[];

const NODE = 8;

export function packBoxes(boxes: Float64Array): PackedBoxes {
  const levels = [boxes];
  for (let below = boxes; below.length > 4 * NODE; levels.push(below)) {
    const level = sharedZeros(Float64Array, 4 * Math.ceil(below.length / (4 * NODE)));
    for (let at = 0; at < level.length; at += 4) boxAround(below, NODE * at, NODE * (at + 4), level, at);
    below = level;
  }
  return levels;
}

/** Writes the box around the boxes in a part of a list. */
function boxAround(boxes: Float64Array, from: number, to: number, into: Float64Array, at: number): void {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < Math.min(to, boxes.length); i += 4) {
    minX = Math.min(minX, boxes[i]!);
    minY = Math.min(minY, boxes[i + 1]!);
    maxX = Math.max(maxX, boxes[i + 2]!);
    maxY = Math.max(maxY, boxes[i + 3]!);
  }
  into[at] = minX;
  into[at + 1] = minY;
  into[at + 2] = maxX;
  into[at + 3] = maxY;
}

/** The numbers of the boxes found last, which the next search overwrites: a search allocates nothing. */
export let foundBoxes = new Uint32Array(1024);
let spare = new Uint32Array(1024);

/** Finds the boxes that meet a square around a place; returns how many, and leaves their numbers in `foundBoxes`. */
export const findBoxes = (levels: PackedBoxes, x: number, y: number, reach: number): number =>
  findBoxesWithin(levels, x - reach, y - reach, x + reach, y + reach);

/** The same for the boxes that meet another one. */
export function findBoxesWithin(levels: PackedBoxes, minX: number, minY: number, maxX: number, maxY: number): number {
  const most = levels[0]!.length / 4;
  if (foundBoxes.length < most) [foundBoxes, spare] = [new Uint32Array(2 * most), new Uint32Array(2 * most)];
  foundBoxes[0] = 0;
  let count = 1;
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    const boxes = levels[depth]!;
    const above = foundBoxes;
    const below = spare;
    let found = 0;
    for (let i = 0; i < count; i++) {
      const from = 4 * NODE * above[i]!;
      const to = Math.min(from + 4 * NODE, boxes.length);
      for (let at = from; at < to; at += 4) {
        if (boxes[at]! <= maxX && boxes[at + 2]! >= minX && boxes[at + 1]! <= maxY && boxes[at + 3]! >= minY) {
          below[found++] = at >> 2;
        }
      }
    }
    foundBoxes = below;
    spare = above;
    count = found;
  }
  return count;
}
