/**
 * Geometries as hexadecimal well-known binary (ISO 19125), which PostGIS reads from a text without parsing a number:
 * exact to the last bit, and no quotes that JSON or an array literal would have to escape.
 */

/** @param positions in whatever CRS; the reader sets the SRID. */
export function lineToWkb(positions: readonly (readonly [x: number, y: number])[]): string {
  const bytes = Buffer.allocUnsafe(9 + positions.length * 16);
  bytes.writeUInt8(1, 0); // little endian
  bytes.writeUInt32LE(2, 1); // LineString
  bytes.writeUInt32LE(positions.length, 5);
  let at = 9;
  for (const [x, y] of positions) {
    bytes.writeDoubleLE(x, at);
    bytes.writeDoubleLE(y, at + 8);
    at += 16;
  }
  return bytes.toString('hex');
}

/** @param ring x, y, x, y, … of a polygon's only ring, closed. */
export const ringToWkb = (ring: readonly number[]): string =>
  // After the byte order a polygon has its type and a count of rings; what follows, a count and places, is that of a line.
  `010300000001000000${lineToWkb(pairs(ring)).slice(10)}`;

/** x, y, x, y, … as positions. */
export const pairs = (flat: ArrayLike<number>): [x: number, y: number][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
