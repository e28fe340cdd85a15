import { expect } from 'chai';
import { readWkbLine, readWkbMultiPolygon } from '../../api/geometry/read-wkb.ts';

// As PostGIS 3.3 prints them: select st_asbinary('…', 'NDR').
const line = '0102000000020000000000000000000000000000000000f03f00000000000008400000000000001040';
const square =
  '010600000001000000010300000001000000040000000000000000000000000000000000000000000000000000400000000000000000000000000000004000000000000000400000000000000000' +
  '0000000000000000';

describe('read WKB', () => {
  it('reads a line of two points', () => {
    expect([...readWkbLine(Buffer.from(line, 'hex'))]).to.deep.equal([0, 1, 3, 4]);
  });

  it('reads from anywhere in a larger buffer, as the driver hands it out', () => {
    const within = Buffer.concat([Buffer.from('x'), Buffer.from(line, 'hex')]).subarray(1);
    expect([...readWkbLine(within)]).to.deep.equal([0, 1, 3, 4]);
  });

  it('reads the rings of a multipolygon', () => {
    const [[ring]] = readWkbMultiPolygon(Buffer.from(square, 'hex')) as unknown as [[Float64Array]];
    expect([...ring]).to.deep.equal([0, 0, 2, 0, 2, 2, 0, 0]);
  });

  it('says what came when it is something else', () => {
    expect(() => readWkbLine(Buffer.from(square, 'hex'))).to.throw('WKB of type 6 (expected 2, little endian)');
  });
});
