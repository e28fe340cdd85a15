import { expect } from 'chai';
import fc from 'fast-check';
import { locate } from '../../api/geometry/locate.ts';
import { nearest } from '../../api/network/nearest.ts';
import { buildNetwork, roadNumber } from '../../api/network/network.ts';
import { meetings } from '../support/meetings.ts';
import { anyLine, anyPlace } from '../support/shapes.ts';
import { network, road } from '../support/streets.ts';

describe('a network', () => {
  it('joins roads that share a vertex, in the middle as well as at their ends', () => {
    const cross = network(road(1, [-50, 0, 0, 0, 50, 0]), road(2, [0, -50, 0, 0, 0, 50]), road(3, [50, 0, 50, 50]));
    expect(meetings(cross)).to.deep.equal(['1@100 3@0', '1@50 2@50']);
  });

  it('joins places that are equal to the millimetre, and no others', () => {
    const near = network(road(1, [0, 0, 50, 0]), road(2, [50.0004, 0, 90, 0]), road(3, [50.002, 0, 90, 9]));
    expect(meetings(near)).to.deep.equal(['1@50 2@0']);
  });

  it('does not join roads that only cross, as at a flyover', () => {
    expect(meetings(network(road(1, [-50, 0, 50, 0]), road(2, [0, -50, 0, 50])))).to.deep.equal([]);
  });

  it('lets a ring meet itself, and no road at a vertex that is merely there twice', () => {
    expect(meetings(network(road(1, [0, 0, 50, 0, 50, 50, 0, 0])))).to.deep.equal(['1@0 1@170.71']);
    expect(meetings(network(road(1, [0, 0, 50, 0, 50, 0, 90, 0])))).to.deep.equal([]);
  });

  it('takes the nodes it is given instead, and gives every road its two ends', () => {
    const given = buildNetwork(
      [
        road(1, [0, 0, 100, 0], { nodes: [{ node_id: 9, at_cm: 4000 }] }),
        road(2, [40, 0, 40, 70], { nodes: [{ node_id: 9, at_cm: 0 }] }),
        road(3, [100, 0, 200, 0], { nodes: [] }), // shares a place with road 1, but is said not to meet it
      ],
      5,
    );
    expect(meetings(given)).to.deep.equal(['1@40 2@0']);
    expect([...given.passageMeasures_cm]).to.deep.equal([0, 4000, 10000, 0, 7000, 0, 10000]);
    const node = given.nodeNumbers.get(9)!;
    expect([...given.nodeXy.subarray(2 * node, 2 * node + 2)]).to.deep.equal([40, 0]);
    expect(given.version).to.equal(5);
  });

  it('finds roads by id', () => {
    const two = network(road(70, [0, 0, 1, 0]), road(80, [0, 0, 0, 1]));
    expect([roadNumber(two, 80), roadNumber(two, 8)]).to.deep.equal([1, -1]);
  });

  it('says which road it cannot use', () => {
    const cases: [Parameters<typeof road>, string][] = [
      [[3, [0, 0]], 'road 3 has 2 coordinates'],
      [[3, [0, 0, NaN, 1]], 'road 3 has 4 coordinates, NaN m of line'],
      [[3, [1, 1, 1, 1], { length_cm: 100 }], '0 m of line'],
      [[3, [0, 0, 1, 1, 2]], 'road 3 has 5 coordinates'],
    ];
    for (const [given, message] of cases) expect(() => network(road(...given))).to.throw(RangeError, message);
    expect(() => network(road(1, [0, 0, 1, 0]), road(1, [0, 0, 1, 0]))).to.throw(RangeError, 'road 1 comes twice');
  });

  it('may be empty', () => {
    expect(nearest(network(), 0, 0)).to.equal(null);
  });
});

describe('the nearest road', () => {
  it('comes with measure, offset and side, up to a distance', () => {
    const streets = network(road(1, [0, 0, 100, 0]), road(2, [0, 50, 100, 50]));
    expect(nearest(streets, 30, 20)).to.deep.equal({
      road: 0,
      road_id: 1,
      measure_cm: 3000,
      offset_m: 20,
      side: 'left',
      x: 30,
      y: 0,
    });
    expect(nearest(streets, 30, 30)).to.include({ road_id: 2, side: 'right' });
    expect(nearest(streets, 30, 149)).to.include({ road_id: 2, offset_m: 99 });
    expect(nearest(streets, 30, 151)).to.equal(null);
    expect(nearest(streets, 30, 151, 200)).to.include({ road_id: 2, offset_m: 101 });
  });

  it('is the one that locating on every road finds', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 40 }), anyPlace, (lines, [x, y]) => {
        const found = nearest(network(...lines.map((line, i) => road(i, line))), x, y, 100);
        const each = lines.map((line, i) => ({ road_id: i, ...locate(line, x, y) }));
        const best = each.toSorted((a, b) => a.offset_m - b.offset_m)[0]!;
        if (best.offset_m > 100) expect(found).to.equal(null);
        else {
          expect(found!.offset_m).to.be.closeTo(best.offset_m, 1e-9);
          const same = each[found!.road_id]!;
          expect(found).to.include({ measure_cm: same.measure_cm, side: same.side });
        }
      }),
      { numRuns: 300 },
    );
  });
});
