/** Segments on which issues recur, the thicker and darker the more per 100 m. */
import Feature from 'ol/Feature.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import type { HotspotList } from '../../api/hotspots/hotspots.contract.ts';
import { byZoom } from '../map/by-zoom.ts';
import { heatRamp } from '../map/colours.ts';
import { order, type MapLayer } from './layer.ts';

/** So many carry their number in the list. */
const ranked = 10;

export type HotspotsLayer = MapLayer & { layer: VectorLayer; show: (list: HotspotList) => void };

export function hotspotsLayer(): HotspotsLayer {
  const source = new VectorSource<Feature>();
  const places = new VectorSource<Feature>();
  const colour = ['interpolate', ['linear'], ['get', 'share'], 0, '#c39468', 0.5, '#8f2a1a', 1, heatRamp[5]];
  const layer = new VectorLayer({
    source,
    zIndex: order.hotspots,
    style: [
      {
        style: [
          {
            'stroke-color': '#ffffffb0',
            'stroke-width': byZoom({ 10: 2.2, 13: 3.4, 16: 6, 19: 12 }),
            'z-index': 1,
          },
          {
            'stroke-color': colour,
            'stroke-width': byZoom({ 10: 1.2, 13: 1.9, 16: 3.6, 19: 8 }),
            'z-index': 2,
          },
        ],
      },
    ],
  });
  const ranks = new VectorLayer({
    source: places,
    zIndex: order.ranks,
    style: [
      {
        style: {
          'circle-radius': 9,
          'circle-fill-color': '#6d1020',
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 1.5,
          'text-value': ['get', 'rank'],
          'text-font': '600 11px system-ui, sans-serif',
          'text-fill-color': '#ffffff',
          'z-index': ['*', -1, ['get', 'index']],
        },
      },
    ],
  });
  const format = new GeoJSON<Feature>({ featureClass: Feature });
  return {
    layers: [layer, ranks],
    layer,
    legend: [{ swatch: { shape: 'line', colour: heatRamp[4]!, width: 5 }, words: (m) => m.legend.hotspots }],
    show(list) {
      source.clear();
      const most = Math.max(1, ...list.features.map(({ properties }) => properties.issues));
      const features = format.readFeatures(list, { featureProjection: 'EPSG:3857' });
      features.forEach((feature, i) => feature.set('share', list.features[i]!.properties.issues / most));
      source.addFeatures(features);
      places.clear();
      places.addFeatures(
        features.slice(0, ranked).map((feature, index) => {
          const middle = (feature.getGeometry() as LineString).getCoordinateAt(0.5);
          return new Feature({ geometry: new Point(middle), rank: String(index + 1), index });
        }),
      );
    },
  };
}
