/** One patrol: its passes, the raw track as a thin line with its fixes as dots, and where it was at the chosen second. */
import Feature from 'ol/Feature.js';
import type Geometry from 'ol/geom/Geometry.js';
import LineString from 'ol/geom/LineString.js';
import MultiPoint from 'ol/geom/MultiPoint.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import { byZoom, fromZoom } from '../map/by-zoom.ts';
import { ink } from '../map/colours.ts';
import { thinned, type Pass, type Walk } from '../patrol/walk.ts';
import type { Position } from '../road/measured-line.ts';
import { order, type MapLayer } from './layer.ts';
import { passStyle } from './passes.ts';

export type PatrolLayer = MapLayer & {
  passes: VectorLayer;
  show: (walk: Walk | null) => void;
  /** The marker and the pass it is on; null takes them away. */
  stand: (place: Position | null, pass: Pass | null) => void;
};

/** More dots than a screen has room for tell nothing, and each is drawn sixty times a second while it plays. */
const mostDots = 3000;
const trackColour = '#5b4a8f';
const kind = (one: string): unknown[] => ['==', ['get', 'kind'], one];

export function patrolLayer(): PatrolLayer {
  const passSource = new VectorSource<Feature<Geometry>>();
  const passes = new VectorLayer({ source: passSource, zIndex: order.patrol, style: passStyle(1.5) });
  const trackSource = new VectorSource<Feature<Geometry>>();
  const track = new VectorLayer({
    source: trackSource,
    zIndex: order.patrol + 1,
    style: [
      {
        filter: kind('track'),
        style: [
          { 'stroke-color': '#ffffffa6', 'stroke-width': 2.6, 'z-index': 1 },
          { 'stroke-color': trackColour, 'stroke-width': 1.1, 'z-index': 2 },
        ],
      },
      {
        filter: ['all', kind('fixes'), fromZoom(15.2)],
        style: {
          'circle-radius': byZoom({ 15: 1.3, 17: 2.4, 19: 3.4 }),
          'circle-fill-color': trackColour,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 0.7,
          'z-index': 3,
        },
      },
    ],
  });
  const nowSource = new VectorSource<Feature<Geometry>>();
  // Under the passes, so that the one it is on keeps its colour, and the marker over everything, names included.
  const halo = new VectorLayer({
    source: nowSource,
    zIndex: order.patrol - 1,
    updateWhileAnimating: true,
    updateWhileInteracting: true,
    style: [
      {
        filter: kind('pass'),
        style: {
          'stroke-color': `${ink}b3`,
          'stroke-width': byZoom({ 10: 5, 13: 9.5, 16: 16, 19: 27 }),
          'stroke-line-cap': 'round',
        },
      },
    ],
  });
  const marker = new VectorLayer({
    source: nowSource,
    zIndex: order.handles,
    updateWhileAnimating: true,
    updateWhileInteracting: true,
    style: [
      {
        filter: kind('marker'),
        style: [
          {
            'circle-radius': 9,
            'circle-fill-color': '#ffffff',
            'circle-stroke-color': ink,
            'circle-stroke-width': 2.4,
          },
          { 'circle-radius': 4, 'circle-fill-color': trackColour, 'z-index': 5 },
        ],
      },
    ],
  });
  const line = (positions: readonly (readonly number[])[], properties: object): Feature<Geometry> =>
    new Feature<Geometry>({ geometry: new LineString(positions.map(projected)), ...properties });
  return {
    layers: [halo, passes, track, marker],
    passes,
    legend: [{ swatch: { shape: 'line', colour: trackColour, width: 1.4 }, words: (m) => m.legend.track }],
    show(walk) {
      passSource.clear();
      trackSource.clear();
      if (!walk) return nowSource.clear();
      passSource.addFeatures(
        walk.passes.map((one) =>
          line(one.line, { index: one.index, confidence: one.confidence, credited: one.credited }),
        ),
      );
      if (walk.places.length > 1) trackSource.addFeature(line(walk.places, { kind: 'track' }));
      const dots = thinned(walk.places, mostDots).map(projected);
      trackSource.addFeature(new Feature<Geometry>({ geometry: new MultiPoint(dots), kind: 'fixes' }));
    },
    stand(place, pass) {
      nowSource.clear();
      if (pass) nowSource.addFeature(line(pass.line, { kind: 'pass' }));
      if (place) nowSource.addFeature(new Feature<Geometry>({ geometry: new Point(projected(place)), kind: 'marker' }));
    },
  };
}

const projected = (position: readonly number[]): number[] => fromLonLat([position[0]!, position[1]!]);
