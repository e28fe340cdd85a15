/** What the pointer rests on and what is being worked at: the picked road, the stretch, its handles, candidates of a report. */
import Feature from 'ol/Feature.js';
import type Geometry from 'ol/geom/Geometry.js';
import Circle from 'ol/geom/Circle.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat, getPointResolution } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import { aside, byZoom } from '../map/by-zoom.ts';
import type { GapKind } from '../../api/coverage/coverage.contract.ts';
import { onMap, type AnyGeometry } from '../map/any-geometry.ts';
import { azurite, cinnabar, gapColours, ink } from '../map/colours.ts';
import type { Position } from '../road/measured-line.ts';
import { order, type MapLayer } from './layer.ts';

/** Each kind has its own look. `handle` has an `end` (from, to). */
export type Drawn =
  | { kind: 'road' | 'stretch' | 'hover'; line: readonly (readonly number[])[]; sides?: string }
  | { kind: 'hover'; shape: AnyGeometry; sides?: string | null }
  | { kind: 'gap'; shape: AnyGeometry; sides?: string | null; lacks: GapKind }
  | { kind: 'handle'; place: Position; end: 'from' | 'to' }
  | { kind: 'place'; place: Position; accuracy_m?: number }
  | { kind: 'candidate'; place: Position; from: Position; first: boolean }
  | { kind: 'issue'; place: Position };

export type SelectionLayer = MapLayer & {
  /** Replaces what is drawn under a name, so that several parts of a mode do not disturb each other. */
  draw: (name: string, things: readonly Drawn[]) => void;
  clear: () => void;
  handles: VectorLayer;
};

const offset = aside({ 13: 2, 16: 4, 19: 10 });
/** The gap looked at keeps the colour of its kind. */
const ofKind = (alpha = ''): unknown[] => [
  'match',
  ['get', 'lacks'],
  ...Object.entries(gapColours).flatMap(([one, colour]) => [one, `${colour}${alpha}`]),
  `${cinnabar}${alpha}`,
];
const kind = (one: string): unknown[] => ['==', ['get', 'kind'], one];

export function selectionLayer(): SelectionLayer {
  const source = new VectorSource<Feature<Geometry>>();
  const handleSource = new VectorSource<Feature<Geometry>>();
  const layer = new VectorLayer({
    source,
    zIndex: order.selection,
    updateWhileAnimating: true,
    updateWhileInteracting: true,
    style: [
      {
        filter: kind('road'),
        style: [
          {
            'stroke-color': '#ffffffd9',
            'stroke-width': byZoom({ 10: 5, 13: 8, 16: 15, 19: 36 }),
            'z-index': 1,
          },
          {
            'stroke-color': `${azurite}66`,
            'stroke-width': byZoom({ 10: 3, 13: 5, 16: 11, 19: 30 }),
            'z-index': 2,
          },
        ],
      },
      {
        filter: kind('stretch'),
        style: [
          {
            'stroke-color': '#ffffff',
            'stroke-width': byZoom({ 10: 5, 13: 7.5, 16: 11, 19: 18 }),
            'stroke-offset': offset,
            'stroke-line-cap': 'butt',
            'z-index': 3,
          },
          {
            'stroke-color': azurite,
            'stroke-width': byZoom({ 10: 3, 13: 5, 16: 7.5, 19: 13 }),
            'stroke-offset': offset,
            'stroke-line-cap': 'butt',
            'z-index': 4,
          },
        ],
      },
      {
        filter: kind('hover'),
        style: [
          {
            'stroke-color': '#ffffff',
            'stroke-width': byZoom({ 10: 5, 13: 8, 16: 12, 19: 22 }),
            'stroke-offset': offset,
            'stroke-line-cap': 'butt',
            'z-index': 8,
          },
          {
            'stroke-color': ink,
            'stroke-width': byZoom({ 10: 3, 13: 5, 16: 8, 19: 16 }),
            'stroke-offset': offset,
            'stroke-line-cap': 'butt',
            'circle-radius': 9,
            'circle-fill-color': '#1b283133',
            'circle-stroke-color': ink,
            'circle-stroke-width': 3,
            'z-index': 9,
          },
        ],
      },
      {
        filter: kind('gap'),
        style: [
          {
            'stroke-color': ofKind('40'),
            'stroke-width': byZoom({ 10: 14, 13: 18, 16: 26, 19: 40 }),
            'stroke-offset': offset,
            'z-index': 5,
          },
          {
            'stroke-color': '#ffffff',
            'stroke-width': byZoom({ 10: 6, 13: 8, 16: 12, 19: 22 }),
            'stroke-offset': offset,
            'z-index': 6,
          },
          {
            'stroke-color': ofKind(),
            'stroke-width': byZoom({ 10: 3.4, 13: 5, 16: 8, 19: 16 }),
            'stroke-offset': offset,
            'circle-radius': 11,
            'fill-color': ofKind('30'),
            'circle-fill-color': ofKind('40'),
            'circle-stroke-color': ofKind(),
            'circle-stroke-width': 3,
            'z-index': 7,
          },
        ],
      },
      {
        filter: kind('accuracy'),
        style: {
          'fill-color': '#1f5f8b1f',
          'stroke-color': '#1f5f8b99',
          'stroke-width': 1,
          'stroke-line-dash': [4, 3],
        },
      },
      {
        filter: kind('tie'),
        style: {
          'stroke-color': ['case', ['get', 'first'], azurite, '#5d6b76'],
          'stroke-width': 1.4,
          'stroke-line-dash': [3, 3],
        },
      },
      {
        filter: kind('candidate'),
        style: {
          'circle-radius': ['case', ['get', 'first'], 5.5, 4.5],
          'circle-fill-color': ['case', ['get', 'first'], azurite, '#5d6b76'],
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 1.6,
          'z-index': 11,
        },
      },
      {
        filter: kind('place'),
        style: [
          {
            'circle-radius': 8,
            'circle-fill-color': '#ffffff',
            'circle-stroke-color': ink,
            'circle-stroke-width': 2.2,
            'z-index': 12,
          },
          { 'circle-radius': 3, 'circle-fill-color': cinnabar, 'z-index': 13 },
        ],
      },
      {
        filter: kind('issue'),
        style: {
          'circle-radius': 12,
          'circle-fill-color': '#1f5f8b22',
          'circle-stroke-color': ink,
          'circle-stroke-width': 2.4,
          'z-index': 12,
        },
      },
    ],
  });
  const handles = new VectorLayer({
    source: handleSource,
    zIndex: order.handles,
    updateWhileAnimating: true,
    updateWhileInteracting: true,
    style: [
      {
        style: [
          { 'circle-radius': 9.5, 'circle-fill-color': '#0d2a3e3d', 'circle-displacement': [0, -1.5], 'z-index': 1 },
          {
            'circle-radius': 8.5,
            'circle-fill-color': '#ffffff',
            'circle-stroke-color': azurite,
            'circle-stroke-width': 3,
            'z-index': 2,
          },
          { 'circle-radius': 2.5, 'circle-fill-color': azurite, 'z-index': 3 },
        ],
      },
    ],
  });
  const drawn = new Map<string, Feature<Geometry>[]>();
  const draw: SelectionLayer['draw'] = (name, things) => {
    const before = drawn.get(name) ?? [];
    for (const feature of before) (feature.get('kind') === 'handle' ? handleSource : source).removeFeature(feature);
    const features = things.flatMap(featuresOf);
    drawn.set(name, features);
    source.addFeatures(features.filter((feature) => feature.get('kind') !== 'handle'));
    handleSource.addFeatures(features.filter((feature) => feature.get('kind') === 'handle'));
  };
  return {
    layers: [layer, handles],
    handles,
    legend: [],
    draw,
    clear() {
      drawn.clear();
      source.clear();
      handleSource.clear();
    },
  };
}

function featuresOf(thing: Drawn): Feature<Geometry>[] {
  if ('line' in thing) {
    const geometry = new LineString(thing.line.map((position) => fromLonLat([position[0]!, position[1]!])));
    return [new Feature({ geometry, kind: thing.kind, sides: thing.sides ?? 'both' })];
  }
  if ('shape' in thing) return [new Feature({ ...thing, geometry: onMap(thing.shape), sides: thing.sides ?? 'both' })];
  const at = fromLonLat(thing.place);
  const marks = [new Feature<Geometry>({ ...thing, geometry: new Point(at) })];
  if (thing.kind === 'place' && thing.accuracy_m) {
    // A metre on the ground is more than one in Mercator.
    const radius = thing.accuracy_m / getPointResolution('EPSG:3857', 1, at);
    marks.push(new Feature<Geometry>({ kind: 'accuracy', geometry: new Circle(at, radius) }));
  }
  if (thing.kind === 'candidate') {
    marks.push(
      new Feature<Geometry>({
        kind: 'tie',
        first: thing.first,
        geometry: new LineString([fromLonLat(thing.from), at]),
      }),
    );
  }
  return marks;
}
