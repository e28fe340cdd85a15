/**
 * Geometries as hexadecimal well-known binary (ISO 19125), which PostGIS reads from a text without parsing a number:
 * exact to the last bit, and no quotes that JSON or an array literal would have to escape.
 */

type Position = readonly [x: number, y: number];

/** @param positions in whatever CRS; the reader sets the SRID. */
export const lineToWkb = (positions: readonly Position[]): string => lineBytes(positions).toString('hex');

export function pointToWkb([x, y]: Position): string {
  const bytes = Buffer.allocUnsafe(21);
  header(bytes, 1);
  bytes.writeDoubleLE(x, 5);
  bytes.writeDoubleLE(y, 13);
  return bytes.toString('hex');
}

/** Several lines as one geometry. */
export function linesToWkb(lines: readonly (readonly Position[])[]): string {
  const bytes = Buffer.allocUnsafe(9);
  header(bytes, 5);
  bytes.writeUInt32LE(lines.length, 5);
  return Buffer.concat([bytes, ...lines.map(lineBytes)]).toString('hex');
}

function lineBytes(positions: readonly Position[]): Buffer {
  const bytes = Buffer.allocUnsafe(9 + positions.length * 16);
  header(bytes, 2);
  bytes.writeUInt32LE(positions.length, 5);
  let at = 9;
  for (const [x, y] of positions) {
    bytes.writeDoubleLE(x, at);
    bytes.writeDoubleLE(y, at + 8);
    at += 16;
  }
  return bytes;
}

/** Little endian, and which kind of geometry. */
function header(bytes: Buffer, type: number): void {
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32LE(type, 1);
}

/** @param ring x, y, x, y, … of a polygon's only ring, closed. */
export const ringToWkb = (ring: readonly number[]): string =>
  // After the byte order a polygon has its type and a count of rings; what follows, a count and places, is that of a line.
  `010300000001000000${lineToWkb(pairs(ring)).slice(10)}`;

/** x, y, x, y, … as positions. */
export const pairs = (flat: ArrayLike<number>): [x: number, y: number][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
