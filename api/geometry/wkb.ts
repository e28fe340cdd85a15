/**
 * A line as hexadecimal well-known binary (ISO 19125), which PostGIS reads from a text without parsing a number:
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
