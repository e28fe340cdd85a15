import { expect } from 'chai';
import type { Fix } from '../../api/network/track.ts';
import { genuinenessOf, type Doubt } from '../../api/patrols/genuineness.ts';
import { seededRandom } from '../support/shapes.ts';

type Place = (second: number) => [x: number, y: number];
type Device = {
  every_s?: number;
  seconds?: number;
  lasting_m?: number;
  white_m?: number;
  grid_m?: number;
  seed?: number;
};

/** Round a block of 300 by 200 m at 1.4 m/s. */
const roundTheBlock: Place = (second) => {
  const gone = (1.4 * second) % 1000;
  if (gone < 300) return [gone, 0];
  if (gone < 500) return [300, gone - 300];
  if (gone < 800) return [800 - gone, 200];
  return [0, 1000 - gone];
};

/** What a receiver makes of a walk: an error that lasts a minute, one from fix to fix, and a grid it rounds to. */
function track(place: Place, device: Device = {}): Fix[] {
  const { every_s = 1, seconds = 1800, lasting_m = 4, white_m = 0.5, grid_m = 1e-2, seed = 1 } = device;
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const keep = Math.exp(-every_s / 60);
  let [dx, dy] = [lasting_m * normal(), lasting_m * normal()];
  const onGrid = (value: number): number => Math.round(value / grid_m) * grid_m;
  return Array.from({ length: Math.floor(seconds / every_s) + 1 }, (_, i) => {
    const [x, y] = place(i * every_s);
    dx = keep * dx + lasting_m * Math.sqrt(1 - keep * keep) * normal();
    dy = keep * dy + lasting_m * Math.sqrt(1 - keep * keep) * normal();
    return {
      at_s: 1_777_000_000 + i * every_s,
      x: onGrid(x + dx + white_m * normal()),
      y: onGrid(y + dy + white_m * normal()),
      accuracy_m: 5,
    };
  });
}

const doubts = (fixes: Fix[]): Doubt[] =>
  genuinenessOf(
    fixes,
    Float32Array.from(fixes, ({ accuracy_m }) => accuracy_m ?? NaN),
    null,
  );
const kinds = (fixes: Fix[]): string[] => doubts(fixes).map(({ kind }) => kind);

describe('genuineness of a track', () => {
  describe('has nothing to say about an honest one', () => {
    const honest: Record<string, () => Fix[]> = {
      'a fix each second': () => track(roundTheBlock),
      'a fix every 5 s, 15 s, 60 s': () =>
        [5, 15, 60].flatMap((every_s, i) => later(track(roundTheBlock, { every_s, seed: i }), 3000 * i)),
      'a receiver that smooths much': () => track(roundTheBlock, { lasting_m: 6, white_m: 0.1 }),
      'a receiver that rounds to 1.1 m': () => track(roundTheBlock, { lasting_m: 3, white_m: 0.3, grid_m: 1.1 }),
      'a receiver that is bad': () => track(roundTheBlock, { lasting_m: 20, white_m: 6 }),
      'ten minutes of standing, at one position': () => {
        const fixes = track((second) => roundTheBlock(Math.min(second, 600)));
        return fixes.map((fix, i) => (i > 600 && i < 1200 ? { ...fix, x: fixes[600]!.x, y: fixes[600]!.y } : fix));
      },
      'ten minutes of standing, drifting': () => track((second) => roundTheBlock(Math.min(second, 600))),
      'standing on a coarse grid': () => track(() => [0, 0], { lasting_m: 1, white_m: 0.4, grid_m: 1.1 }),
      'a tunnel of three minutes, and a fix that is 100 m off behind it': () =>
        track(roundTheBlock)
          .filter((_, i) => i < 600 || i > 780)
          .map((fix, i) => (i === 601 ? { ...fix, x: fix.x + 100 } : fix)),
      'a first fix from a mobile mast, 2 km off, that says so': () =>
        track(roundTheBlock).map((fix, i) => (i === 0 ? { ...fix, x: fix.x + 2000, accuracy_m: 1500 } : fix)),
      'a bicycle at 5 m/s': () => track((second) => roundTheBlock(3.6 * second)),
      'back and forth in one street, ten times': () =>
        track((second) => [Math.abs(((1.4 * second) % 400) - 200), 0], { lasting_m: 2, white_m: 0.2, grid_m: 1.1 }),
      'two fixes': () => track(roundTheBlock).slice(0, 2),
    };
    for (const [name, make] of Object.entries(honest)) it(name, () => expect(doubts(make())).to.deep.equal([]));

    it('twenty walks with other errors', () => {
      for (let seed = 0; seed < 20; seed += 1) {
        expect(
          doubts(track(roundTheBlock, { seed, white_m: 0.2 + seed / 10, lasting_m: 1 + seed })),
          `seed ${seed}`,
        ).to.deep.equal([]);
      }
    });
  });

  it('tells a car from a walker', () => {
    const [doubt] = doubts(track((second) => [second < 900 ? 1.4 * second : 1260 + 14 * (second - 900), 0]));
    expect(doubt!.kind).to.equal('too_fast');
    expect(doubt!.from_s - 1_777_000_000).to.be.within(840, 900);
    expect(doubt!.to_s).to.equal(1_777_001_800);
    expect(doubt!.figures).to.include({ most_m_s: 6.9 });
    expect(doubt!.detail).to.match(/^9\d\d s at more than 6.9 m\/s .*up to 1[34]\.\d m\/s/);
  });

  it('tells a ride that is over before a minute is', () => {
    const ride = track((second) => [25 * second, 0], { seconds: 50 });
    expect(doubts(ride).map(({ kind, figures }) => [kind, figures.seconds])).to.deep.equal([['too_fast', 50]]);
    const acrossTown = track((second) => [2 * second, 0], { seconds: 900 });
    expect(kinds(acrossTown.map((fix, i) => ({ ...fix, at_s: 1_777_000_000 + i / 1e4 })))).to.deep.equal(['too_fast']);
  });

  it('tells a jump across the town', () => {
    const fixes = track(roundTheBlock).map((fix, i) => (i >= 900 ? { ...fix, x: fix.x + 3000 } : fix));
    const jump = doubts(fixes).find(({ kind }) => kind === 'jump')!;
    expect(jump).to.deep.include({ from_s: 1_777_000_899, to_s: 1_777_000_900, fixes: 2 });
    expect(jump.detail).to.match(/^Jumps: 1, the farthest 2,9\d\d m within 1 s/);
  });

  it('tells a track that is copied behind itself', () => {
    const half = track(roundTheBlock, { seconds: 600 });
    const [doubt] = doubts([...half, ...later(half, 700)]).filter(({ kind }) => kind === 'repeated_positions');
    expect(doubt).to.deep.include({ from_s: 1_777_000_700, to_s: 1_777_001_300, fixes: 601 });
  });

  it('tells an accuracy that no phone has', () => {
    expect(kinds(track(roundTheBlock).map((fix) => ({ ...fix, accuracy_m: 0.01 })))).to.deep.equal([
      'impossible_accuracy',
    ]);
  });

  it('tells a route that a program follows: equal steps on straight lines', () => {
    const fixes = track(roundTheBlock, { lasting_m: 0, white_m: 0, grid_m: 0.01, seconds: 900 });
    expect(kinds(fixes)).to.include.members(['too_regular', 'straight_lines']);
  });

  it('tells straight lines at an uneven pace', () => {
    const random = seededRandom(3);
    let gone = 0;
    const fixes = track(() => roundTheBlock((gone += 0.5 + random())), { lasting_m: 0, white_m: 0, seconds: 900 });
    expect(kinds(fixes)).to.deep.equal(['straight_lines']);
  });

  it('tells equal steps along a curve', () => {
    const fixes = track((second) => [200 * Math.cos(second / 143), 200 * Math.sin(second / 143)], {
      lasting_m: 0,
      white_m: 0,
      every_s: 5,
      seconds: 900,
    });
    expect(kinds(fixes)).to.deep.equal(['too_regular']);
  });

  it('tells that fixes came out of order', () => {
    const fixes = track(roundTheBlock);
    const late = { from_s: 1_777_000_010, to_s: 1_777_000_020, fixes: 3 };
    const [doubt] = genuinenessOf(fixes, new Float32Array(fixes.length).fill(5), late);
    expect(doubt).to.deep.include({ kind: 'out_of_order', ...late });
    expect(doubt!.detail).to.contain('3 of 1801 fixes');
  });
});

const later = (fixes: Fix[], seconds: number): Fix[] => fixes.map((fix) => ({ ...fix, at_s: fix.at_s + seconds }));
