/** What opened, closed and stayed between two dates: missing is cinnabar, mended is azurite, what stayed steps back. */
import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import type { CoverageChanges } from '../../api/coverage/coverage.contract.ts';
import { onMap } from '../map/any-geometry.ts';
import { byZoom } from '../map/by-zoom.ts';
import { changeColours } from '../map/colours.ts';
import { order, type MapLayer } from './layer.ts';

type Change = CoverageChanges['features'][number];

export type ChangesLayer = MapLayer & {
  showOnly: (changes: readonly Change[]) => void;
};

const change = (one: keyof typeof changeColours, width: number, z: number): object => ({
  filter: ['==', ['get', 'change'], one],
  style: [
    {
      'stroke-color': '#ffffffd0',
      'stroke-width': byZoom({ 10: 2 * width, 16: 3 * width, 19: 6 * width }),
      'z-index': z,
    },
    {
      'stroke-color': changeColours[one],
      'stroke-width': byZoom({ 10: width, 16: 2 * width, 19: 4.6 * width }),
      ...(one === 'still' && { 'stroke-line-dash': [6, 4] }),
      'fill-color': `${changeColours[one]}38`,
      'circle-radius': byZoom({ 10: 3, 16: 7 }),
      'circle-fill-color': changeColours[one],
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1.6,
      'z-index': z + 1,
    },
  ],
});

export function changesLayer(): ChangesLayer {
  const source = new VectorSource<Feature>();
  const layer = new VectorLayer({
    source,
    zIndex: order.gaps,
    style: [change('still', 1.4, 1), change('closed', 2.2, 3), change('opened', 2.2, 5)],
  });
  const line = (one: keyof typeof changeColours, dash?: string) => ({
    swatch: { shape: 'line' as const, colour: changeColours[one], width: 4, dash },
    words: (m: Parameters<MapLayer['legend'][number]['words']>[0]) => m.coverage.change[one],
  });
  return {
    layers: [layer],
    legend: [line('opened'), line('closed'), line('still', '5 3')],
    showOnly(changes) {
      source.clear();
      source.addFeatures(
        changes.map(
          ({ geometry, properties }, index) =>
            new Feature({ geometry: onMap(geometry), change: properties.change, index }),
        ),
      );
    },
  };
}
