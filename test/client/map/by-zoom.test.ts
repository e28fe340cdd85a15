import { expect } from 'chai';
import { byZoom, resolutionAt } from '../../../client/map/by-zoom.ts';

describe('a size that grows with the zoom', () => {
  /** What OpenLayers makes of the expression: straight between neighbouring stops of the resolution. */
  const read = ([, , , ...stops]: unknown[], resolution: number): number => {
    const numbers = stops as number[];
    for (let i = 2; i < numbers.length; i += 2) {
      const [r0, s0, r1, s1] = numbers.slice(i - 2, i + 2) as [number, number, number, number];
      if (resolution <= r1) return s0 + (Math.max(resolution - r0, 0) / (r1 - r0)) * (s1 - s0);
    }
    return numbers.at(-1)!;
  };

  it('is what was asked at its stops, and follows the zoom between them within 2 %', () => {
    const width = byZoom({ 10: 1, 14: 4, 18: 16 }); // prettier-ignore
    for (const [zoom, size] of [
      [9, 1],
      [10, 1],
      [14, 4],
      [18, 16],
      [20, 16],
    ] as const) {
      // prettier-ignore
      expect(read(width, resolutionAt(zoom)), `zoom ${zoom}`).to.be.closeTo(size, 1e-6);
    }
    // Doubling every two levels: 2 at zoom 12, and the square root of that in between.
    for (let zoom = 10; zoom <= 18; zoom += 0.1) {
      expect(read(width, resolutionAt(zoom)) / 2 ** ((zoom - 10) / 2)).to.be.closeTo(1, 0.02);
    }
  });
});
