import { expect } from 'chai';
import fc from 'fast-check';
import { inMultiPolygon } from '../../api/geometry/polygon.ts';
import { createZoneIndex } from '../../api/network/zone-index.ts';
import { anyPlace, seededRandom } from '../support/shapes.ts';
import { box, crookedCells } from '../support/zones.ts';

describe('a zone index', () => {
  const zones = crookedCells(12, 12, 80, seededRandom(3));
  const index = createZoneIndex(zones);

  it('finds the zone that asking every polygon finds', () => {
    fc.assert(
      fc.property(anyPlace, ([x, y]) => {
        expect(index.zoneAt(x, y)).to.equal(zones.findIndex((zone) => inMultiPolygon(zone, x, y)));
      }),
      { numRuns: 500 },
    );
  });

  it('gives a place of two overlapping zones to the first', () => {
    expect(createZoneIndex([box(0, 0, 10, 10), box(5, 0, 15, 10)]).zoneAt(7, 5)).to.equal(0);
  });

  it('finds the nearest boundary up to a distance, and the first of equally near ones', () => {
    const two = createZoneIndex([box(0, 0, 10, 10), box(14, 0, 24, 10)]);
    expect(two.nearestZone(11, 5, 2)).to.equal(0);
    expect(two.nearestZone(12, 5, 2)).to.equal(0);
    expect(two.nearestZone(13.5, 5, 2)).to.equal(1);
    expect(two.nearestZone(12, 5, 1.9)).to.equal(-1);
  });

  it('knows the edges near a box, also those of holes', () => {
    const ring = createZoneIndex([
      [
        [
          [0, 0, 9, 0, 9, 9, 0, 9, 0, 0],
          [3, 3, 3, 6, 6, 6, 6, 3],
        ],
      ],
    ]);
    expect(ring.edges).to.have.length(8 * 4);
    expect(ring.edgesIn(2, 2, 4, 4)).to.have.length(2);
    expect(ring.zoneAt(4, 4)).to.equal(-1);
  });

  it('of no zones is an answer too', () => {
    const none = createZoneIndex([]);
    expect([none.zoneAt(0, 0), none.nearestZone(0, 0, 9), none.edgesIn(0, 0, 9, 9).length]).to.deep.equal([-1, -1, 0]);
  });
});
