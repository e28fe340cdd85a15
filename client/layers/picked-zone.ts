/** The zone that is looked at, by its outline: a band under the roads, so that what is missing on a border stays in sight, and a line. */
import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import { onMap, type AnyGeometry } from '../map/any-geometry.ts';
import { byZoom } from '../map/by-zoom.ts';
import { pickedZone } from '../map/colours.ts';
import { order, type MapLayer } from './layer.ts';

export type PickedZoneLayer = MapLayer & { outline: (zone: AnyGeometry | null) => void };

export function pickedZoneLayer(): PickedZoneLayer {
  const source = new VectorSource();
  const band = new VectorLayer({
    source,
    zIndex: order.pickedZone,
    updateWhileAnimating: true,
    style: [
      { style: { 'stroke-color': `${pickedZone}59`, 'stroke-width': byZoom({ 10: 6, 13: 12, 16: 26, 19: 60 }) } },
    ],
  });
  const line = new VectorLayer({
    source,
    zIndex: order.zones + 1,
    updateWhileAnimating: true,
    style: [{ style: { 'stroke-color': pickedZone, 'stroke-width': 2 } }],
  });
  return {
    layers: [band, line],
    legend: [],
    outline(zone) {
      source.clear();
      if (zone) source.addFeature(new Feature(onMap(zone)));
    },
  };
}
