/** Where things lie on the strip, in pixels and shares: numbers only. */
import type { RoadClass } from '../../../api/http/shapes.ts';
import type { Crossing } from '../../road/crossings.ts';

/** Where a block lies in the chart. */
export function along(from: number, to: number, length: number): { left: string; width: string } {
  return { left: `${(from / length) * 100}%`, width: `${((to - from) / length) * 100}%` };
}

/** Steps of 1, 2 or 5 times a power of ten, the smallest with at least `room` pixels between ticks. */
export function tickStep(length: number, width: number, room = 64): number {
  const least = (length / Math.max(width, 1)) * room;
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.01)));
  return ([1, 2, 5, 10].find((times) => times * power >= least) ?? 10) * power;
}

/** Names where there is room, the greater road before the lesser. `length` in metres, `width` in pixels. */
export function labelled(crossings: readonly Crossing[], length: number, width: number): Set<Crossing> {
  const taken: [number, number][] = [];
  const named = new Set<Crossing>();
  for (const one of [...crossings].sort((a, b) => rank[a.class] - rank[b.class] || a.metres - b.metres)) {
    const x = (one.metres / length) * width;
    // 11 px type: a Chinese character is 11 px wide, a Latin letter about 6.
    const size = Array.from(one.name).reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 11 : 6), 0);
    const side = alignment(one.metres / length);
    const left = side === 'inwards-left' ? x : side === 'inwards-right' ? x - size : x - size / 2;
    if (taken.some(([low, high]) => left < high + gap_px && left + size > low - gap_px)) continue;
    taken.push([left, left + size]);
    named.add(one);
  }
  return named;
}

const rank: Record<RoadClass, number> = { main: 0, secondary: 1, branch: 2, alley: 3, service: 4, path: 5, other: 6 };

/** A name at an end of the road is set inwards, or it would be cut off. */
export function alignment(share: number): string {
  return share < 0.05 ? 'inwards-left' : share > 0.95 ? 'inwards-right' : '';
}

const gap_px = 10;
