import { expect } from 'chai';
import fc from 'fast-check';
import type { Crossing } from '../../../../client/road/crossings.ts';
import { labelled, tickStep } from '../../../../client/panels/strip/layout-marks.ts';

describe('the scale below the strip', () => {
  it('steps by 1, 2 or 5 times a power of ten, with room for the numbers', () => {
    expect(tickStep(1000, 800)).to.equal(100);
    expect(tickStep(2716, 800)).to.equal(500);
    expect(tickStep(60, 300)).to.equal(20);
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 50_000, noNaN: true }),
        fc.integer({ min: 100, max: 3000 }),
        (length, width) => {
          const step = tickStep(length, width);
          const [digit] = step.toExponential().split('e');
          expect(['1', '2', '5']).to.include(String(Math.round(Number(digit))));
          expect((step / length) * width).to.be.at.least(64 - 1e-6);
        },
      ),
    );
  });
});

describe('the names of crossings', () => {
  const crossing = (metres: number, name: string, roadClass: Crossing['class']): Crossing => ({
    metres,
    name,
    class: roadClass,
    road_id: metres,
  });

  it('give way to the greater road where there is room for one', () => {
    const alley = crossing(500, '一巷', 'alley');
    const main = crossing(505, '人民路', 'main');
    expect([...labelled([alley, main], 1000, 400)]).to.deep.equal([main]);
    expect(labelled([alley, main], 1000, 40_000).size).to.equal(2);
  });
});
