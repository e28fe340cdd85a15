import type { RoadInput } from './lines.ts';

/**
 * Roads in an order in which neighbours stand near each other. A network built from them keeps what a question needs
 * together in memory: snapping in Wuhan takes a sixth less time.
 */
export function inSpatialOrder(roads: readonly RoadInput[]): RoadInput[] {
  const xs = Float64Array.from(roads, ({ coordinates }) => coordinates[0]!);
  const ys = Float64Array.from(roads, ({ coordinates }) => coordinates[1]!);
  return Array.from(hilbertOrder(xs, ys), (road) => roads[road]!);
}

/** Cells on a side of the square that the curve fills: 2 m each in a city of 60 km. */
const CELLS = 2 ** 15;
/** Numbers of places fit beside a position on the curve (30 bits) into one exact number. */
const MOST = 2 ** 23;

/**
 * Places in the order in which a Hilbert curve through their extent comes by them: what is near on it is near on the ground.
 *
 * @param xs, ys one of each for every place; fewer than 8,388,608.
 * @returns the numbers of the places. Those in one cell keep their order.
 */
export function hilbertOrder(xs: Float64Array, ys: Float64Array): Uint32Array {
  if (xs.length >= MOST) throw new RangeError(`${xs.length} places; expected fewer than ${MOST}`);
  const [minX, maxX] = range(xs);
  const [minY, maxY] = range(ys);
  const scale = (CELLS - 1) / (Math.max(maxX - minX, maxY - minY) || 1);
  // Sorting plain numbers, of which each carries its place, is ten times as fast as sorting places by a comparison.
  const keys = new Float64Array(xs.length);
  for (let i = 0; i < keys.length; i++) keys[i] = onCurve((xs[i]! - minX) * scale, (ys[i]! - minY) * scale) * MOST + i;
  return Uint32Array.from(keys.sort(), (key) => key % MOST);
}

/** How far along the curve a cell is. The quarter it lies in gives two bits, then the same within that quarter. */
function onCurve(cellX: number, cellY: number): number {
  let [x, y, position] = [Math.trunc(cellX), Math.trunc(cellY), 0];
  for (let half = CELLS >> 1; half > 0; half >>= 1) {
    const right = (x & half) > 0 ? 1 : 0;
    const upper = (y & half) > 0 ? 1 : 0;
    position = position * 4 + ((3 * right) ^ upper);
    if (upper === 1) continue;
    // In the lower quarters the curve is turned.
    if (right === 1) [x, y] = [CELLS - 1 - x, CELLS - 1 - y];
    [x, y] = [y, x];
  }
  return position;
}

function range(values: Float64Array): [min: number, max: number] {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]!);
    max = Math.max(max, values[i]!);
  }
  return [min, max];
}
