import { expect } from 'chai';
import fc from 'fast-check';
import { impossiblePosition, watchPositions } from '../../api/geometry/suspect-positions.ts';

const degrees = { projected: false };
const metres = { projected: true };
const beijing = [116.0, 39.6, 116.8, 40.2] as const;

describe('suspect positions', () => {
  it('finds nothing in positions that are right', () => {
    const watch = watchPositions(degrees);
    expect(watch.see([116.39, 39.9], [116.39, 39.9], 1)).to.equal(null);
    expect(watch.see([-76.1, 43.05], [-76.1, 43.05], 2)).to.equal(null);
    expect(watch.suspicions()).to.deep.equal([]);
  });

  it('notices swapped columns: a Chinese longitude is no latitude', () => {
    expect(watchPositions(degrees).see([39.9, 116.39], [39.9, 116.39], 1)).to.equal('swapped');
  });

  it('notices swapped columns that stay in range: nobody keeps streets south of 60°S', () => {
    expect(watchPositions(degrees).see([43.05, -76.1], [43.05, -76.1], 1)).to.equal('swapped');
  });

  it('notices swapped columns against the place of the district', () => {
    const watch = watchPositions({ ...degrees, near: [9, 47, 10, 48] });
    expect(watch.see([47.1, 9.5], [47.1, 9.5], 1)).to.equal('swapped');
    expect(watch.see([9.5, 47.1], [9.5, 47.1], 2)).to.equal(null);
    expect(watchPositions({ ...degrees, near: beijing }).see([116.3, 39.8], [116.3, 39.8], 1)).to.equal(null);
  });

  it('notices northing and easting in survey order', () => {
    expect(watchPositions(metres).see([4418472, 448129], [151, 2], 1)).to.equal('swapped');
    expect(watchPositions(metres).see([4418472, 39448129], [151, 2], 1)).to.equal('swapped');
    expect(watchPositions(metres).see([448129, 4418472], [116.4, 39.9], 1)).to.equal(null);
    expect(watchPositions(metres).see([13000000, 3500000], [116.8, 30], 1)).to.equal(null);
  });

  it('notices degrees read as metres and metres read as degrees', () => {
    expect(watchPositions(metres).see([116.39, 39.9], [112.5, 0.0004], 1)).to.equal('degrees_as_metres');
    expect(watchPositions(degrees).see([448129, 4418472], [448129, 4418472], 1)).to.equal('metres_as_degrees');
  });

  it('notices no number, null island, out of range', () => {
    const watch = watchPositions(degrees);
    expect(watch.see([Number.NaN, 39.9], [Number.NaN, 39.9], 1)).to.equal('not_a_number');
    expect(watch.see([Infinity, 39.9], [Infinity, 39.9], 2)).to.equal('not_a_number');
    expect(watch.see([0, 0], [0, 0], 3)).to.equal('null_island');
    expect(watch.see([200, 95], [200, 95], 4)).to.equal('out_of_range');
  });

  it('counts per kind, names the first row, the most frequent first', () => {
    const watch = watchPositions(degrees);
    watch.see([0, 0], [0, 0], 4);
    for (const row of [5, 6, 7]) watch.see([39.9, 116.39], [39.9, 116.39], row);
    watch.see([116.39, 39.9], [116.39, 39.9], 8);
    const [first, second] = watch.suspicions();
    expect(first).to.include({ kind: 'swapped', count: 3, first_row: 5 });
    expect(first!.message).to.match(/^3 of 5 positions \(first in row 5: 39.9, 116.39\) look swapped/);
    expect(second).to.include({ kind: 'null_island', count: 1, first_row: 4 });
  });

  it('calls impossible exactly what is not on the globe', () => {
    fc.assert(
      fc.property(fc.double({ min: -400, max: 400 }), fc.double({ min: -400, max: 400 }), (lon, lat) => {
        const onGlobe = lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90;
        expect(impossiblePosition([lon, lat]) === null).to.equal(onGlobe);
      }),
    );
    expect(impossiblePosition([39.9, 116.39])).to.match(/look swapped/);
    expect(impossiblePosition([Number.NaN, 1])).to.match(/not a finite number/);
  });
});
