/** Where issues crowd: a planar heat map of counted cells. */
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import Heatmap from 'ol/layer/Heatmap.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import type { Heat } from '../../api/hotspots/hotspots.contract.ts';
import { heatRamp } from '../map/colours.ts';
import { resolutionAt } from '../map/by-zoom.ts';
import { order, type MapLayer } from './layer.ts';

export type HeatLayer = MapLayer & {
  layer: Heatmap;
  show: (heat: Heat) => void;
  scaleTo: (resolution: number) => void;
};

/** A hot spot is some 120 m of street: the kernel keeps to that on the ground, so zooming in shows more, not just larger. */
const reach_m = 150;

export function heatLayer(): HeatLayer {
  const source = new VectorSource<Feature<Point>>();
  const layer = new Heatmap<Feature<Point>>({
    source,
    zIndex: order.heat,
    gradient: heatRamp,
    opacity: 0.82,
    weight: (feature) => feature.get('weight') as number,
  });
  return {
    layers: [layer],
    layer,
    legend: [
      { swatch: { shape: 'ramp', colours: heatRamp.slice(1), low: 'few', high: 'many' }, words: (m) => m.legend.heat },
    ],
    show(heat) {
      source.clear();
      source.addFeatures(
        heat.cells.map(([lon, lat, issues]) => {
          // A cell of ten is to stand out without drowning a cell of three.
          const weight = 0.16 + 0.84 * Math.sqrt(issues / Math.max(heat.busiest, 1));
          return new Feature({ geometry: new Point(fromLonLat([lon, lat])), weight });
        }),
      );
    },
    scaleTo(resolution) {
      const pixels = reach_m / resolution / 2;
      const radius = Math.min(Math.max(pixels, 5), 34);
      layer.setRadius(radius);
      layer.setBlur(radius * (resolution > resolutionAt(12) ? 1.6 : 1.3));
    },
  };
}
