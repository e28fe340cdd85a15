/** The parts of a Shapefile of lines with one text field, by the ESRI Shapefile Technical Description (1998). */

export type ShapefileLine = { coordinates: [number, number][]; name: Uint8Array | string };

/** @param field the column's name in the encoding of the file */
export function makeShapefile(
  lines: ShapefileLine[],
  field: Uint8Array | string = 'name',
  width = 40,
): Record<'shp' | 'shx' | 'dbf', Buffer> {
  const records = lines.map(({ coordinates }, index) => lineRecord(coordinates, index + 1));
  const positions = lines.flatMap(({ coordinates }) => coordinates);
  const index = Buffer.alloc(records.length * 8);
  let offset = 50; // in 16-bit words
  for (const [row, record] of records.entries()) {
    index.writeInt32BE(offset, row * 8);
    index.writeInt32BE(record.length / 2 - 4, row * 8 + 4);
    offset += record.length / 2;
  }
  return {
    shp: Buffer.concat([mainHeader(offset, positions), ...records]),
    shx: Buffer.concat([mainHeader(50 + records.length * 4, positions), index]),
    dbf: dbf(lines, Buffer.from(field as string), width),
  };
}

function mainHeader(words: number, positions: [number, number][]): Buffer {
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32BE(words, 24);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(3, 32); // PolyLine
  writeBox(header, 36, positions);
  return header;
}

function lineRecord(coordinates: [number, number][], number: number): Buffer {
  const record = Buffer.alloc(8 + 48 + coordinates.length * 16);
  record.writeInt32BE(number, 0);
  record.writeInt32BE((record.length - 8) / 2, 4);
  record.writeInt32LE(3, 8);
  writeBox(record, 12, coordinates);
  record.writeInt32LE(1, 44); // parts
  record.writeInt32LE(coordinates.length, 48);
  for (const [index, [x, y]] of coordinates.entries()) {
    record.writeDoubleLE(x, 56 + index * 16);
    record.writeDoubleLE(y, 64 + index * 16);
  }
  return record;
}

function writeBox(buffer: Buffer, at: number, positions: [number, number][]): void {
  const [xs, ys] = [positions.map(([x]) => x), positions.map(([, y]) => y)];
  for (const [index, value] of [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].entries())
    buffer.writeDoubleLE(value, at + index * 8);
}

function dbf(lines: ShapefileLine[], field: Buffer, width: number): Buffer {
  const header = Buffer.alloc(65);
  header.writeUInt8(3, 0);
  header.writeUInt32LE(lines.length, 4);
  header.writeUInt16LE(65, 8);
  header.writeUInt16LE(1 + width, 10);
  field.subarray(0, 10).copy(header, 32);
  header.write('C', 43);
  header.writeUInt8(width, 48);
  header.writeUInt8(13, 64);
  const rows = lines.map(({ name }) => {
    const row = Buffer.alloc(1 + width, ' ');
    Buffer.from(name as string)
      .subarray(0, width)
      .copy(row, 1);
    return row;
  });
  return Buffer.concat([header, ...rows, Buffer.from([26])]);
}
