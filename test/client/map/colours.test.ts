import { expect } from 'chai';
import { changeColours, confidenceSteps, gapColours } from '../../../client/map/colours.ts';

type Triple = [number, number, number];

/** What a dichromat sees, in linear RGB: Viénot, Brettel and Mollon 1999, as matrices on linear sRGB. */
const sights: Record<string, Triple[]> = {
  'full colour': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

/** L*a*b* (D65) of what is seen of a colour like `#1f5f8b`. */
function lab(colour: string, sight: readonly Triple[]): Triple {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [r, g, b] = sight.map((row) => row.reduce((sum, weight, i) => sum + weight * linear[i]!, 0)) as Triple;
  const root = (value: number): number => (value > 216 / 24_389 ? Math.cbrt(value) : (value * 841) / 108 + 4 / 29);
  const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe('the colours of confidence', () => {
  for (const [name, sight] of Object.entries(sights)) {
    it(`grow darker step by step and stay apart under ${name}`, () => {
      const seen = confidenceSteps.map(({ colour }) => lab(colour, sight));
      for (let i = 1; i < seen.length; i++) {
        const [before, now] = [seen[i - 1]!, seen[i]!];
        expect(before[0] - now[0], `lightness of step ${i}`).to.be.above(5);
        // Two colours side by side are told apart from a distance of some 2.3; on a thin line it takes several times that.
        expect(Math.hypot(...before.map((value, j) => value - now[j]!)), `step ${i}`).to.be.above(14);
      }
    });
  }
});

/** WCAG 2.2: of two colours, the lighter against the darker. */
function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map((colour) => lab(colour, sights['full colour']!)[0]).sort((x, y) => x - y);
  const luminance = (lightness: number): number => ((lightness + 16) / 116) ** 3;
  return (luminance(light!) + 0.05) / (luminance(dark!) + 0.05);
}

describe('the colours of what is missing', () => {
  for (const [what, colours] of Object.entries({ 'kinds of blind spot': gapColours, changes: changeColours })) {
    for (const [name, sight] of Object.entries(sights)) {
      it(`keep ${what} apart under ${name}`, () => {
        const seen = Object.entries(colours).map(([word, colour]) => [word, lab(colour, sight)] as const);
        for (const [i, [a, one]] of seen.entries()) {
          for (const [b, other] of seen.slice(i + 1))
            expect(Math.hypot(...one.map((value, j) => value - other[j]!)), `${a} and ${b}`).to.be.above(20);
        }
      });
    }
    it(`can be read as text of ${what} on paper`, () => {
      for (const [word, colour] of Object.entries(colours))
        expect(contrast(colour, '#fcfbf8'), word).to.be.at.least(4.5);
    });
  }
});
