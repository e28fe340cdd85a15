import { expect } from 'chai';
import fc from 'fast-check';
import { carryOver as carryOverFlat } from '../../api/geometry/carry-over.ts';

type Position = [number, number];
const carryOver = (old: Position[], next: Position[], cuts: number[], tolerance: number) =>
  carryOverFlat(old.flat(), next.flat(), cuts, tolerance);
const straight: Position[] = [
  [0, 0],
  [1000, 0],
];
const rounded = (span: { from: number; to: number; lost: number } | null) =>
  span && { from: Math.round(span.from), to: Math.round(span.to), lost: Math.round(span.lost) };

describe('carrying measures over to a redrawn line', () => {
  it('leaves them where the line was only given more points', () => {
    const carried = carryOver(
      straight,
      [
        [0, 0],
        [300, 0],
        [1000, 0],
      ],
      [120, 730],
      30,
    );
    expect(carried.reversed).to.equal(false);
    expect(rounded(carried.span(120, 730))).to.deep.equal({ from: 120, to: 730, lost: 0 });
  });

  it('follows the position and not the number where the line begins earlier', () => {
    const carried = carryOver(
      straight,
      [
        [-200, 0],
        [1000, 0],
      ],
      [120, 730],
      30,
    );
    expect(rounded(carried.span(120, 730))).to.deep.equal({ from: 320, to: 930, lost: 0 });
    expect(rounded(carried.span(0, 1000))).to.deep.equal({ from: 200, to: 1200, lost: 0 });
  });

  it('turns them round where the line was digitised the other way', () => {
    const carried = carryOver(
      straight,
      [
        [1000, 0],
        [0, 0],
      ],
      [120, 730],
      30,
    );
    expect(carried.reversed).to.equal(true);
    expect(rounded(carried.span(120, 730))).to.deep.equal({ from: 270, to: 880, lost: 0 });
  });

  it('keeps a whole road whole when its ends move by less than the tolerance', () => {
    const carried = carryOver(
      straight,
      [
        [-12, 3],
        [1025, -4],
      ],
      [0, 1000],
      30,
    );
    const span = carried.span(0, 1000)!;
    expect(span.from).to.equal(0);
    expect(span.to).to.equal(carried.length);
  });

  it('clips what lies beyond a line that was shortened, and says how much', () => {
    const carried = carryOver(
      straight,
      [
        [0, 0],
        [600, 0],
      ],
      [400, 900],
      30,
    );
    const span = carried.span(400, 900)!;
    expect(span.from).to.be.closeTo(400, 0.01);
    expect(span.to).to.be.closeTo(600, 0.01);
    expect(span.lost).to.be.closeTo(270, 15);
    expect(carried.span(700, 900)).to.equal(null);
  });

  it('finds nothing on a line elsewhere', () => {
    expect(
      carryOver(
        straight,
        [
          [0, 100],
          [1000, 100],
        ],
        [0, 1000],
        30,
      ).span(0, 1000),
    ).to.equal(null);
  });

  it('keeps to its own pass of a line that crosses itself', () => {
    const loop: Position[] = [
      [0, 0],
      [200, 0],
      [200, 100],
      [100, 100],
      [100, -100],
    ];
    const redrawn: Position[] = [
      [0, 1],
      [150, 1],
      [201, 0],
      [200, 100],
      [101, 100],
      [101, -100],
    ];
    const span = carryOver(loop, redrawn, [100, 500], 30).span(100, 500)!; // (100, 0) is passed at 100 m and at 500 m
    expect(span.from).to.be.closeTo(100, 3);
    expect(span.to).to.be.closeTo(500, 6);
  });

  it('sides of a U-turn closer than the tolerance do not mix', () => {
    const hairpin: Position[] = [
      [0, 0],
      [500, 0],
      [500, 20],
      [0, 20],
    ];
    const carried = carryOver(
      hairpin,
      hairpin.map(([x, y]): Position => [x + 2, y - 1]),
      [100, 300, 900],
      30,
    );
    expect(carried.span(100, 300)!.from).to.be.closeTo(100, 3);
    expect(carried.span(300, 900)!.to).to.be.closeTo(900, 3);
  });

  it('never lets two stretches that touch overlap or swap, whatever the lines are', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }));
    const line = fc.array(point, { minLength: 2, maxLength: 8 }).filter((points) => lengthOf(points) > 1);
    fc.assert(
      fc.property(
        line,
        line,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (old, next, shares) => {
          const [a, b, c] = shares.toSorted((x, y) => x - y).map((share) => share * lengthOf(old)) as [
            number,
            number,
            number,
          ];
          const carried = carryOver(old, next, [a, b, c], 30);
          const spans = [carried.span(a, b), carried.span(b, c)];
          for (const span of spans) {
            if (!span) continue;
            expect(span.from).to.be.at.least(-1e-9);
            expect(span.to)
              .to.be.at.least(span.from)
              .and.at.most(carried.length + 1e-9);
          }
          const [first, second] = carried.reversed ? spans.toReversed() : spans;
          if (first && second) expect(first.to).to.be.at.most(second.from + 1e-9);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const lengthOf = (points: Position[]): number =>
  points.slice(1).reduce((sum, [x, y], index) => sum + Math.hypot(x - points[index]![0], y - points[index]![1]), 0);
