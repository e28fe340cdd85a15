/**
 * Numbers for places, the same number for places that are equal to the millimetre. A hash table in typed arrays: ten
 * times faster than a Map of strings, and the two coordinates of a city do not fit into one exact number.
 */
export type PlaceTable = {
  /** A number below `size`, given at the first asking. */
  numberOf(x: number, y: number): number;
  readonly size: number;
};

/** @param most how many different places may be asked for. */
export function createPlaceTable(most: number): PlaceTable {
  // At most half full, so that a free slot is one or two steps away.
  const bits = Math.max(1, Math.ceil(Math.log2(2 * most + 1)));
  const size = 2 ** bits;
  const taken = new Float64Array(2 * size).fill(NaN);
  return {
    size,
    numberOf(x, y) {
      const [column, row] = [millimetres(x), millimetres(y)];
      let slot = (Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca77)) >>> (32 - bits);
      while (taken[2 * slot] !== column || taken[2 * slot + 1] !== row) {
        if (Number.isNaN(taken[2 * slot]!)) {
          taken[2 * slot] = column;
          taken[2 * slot + 1] = row;
          break;
        }
        slot = (slot + 1) & (size - 1);
      }
      return slot;
    },
  };
}

/** Whether two vertices of a flat list are at one place. */
export const samePlace = (xy: ArrayLike<number>, v: number, w: number): boolean =>
  millimetres(xy[2 * v]!) === millimetres(xy[2 * w]!) && millimetres(xy[2 * v + 1]!) === millimetres(xy[2 * w + 1]!);

/** A text that is the same for vertices at one place. */
export const placeKey = (xy: ArrayLike<number>, v: number): string =>
  `${millimetres(xy[2 * v]!)} ${millimetres(xy[2 * v + 1]!)}`;

const millimetres = (metres: number): number => Math.round(metres * 1000);
