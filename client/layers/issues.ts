/** Issues as dots, the colour saying how far each one got, the ring whether its road is certain. */
import VectorTileLayer from 'ol/layer/VectorTile.js';
import type { Messages } from '../i18n/zh.ts';
import { byZoom } from '../map/by-zoom.ts';
import { statusColours } from '../map/colours.ts';
import { tileSource } from '../map/tile-source.ts';
import { statuses } from '../state/state.ts';
import { order, type MapLayer } from './layer.ts';

export type IssuesLayer = MapLayer & {
  dots: VectorTileLayer;
  filter: (query: Record<string, string | number | null>) => void;
};

export function issuesLayer(): IssuesLayer {
  const tiles = tileSource('issues');
  const colour = ['match', ['get', 'status'], ...statuses.flatMap((one) => [one, statusColours[one]]), '#777'];
  const done = ['in', ['get', 'status'], ['literal', ['closed', 'void']]];
  const certain = ['in', ['get', 'verdict'], ['literal', ['matched', 'chosen']]];
  const dots = new VectorTileLayer({
    source: tiles.source,
    zIndex: order.issues,
    renderBuffer: 20,
    style: [
      {
        style: {
          'circle-radius': byZoom({ 10: 1.6, 13: 3, 16: 6, 19: 8 }),
          'circle-fill-color': colour,
          'circle-stroke-color': ['case', ['any', certain, done], '#ffffff', '#1b2831'],
          'circle-stroke-width': byZoom({ 10: 0.3, 13: 0.8, 16: 1.6 }),
          // What is still open lies above what is done.
          'z-index': ['match', ['get', 'status'], 'void', 0, 'closed', 1, 'resolved', 2, 3],
        },
      },
    ],
  });
  return {
    layers: [dots],
    dots,
    refresh: tiles.refresh,
    filter: tiles.filter,
    legend: [
      ...statuses.map((one) => ({
        swatch: { shape: 'dot' as const, colour: statusColours[one] },
        words: (m: Messages) => m.status[one],
      })),
      { swatch: { shape: 'dot', colour: '#ffffff', ring: '#1b2831' }, words: (m) => m.legend.uncertain },
    ],
  };
}
