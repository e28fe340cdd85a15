import { expect } from 'chai';
import fc from 'fast-check';
import * as turf from '@turf/turf';
import { measuredLine, nearest, part, placeAt, type Position } from '../../../client/road/measured-line.ts';

/** A road of up to some 3 km somewhere in China, no two neighbouring vertices in one place. */
const road = fc
  .tuple(
    fc.double({ min: 75, max: 130, noNaN: true }),
    fc.double({ min: 20, max: 50, noNaN: true }),
    fc.array(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 })), {
      minLength: 1,
      maxLength: 9,
    }),
  )
  .map(([lon, lat, steps]) => {
    const line: Position[] = [[lon, lat]];
    for (const [dx, dy] of steps) {
      if (dx === 0 && dy === 0) continue;
      const [x, y] = line.at(-1)!;
      line.push([x + dx * 1e-5, y + dy * 1e-5]);
    }
    return line;
  })
  .filter((line) => line.length > 1);

describe('a road with metres on it', () => {
  it('finds the place of a measure where turf does, within two thousandths of the road', () => {
    fc.assert(
      fc.property(road, fc.double({ min: 0, max: 1, noNaN: true }), (coordinates, share) => {
        const feature = turf.lineString(coordinates);
        const length = turf.length(feature, { units: 'meters' });
        const place = placeAt(measuredLine(coordinates, length), share * length);
        const expected = turf.along(feature, share * length, { units: 'meters' });
        // turf walks a sphere, we a plane of WGS84's equator radius: the lengths agree to 0.4 %, shares of them far better.
        expect(turf.distance(place, expected, { units: 'meters' })).to.be.below(length * 0.002 + 0.01);
      }),
    );
  });

  it('finds the measure of each of its own places', () => {
    fc.assert(
      fc.property(road, fc.double({ min: 0, max: 1, noNaN: true }), (coordinates, share) => {
        const line = measuredLine(coordinates, 1000);
        const place = placeAt(line, share * 1000);
        const foot = nearest(line, place[0], place[1]);
        expect(foot.distance).to.be.below(1e-3);
        // A road that crosses itself has two measures there; both lead to the place.
        const back = placeAt(line, foot.metres);
        expect(turf.distance(place, back, { units: 'meters' })).to.be.below(2e-3);
      }),
    );
  });

  it('has the length it was given, from end to end', () => {
    const line = measuredLine([[120, 30], [120.01, 30]], 964.2); // prettier-ignore
    expect(line.at[0]).to.equal(0);
    expect(line.at.at(-1)).to.be.closeTo(964.2, 1e-9);
    expect(placeAt(line, -5)).to.deep.equal(placeAt(line, 0));
    expect(placeAt(line, 482.1)[0]).to.be.closeTo(120.005, 1e-9);
  });

  it('cuts out a part with the bends in between', () => {
    const line = measuredLine([[120, 30], [120.001, 30], [120.001, 30.001]], 200); // prettier-ignore
    const bend = line.at[1]!;
    expect(part(line, bend - 10, bend + 10)).to.have.length(3);
    expect(part(line, 0, bend - 1)).to.have.length(2);
    expect(part(line, 0, 200)).to.have.length(3);
  });
});
