import { expect } from 'chai';
import fc from 'fast-check';
import { HALF_WORLD, isTile, tileAt, tileExtent, tileExtentLonLat } from '../../api/geometry/tile.ts';

describe('a tile', () => {
  it('is named by whole numbers within its zoom', () => {
    expect(isTile(0, 0, 0)).to.equal(true);
    expect(isTile(2, 3, 3)).to.equal(true);
    for (const [z, x, y] of [
      [2, 4, 0],
      [2, 0, -1],
      [1.5, 0, 0],
      [25, 0, 0],
      [-1, 0, 0],
      [NaN, 0, 0],
    ] as const) {
      expect(isTile(z, x, y), `${z}/${x}/${y}`).to.equal(false);
    }
  });

  it('counts y from the north: 1/1/0 is the north-eastern quarter of the world', () => {
    expect(tileExtent(1, 1, 0)).to.deep.equal([0, 0, HALF_WORLD, HALF_WORLD]);
    const [west, south, east, north] = tileExtentLonLat(1, 1, 0);
    expect([west, south, east]).to.deep.equal([0, 0, 180]);
    expect(north).to.be.closeTo(85.0511287798, 1e-9); // the published edge of the plane
  });

  it('10/843/387 holds the Forbidden City (ST_TileEnvelope agrees)', () => {
    expect(tileAt(10, 116.397, 39.916)).to.deep.equal({ z: 10, x: 843, y: 387 });
  });

  it('holds the places it is found for, and only those', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: -180, max: 179.999, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        (zoom, longitude, latitude) => {
          const { z, x, y } = tileAt(zoom, longitude, latitude);
          expect(isTile(z, x, y)).to.equal(true);
          const [west, south, east, north] = tileExtentLonLat(z, x, y);
          expect(longitude).to.be.within(west - 1e-9, east + 1e-9);
          expect(latitude).to.be.within(south - 1e-9, north + 1e-9);
        },
      ),
    );
  });

  it('takes the poles into the outermost rows', () => {
    expect(tileAt(3, 0, 90).y).to.equal(0);
    expect(tileAt(3, 180, -90)).to.deep.equal({ z: 3, x: 7, y: 7 });
  });
});
