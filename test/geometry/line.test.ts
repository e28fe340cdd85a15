import { expect } from 'chai';
import fc from 'fast-check';
import {
  distancesAlong,
  distanceToMeasure,
  lineLength,
  lineLengthCm,
  measureToDistance,
  segmentAt,
} from '../../api/geometry/line.ts';
import { heading, interpolate } from '../../api/geometry/interpolate.ts';
import { locate } from '../../api/geometry/locate.ts';
import { reverse } from '../../api/geometry/reverse.ts';
import { substring } from '../../api/geometry/substring.ts';
import { anyLine, anyPlace } from '../support/shapes.ts';

// 30 m east, then 40 m north.
const bend = [0, 0, 30, 0, 30, 40];

describe('a line', () => {
  it('of 30 m east and 40 m north is 70 m long, with vertices at 0, 30 and 70 m', () => {
    expect(lineLength(bend)).to.equal(70);
    expect(lineLengthCm(bend)).to.equal(7000);
    expect([...distancesAlong(bend)]).to.deep.equal([0, 30, 70]);
  });

  it('gives a vertex to the segment that begins there', () => {
    expect([0, 29.9, 30, 69, 70, 99].map((at) => segmentAt([0, 30, 70], at))).to.deep.equal([0, 0, 1, 1, 1, 1]);
    expect(segmentAt([0, 10, 10, 20], 10), 'a doubled vertex').to.equal(2);
    expect(segmentAt([0, 10, 10], 10), 'a doubled end').to.equal(0);
  });

  it('stretches its measures over a length that is not its own: half of 7001 cm is half of 70 m', () => {
    expect(measureToDistance(3500.5, 7001, 70)).to.equal(35);
    expect(measureToDistance(9999, 7001, 70)).to.equal(70);
    expect(distanceToMeasure(70, 7001, 70)).to.equal(7001);
  });
});

describe('interpolate', () => {
  it('finds 50 m along the bend 20 m up its second leg, heading north', () => {
    expect(interpolate(bend, 5000)).to.deep.equal({ x: 30, y: 20, heading_deg: 0 });
    expect(interpolate(bend, 1000)).to.deep.equal({ x: 10, y: 0, heading_deg: 90 });
  });

  it('stays on the line beyond its ends', () => {
    expect(interpolate(bend, -5)).to.include({ x: 0, y: 0 });
    expect(interpolate(bend, 7001)).to.include({ x: 30, y: 40, heading_deg: 0 });
  });

  it('counts headings clockwise from north, 0 to 360', () => {
    const compass = [heading(0, 1), heading(1, 0), heading(0, -1), heading(-1, 0), heading(-1, 1)];
    expect(compass).to.deep.equal([0, 90, 180, 270, 315]);
    expect(heading(-1e-20, 1)).to.equal(0);
  });
});

describe('locate', () => {
  it('gives measure, offset and side: 4 m north of the first leg is on its left', () => {
    expect(locate(bend, 10, 4)).to.deep.equal({ measure_cm: 1000, offset_m: 4, side: 'left', x: 10, y: 0, segment: 0 });
    expect(locate(bend, 37, 20)).to.include({ measure_cm: 5000, offset_m: 7, side: 'right' });
  });

  it('puts what lies outside a bend at the vertex, on the outer side', () => {
    expect(locate(bend, 33, -4)).to.include({ measure_cm: 3000, offset_m: 5, side: 'right' });
  });

  it('tells the side behind a hairpin, where each leg alone would claim the other', () => {
    // East 100 m, then back west rising by 10 m: a left turn of 174°. Behind its tip, left of the first leg's
    // extension and right of the second's is still outside the turn: right.
    const hairpin = [0, 0, 100, 0, 0, 10];
    expect(locate(hairpin, 105, 0.2).side).to.equal('right');
    expect(locate(hairpin, 105, -3).side).to.equal('right');
    expect(locate(hairpin, 90, 0.5).side, 'inside the turn').to.equal('left');
  });

  it('is not misled about the side by vertices that are there twice', () => {
    for (const line of [
      [0, 0, 0, 0, 30, 0],
      [0, 0, 30, 0, 30, 0],
    ]) {
      for (const x of [-5, 10, 35]) {
        expect([locate(line, x, 4).side, locate(line, x, -4).side]).to.deep.equal(['left', 'right']);
      }
    }
  });

  it('says left when the place lies exactly on the line', () => {
    expect(locate(bend, 12, 0)).to.include({ offset_m: 0, side: 'left' });
  });

  it('is never farther than any of 2,000 places stepped off along the line', () => {
    fc.assert(
      fc.property(anyLine, anyPlace, (line, [x, y]) => {
        const length_cm = lineLengthCm(line);
        const found = locate(line, x, y);
        let nearest = Infinity;
        for (let step = 0; step <= 2000; step++) {
          const place = interpolate(line, (step / 2000) * length_cm);
          nearest = Math.min(nearest, Math.hypot(place.x - x, place.y - y));
        }
        expect(found.offset_m).to.be.at.most(nearest + 1e-9);
        const there = interpolate(line, found.measure_cm);
        expect(Math.hypot(there.x - found.x, there.y - found.y)).to.be.below(0.0051); // measures are whole cm
      }),
      { numRuns: 50 },
    );
  });

  it('sees the same place from the other direction, on the other side', () => {
    fc.assert(
      fc.property(anyLine, anyPlace, (line, [x, y]) => {
        const forth = locate(line, x, y);
        const back = locate(reverse(line), x, y);
        expect(back.offset_m).to.be.closeTo(forth.offset_m, 1e-9);
        // Equally near places, and places on the line, have a first choice that depends on the direction.
        const same = Math.hypot(back.x - forth.x, back.y - forth.y) < 1e-6;
        if (same && forth.offset_m > 1e-3) expect(back.side).to.not.equal(forth.side);
      }),
    );
  });
});

describe('substring', () => {
  it('keeps the vertices in between: from 20 m to 50 m round the bend', () => {
    expect(substring(bend, 2000, 5000)).to.deep.equal([20, 0, 30, 0, 30, 20]);
  });

  it('is the whole line from end to end, and a place twice where it is empty', () => {
    expect(substring(bend, 0, 7000)).to.deep.equal(bend);
    expect(substring(bend, 3000, 3000)).to.deep.equal([30, 0, 30, 0]);
  });

  it('cuts a line into parts that add up and meet', () => {
    fc.assert(
      fc.property(anyLine, fc.double({ min: 0, max: 1, noNaN: true }), (line, share) => {
        const length_cm = lineLengthCm(line);
        const cut = Math.round(share * length_cm);
        const [a, b] = [substring(line, 0, cut), substring(line, cut, length_cm)];
        expect(lineLength(a) + lineLength(b)).to.be.closeTo(lineLength(line), 1e-6);
        expect(a.slice(-2)).to.deep.equal(b.slice(0, 2));
      }),
    );
  });
});

describe('reverse', () => {
  it('turns the bend round', () => {
    expect(reverse(bend)).to.deep.equal([30, 40, 30, 0, 0, 0]);
  });
});
