/** Stretches that lack a required role: cinnabar, above everything that lies on the road. */
import type VectorTileSource from 'ol/source/VectorTile.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorSource from 'ol/source/Vector.js';
import type { Gap } from '../../api/coverage/coverage.contract.ts';
import type { RoadClass, Role } from '../../api/http/shapes.ts';
import { aside, byZoom } from '../map/by-zoom.ts';
import { cinnabar } from '../map/colours.ts';
import { tileSource } from '../map/tile-source.ts';
import { gapKey } from '../state/gap-key.ts';
import { order, type MapLayer } from './layer.ts';

export type GapFilters = { role: Role | null; class?: RoadClass | null; zone_id?: number | null };

export type GapsLayer = MapLayer & {
  source: VectorTileSource;
  /** From the tiles, which show now. */
  showAll: (filters: GapFilters) => void;
  /** Exactly these: a day in the past, which tiles cannot answer. */
  showOnly: (gaps: readonly Gap[]) => void;
};

const offset = aside({ 10: 0.6, 13: 1, 16: 3, 19: 8 });

/** As wide as it takes to be seen, wider where the road matters more. */
function widthOf(casing: number): unknown[] {
  const at = (z10: number, z13: number, z16: number, z19: number): unknown[] =>
    byZoom({ 10: z10 + casing * 0.2, 13: z13 + casing * 0.8, 16: z16 + casing, 19: z19 + casing * 2 });
  return [
    'match',
    ['get', 'class'],
    'main',
    at(1.3, 3, 6.5, 16),
    'secondary',
    at(1, 2.5, 5.5, 14),
    at(0.6, 1.8, 4, 10),
  ];
}

const style = [
  {
    style: [
      {
        'stroke-color': '#ffffffd0',
        'stroke-width': widthOf(2.2),
        'stroke-offset': offset,
        'stroke-line-cap': 'butt',
        'z-index': 1,
      },
      {
        'stroke-color': cinnabar,
        'stroke-width': widthOf(0),
        'stroke-offset': offset,
        'stroke-line-cap': 'butt',
        'z-index': 2,
      },
    ],
  },
];

export function gapsLayer(): GapsLayer {
  const tiles = tileSource('gaps');
  const all = new VectorTileLayer({ source: tiles.source, zIndex: order.gaps, style });
  const some = new VectorSource();
  const only = new VectorLayer({ source: some, zIndex: order.gaps, style, visible: false });
  const format = new GeoJSON();
  return {
    layers: [all, only],
    source: tiles.source,
    refresh: tiles.refresh,
    legend: [{ swatch: { shape: 'line', colour: cinnabar, width: 4 }, words: (m) => m.legend.gap }],
    showAll(filters) {
      tiles.filter(filters);
      all.setVisible(true);
      only.setVisible(false);
    },
    showOnly(gaps) {
      some.clear();
      some.addFeatures(
        gaps.map((gap) => {
          const feature = format.readFeature(gap, { featureProjection: 'EPSG:3857' });
          if (Array.isArray(feature)) throw new Error('one gap is one feature');
          feature.set('key', gapKey(gap.properties));
          return feature;
        }),
      );
      all.setVisible(false);
      only.setVisible(true);
    },
  };
}
