/** The road network in quiet grey, under whatever the mode lays on it, and the names of the roads above everything. */
import VectorTileLayer from 'ol/layer/VectorTile.js';
import { byZoom, fromZoom } from '../map/by-zoom.ts';
import { mapFont } from '../map/font.ts';
import { tileSource } from '../map/tile-source.ts';
import { order, type MapLayer } from './layer.ts';
import type { RoadClass } from '../../api/http/shapes.ts';

/** Width of the fill in pixels at zooms 10, 13, 16, 19. Shared, so that what lies on a road covers it exactly. */
const widths: Record<RoadClass, [number, number, number, number]> = {
  main: [1.6, 3.6, 9, 30],
  secondary: [1.0, 2.6, 7, 24],
  branch: [0.5, 1.6, 5, 17],
  alley: [0.3, 0.9, 3.2, 11],
  service: [0.3, 0.9, 3.2, 11],
  path: [0.3, 0.7, 2.0, 6],
  other: [0.3, 0.9, 3.0, 10],
};

export function roadWidth(roadClass: RoadClass, extra = 0): unknown[] {
  const [z10, z13, z16, z19] = widths[roadClass];
  return byZoom({ 10: z10 + extra * 0.5, 13: z13 + extra * 0.8, 16: z16 + extra, 19: z19 + extra * 1.4 });
}

/** The width by the feature's own class. */
export function widthByClass(extra = 0): unknown[] {
  const cases = (Object.keys(widths) as RoadClass[]).flatMap((one) => [one, roadWidth(one, extra)]);
  return ['match', ['get', 'class'], ...cases, roadWidth('other', extra)];
}

const rankByClass = ['match', ['get', 'class'], 'main', 6, 'secondary', 5, 'branch', 4, 'alley', 3, 'service', 2, 1];
const casing = ['match', ['get', 'class'], 'main', '#b9b0a0', 'secondary', '#c2baab', '#cdc6b8'];
const fill = ['match', ['get', 'class'], 'main', '#fffdf7', 'secondary', '#fffefa', '#ffffff'];

/** From which zoom a class carries its name. */
const named = [
  'any',
  ['all', ['==', ['get', 'class'], 'main'], fromZoom(12.2)],
  ['all', ['==', ['get', 'class'], 'secondary'], fromZoom(13.2)],
  ['all', ['==', ['get', 'class'], 'branch'], fromZoom(14.4)],
  fromZoom(15.6),
];

export function roadsLayer(): MapLayer & { names: VectorTileLayer } {
  const tiles = tileSource('roads');
  const lines = new VectorTileLayer({
    source: tiles.source,
    zIndex: order.roads,
    style: [
      {
        filter: ['==', ['get', 'class'], 'path'],
        style: {
          'stroke-color': '#b8ae9c',
          'stroke-width': byZoom({ 13: 0.6, 16: 1.6, 19: 3 }),
          'stroke-line-dash': [4, 3],
          'z-index': 1,
        },
      },
      {
        else: true,
        style: [
          {
            'stroke-color': casing,
            'stroke-width': widthByClass(1.6),
            'stroke-line-cap': 'round',
            'z-index': ['+', ['*', ['number', ['get', 'layer'], 0], 20], rankByClass],
          },
          {
            'stroke-color': ['case', ['==', ['get', 'status'], 'handed_over'], fill, '#ebe5da'],
            'stroke-width': widthByClass(),
            'stroke-line-cap': 'round',
            'z-index': ['+', ['+', ['*', ['number', ['get', 'layer'], 0], 20], rankByClass], 8],
          },
        ],
      },
    ],
  });
  const names = new VectorTileLayer({
    source: tiles.source,
    zIndex: order.names,
    declutter: 'names',
    renderMode: 'vector',
    style: [
      {
        filter: ['all', ['has', 'name'], named],
        style: {
          'text-value': ['string', ['get', 'name'], ''],
          'text-font': ['match', ['get', 'class'], 'main', mapFont(13, '500'), 'secondary', mapFont(12), mapFont(11)],
          'text-placement': 'line',
          'text-repeat': 420,
          'text-max-angle': 0.6,
          'text-padding': [3, 6, 3, 6],
          'text-fill-color': ['match', ['get', 'class'], 'main', '#3b3a36', 'secondary', '#46443f', '#5d5a53'],
          'text-stroke-color': '#fffefaee',
          'text-stroke-width': 3,
          'z-index': ['*', rankByClass, -1],
        },
      },
    ],
  });
  return {
    layers: [lines, names],
    names,
    refresh: tiles.refresh,
    legend: [
      { swatch: { shape: 'line', colour: '#ffffff', casing: '#b9b0a0', width: 6 }, words: (m) => m.roadClass.main },
      {
        swatch: { shape: 'line', colour: '#ffffff', casing: '#c2baab', width: 4 },
        words: (m) => m.roadClass.secondary,
      },
      { swatch: { shape: 'line', colour: '#ffffff', casing: '#cdc6b8', width: 2 }, words: (m) => m.legend.smallRoads },
    ],
  };
}
