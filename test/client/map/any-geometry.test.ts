import { expect } from 'chai';
import { positionsOf } from '../../../client/map/any-geometry.ts';

describe('the positions of any geometry', () => {
  const [a, b, c] = [
    [119.9, 32.4],
    [119.91, 32.4],
    [119.91, 32.41],
  ] as [[number, number], [number, number], [number, number]];

  it('are all of them, in their order, whatever they are nested in', () => {
    expect(positionsOf({ type: 'Point', coordinates: a })).to.deep.equal([a]);
    expect(positionsOf({ type: 'LineString', coordinates: [a, b] })).to.deep.equal([a, b]);
    expect(positionsOf({ type: 'MultiPoint', coordinates: [a, c] })).to.deep.equal([a, c]);
    expect(positionsOf({ type: 'Polygon', coordinates: [[a, b, c, a]] })).to.deep.equal([a, b, c, a]);
    expect(positionsOf({ type: 'MultiPolygon', coordinates: [[[a, b, c, a]], [[c, b, a, c]]] })).to.have.length(8);
  });
});
