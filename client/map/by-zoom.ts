/** Sizes that grow with the zoom, as a flat style expression. */

/**
 * `{ 10: 0.5, 14: 2, 18: 12 }`: pixels at zooms. OpenLayers' canvas renderer knows the resolution but not the zoom, and
 * a size that is straight over the zoom bends over the resolution: so a stop is set at every half zoom level, which
 * keeps the error under 2 %.
 */
export function byZoom(sizes: Readonly<Record<number, number>>): unknown[] {
  const stops = Object.entries(sizes)
    .map(([zoom, size]): [number, number] => [Number(zoom), size])
    .sort(([a], [b]) => a - b);
  const fine: [zoom: number, size: number][] = [];
  for (let i = 1; i < stops.length; i++) {
    const [[z0, s0], [z1, s1]] = [stops[i - 1]!, stops[i]!];
    for (let z = z0; z < z1; z += 0.5) fine.push([z, s0 * (s1 / s0) ** ((z - z0) / (z1 - z0))]);
  }
  fine.push(stops.at(-1)!);
  return [
    'interpolate',
    ['linear'],
    ['resolution'],
    ...fine.toReversed().flatMap(([zoom, size]) => [resolutionAt(zoom), size]),
  ];
}

/** The offset of a line that lies on one side of its road (`sides` left, right or both), beside the middle by so much. */
export function aside(sizes: Readonly<Record<number, number>>): unknown[] {
  return ['match', ['get', 'sides'], 'left', ['*', -1, byZoom(sizes)], 'right', byZoom(sizes), 0];
}

/** Metres of the Mercator plane per pixel. */
export function resolutionAt(zoom: number): number {
  return 156_543.033_928 / 2 ** zoom;
}

/** True from this zoom on (closer). */
export const fromZoom = (zoom: number): unknown[] => ['<=', ['resolution'], resolutionAt(zoom)];
