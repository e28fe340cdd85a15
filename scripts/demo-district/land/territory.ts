import type { Road } from '../streets/finished-roads.ts';
import { add, between, direction, leftOf } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { zoneAt } from './zones.ts';
import type { Zone } from './zones.ts';

/** Part of a road with the community on its left and on its right; null outside the district. */
export interface Run {
  fromCm: number;
  toCm: number;
  left: Zone | null;
  right: Zone | null;
  /** In the area led by the bureau. */
  led: boolean;
}

/** Metres beside the road at which its neighbour is asked: less than the 9 m from a carriageway to the median. */
const asideMetres = 4;

/** Where a road runs from one community to the next. Boundaries cross roads at vertices only, so segments never straddle one. */
export function runsOf(road: Road, zones: readonly Zone[]): Run[] {
  const runs: Run[] = [];
  for (let i = 1; i < road.points.length; i++) {
    const [a, b] = [road.points[i - 1] as Point, road.points[i] as Point];
    const middle = between(a, b, 0.5);
    const aside = leftOf(direction(a, b));
    const [left, right] = [asideMetres, -asideMetres].map((metres) =>
      zoneAt(zones, 'community', add(middle, aside, metres)),
    );
    const led = [asideMetres, -asideMetres].some(
      (metres) => zoneAt(zones, 'bureau', add(middle, aside, metres)) !== null,
    );
    const toCm = i === road.points.length - 1 ? road.lengthCm : Math.round(road.measures[i] as number);
    const before = runs.at(-1);
    if (before !== undefined && before.left === left && before.right === right && before.led === led)
      before.toCm = toCm;
    else runs.push({ fromCm: before?.toCm ?? 0, toCm, left: left ?? null, right: right ?? null, led });
  }
  return runs;
}
