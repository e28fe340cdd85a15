import { expect } from 'chai';
import fc from 'fast-check';
import { booleanPointInPolygon } from '@turf/turf';
import { inMultiPolygon, inPolygon } from '../../api/geometry/polygon.ts';

const square = (x: number, y: number, size: number): number[] => [x, y, x + size, y, x + size, y + size, x, y + size];

describe('a polygon', () => {
  const withHole = [square(0, 0, 10), square(4, 4, 2)];

  it('holds what is inside and not what is in its hole', () => {
    expect(inPolygon(withHole, 1, 1)).to.equal(true);
    expect(inPolygon(withHole, 5, 5)).to.equal(false);
    expect(inPolygon(withHole, 11, 5)).to.equal(false);
  });

  it('may come in parts, with an island in the hole', () => {
    const withIsland = [withHole, [square(4.5, 4.5, 1)], [square(20, 0, 1)]];
    const places = [
      [5, 5],
      [4.2, 4.2],
      [20.5, 0.5],
    ] as const;
    expect(places.map(([x, y]) => inMultiPolygon(withIsland, x, y))).to.deep.equal([true, false, true]);
  });

  it('has its west and south edges, its neighbours have the others', () => {
    const one = [square(0, 0, 1)];
    expect(inPolygon(one, 0, 0.5)).to.equal(true);
    expect(inPolygon(one, 0.5, 0)).to.equal(true);
    expect(inPolygon(one, 1, 0.5)).to.equal(false);
    expect(inPolygon(one, 0.5, 1)).to.equal(false);
    expect(inPolygon([], 0, 0)).to.equal(false);
  });

  it('does not mind a ring being closed or its direction', () => {
    const ring = square(0, 0, 10);
    const backwards = [0, 10, 10, 10, 10, 0, 0, 0, 0, 10];
    expect(inPolygon([[...ring, 0, 0]], 3, 7)).to.equal(true);
    expect(inPolygon([backwards], 3, 7)).to.equal(true);
  });

  it('shares out the places on common edges: each is in exactly one triangle of a fan, even on the edges', () => {
    const coordinate = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 7);
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        fc.integer({ min: 0, max: 3 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (cx, cy, spoke, share) => {
          const corners = [
            [-1000, -1000],
            [1000, -1000],
            [1000, 1000],
            [-1000, 1000],
          ] as const;
          // Neighbours list their common spoke in opposite directions.
          const triangles = corners.map(([x, y], i) => [[cx, cy, x, y, ...corners[(i + 1) % 4]!]]);
          const [x, y] = corners[spoke]!;
          const place = [cx + share * (x - cx), cy + share * (y - cy)] as const;
          expect(triangles.filter((triangle) => inPolygon(triangle, ...place))).to.have.length(1);
        },
      ),
    );
  });

  it('agrees with Turf away from the boundary', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 9 }), place, (ring, [px, py]) => {
        const [x, y] = [px + 0.4321, py + 0.1234];
        const geojson = { type: 'Polygon' as const, coordinates: [[...ring, ring[0]!]] };
        expect(inPolygon([ring.flat()], x, y)).to.equal(booleanPointInPolygon([x, y], geojson));
      }),
    );
  });
});
