import { expect } from 'chai';
import type { Road } from '../../../api/roads/roads.contract.ts';
import type { RoadClass } from '../../../api/http/shapes.ts';
import { crossingNear, crossingsOf } from '../../../client/road/crossings.ts';
import { measuredLine } from '../../../client/road/measured-line.ts';

/** On the equator 0.001 degrees are 111.32 m both ways, so the numbers can be checked in the head. */
const unit = 111.32;
let last = 0;
const road = (
  name: string | null,
  coordinates: [number, number][],
  roadClass: RoadClass = 'branch',
  layer = 0,
): Road => ({
  type: 'Feature',
  id: (last += 1),
  geometry: { type: 'LineString', coordinates: coordinates.map(([x, y]) => [x / 1000, y / 1000]) },
  properties: {
    external_id: null,
    name,
    other_names: [],
    class: roadClass,
    status: 'handed_over',
    layer,
    oneway: false,
    length_m: unit,
    geometry_version: 1,
  },
});
const main = road('人民路', [[0, 0], [10, 0]], 'main'); // prettier-ignore
const line = measuredLine(main.geometry.coordinates, 10 * unit);
const found = (...others: Road[]): [string, number][] =>
  crossingsOf(main, line, [main, ...others]).map(({ name, metres }) => [name, Math.round(metres)]);

describe('the crossings of a road', () => {
  it('are where other roads cross it or end at it, in order along it', () => {
    const across = road('二路', [[4, -1], [4, 1]]); // prettier-ignore
    const ending = road('一路', [[2, 0.005], [2, 3]]); // prettier-ignore
    expect(found(across, ending)).to.deep.equal([['一路', Math.round(2 * unit)], ['二路', Math.round(4 * unit)]]); // prettier-ignore
  });

  it('are not where a road passes above, runs on under the same name, or has none', () => {
    const above = road('高架路', [[4, -1], [4, 1]], 'main', 1); // prettier-ignore
    const same = road('人民路', [[10, 0], [12, 0]], 'main'); // prettier-ignore
    const nameless = road(null, [[5, -1], [5, 1]]); // prettier-ignore
    const apart = road('远路', [[6, 0.05], [6, 1]]); // prettier-ignore
    expect(found(above, same, nameless, apart)).to.deep.equal([]);
  });

  it('are one where a divided road meets it twice', () => {
    const divided = road('三路', [[3, -1], [3, 1], [3.2, 1], [3.2, -1]]); // prettier-ignore
    expect(found(divided)).to.deep.equal([['三路', Math.round(3 * unit)]]);
  });

  it('draw a handle that comes near, the nearest first', () => {
    const all = crossingsOf(main, line, [road('一路', [[2, -1], [2, 1]]), road('二路', [[4, -1], [4, 1]])]); // prettier-ignore
    expect(crossingNear(all, 2 * unit + 5, 9)?.name).to.equal('一路');
    expect(crossingNear(all, 3 * unit, 9)).to.equal(null);
  });
});
