/** The picked road with everything the map, the strip and the form read from it, put together once. */
import type { Road } from '../../api/roads/roads.contract.ts';
import type { Segment } from '../../api/segments/segments.contract.ts';
import { crossingsOf, type Crossing } from './crossings.ts';
import { measuredLine, type MeasuredLine } from './measured-line.ts';
import { stripOf, type Strip } from './strip-of.ts';
import { watchAnswer } from '../requests/answers.ts';
import { roadPath, roadsPath, segmentsPath } from '../requests/paths.ts';
import type { Problem } from '../requests/send.ts';
import { createStore, type Store } from '../state/store.ts';
import type { State } from '../state/state.ts';

export type RoadAtHand = {
  id: number;
  road: Road | null;
  line: MeasuredLine | null;
  strip: Strip | null;
  crossings: Crossing[];
  problem: Problem | undefined;
};

export const roadAtHand = createStore<RoadAtHand | null>(null);

/** A road has seldom more than 40 segments; a ring road through every community some hundreds. */
const mostSegments = 5000;
const mostNeighbours = 1000;

export function followPickedRoad(store: Store<State>): void {
  let stops: (() => void)[] = [];
  const follow = ({ plan: { road: id }, at }: State): void => {
    for (const stop of stops) stop();
    stops = [];
    if (id === null) return roadAtHand.update(() => null);
    const change = (part: Partial<RoadAtHand>): void =>
      roadAtHand.update((before) => (before?.id === id ? { ...before, ...part } : before));
    roadAtHand.update((before) =>
      before?.id === id ? before : { id, road: null, line: null, strip: null, crossings: [], problem: undefined },
    );
    let neighbours: (() => void) | null = null;
    stops.push(
      watchAnswer(roadPath(id), ({ value: road, problem }) => {
        if (!road) return change({ problem });
        const line = measuredLine(road.geometry.coordinates, road.properties.length_m);
        change({ road, line, problem: undefined });
        neighbours ??= watchAnswer(roadsPath({ bbox: around(road).join(','), limit: mostNeighbours }), ({ value }) => {
          if (value) change({ crossings: crossingsOf(road, line, value.features) });
        });
      }),
      watchAnswer(segmentsPath({ road_id: id, at, limit: mostSegments }), ({ value, problem }) => {
        if (value) change({ strip: stripOf(value.features as Segment[]) });
        else if (problem) change({ problem });
      }),
      () => neighbours?.(),
    );
  };
  follow(store.get());
  store.watch((now, before) => {
    if (now.plan.road !== before.plan.road || now.at !== before.at) follow(now);
  });
}

/** The road's box with a margin of some 5 m, so that what only touches it is found. */
function around({ geometry: { coordinates } }: Road): [number, number, number, number] {
  const lons = coordinates.map(([lon]) => lon);
  const lats = coordinates.map(([, lat]) => lat);
  const margin = 0.00005;
  return [
    Math.min(...lons) - margin,
    Math.min(...lats) - margin,
    Math.max(...lons) + margin,
    Math.max(...lats) + margin,
  ].map((degrees) => Number(degrees.toFixed(6))) as [number, number, number, number];
}
