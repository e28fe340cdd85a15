import { pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, leftOf } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { keyPoints } from '../plan/key-points.ts';
import type { KeyPoint } from '../plan/key-points.ts';
import { toWgs84 } from '../plan/place.ts';
import type { Road } from '../streets/finished-roads.ts';

/** A key point where it stands beside its road. */
export interface PlacedKeyPoint extends KeyPoint {
  /** Number of its road, and where along it, in metres. */
  onRoad: number;
  along: number;
  point: Point;
}

/** A gate stands some metres beside the middle of its street. */
export function placeKeyPoints(roads: readonly Road[], chance: Chance): PlacedKeyPoint[] {
  return keyPoints.map((keyPoint) => {
    const onRoad = roads.findIndex(({ name }) => name === keyPoint.road);
    const road = roads[onRoad];
    if (road === undefined) throw new Error(`${keyPoint.name} needs ${keyPoint.road}`);
    const along = (keyPoint.at * road.lengthCm) / 100;
    const { point, heading } = pointAlong(road.points, along);
    return {
      ...keyPoint,
      onRoad,
      along,
      point: add(point, leftOf(heading), chance.pick([-1, 1]) * chance.between(4, 9)),
    };
  });
}

export function keyPointsCsv(placed: readonly PlacedKeyPoint[]): string {
  const lines = placed.map(({ name, point, reach_m }, i) => {
    return [`K${String(i + 1).padStart(3, '0')}`, name, ...toWgs84(point), reach_m].join(',');
  });
  return ['external_id,name,lon,lat,reach_m', ...lines, ''].join('\n');
}
