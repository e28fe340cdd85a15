/** What the layers of blind spots have in common: tiles for now, a list for what tiles cannot answer, and the key of each. */
import type { FeatureLike } from 'ol/Feature.js';
import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorSource from 'ol/source/Vector.js';
import type { RoadClass, Role, Sides } from '../../api/http/shapes.ts';
import { onMap, type AnyGeometry } from '../map/any-geometry.ts';
import { aside, byZoom } from '../map/by-zoom.ts';
import { tileSource } from '../map/tile-source.ts';
import { faultKey, gapKey, placeKey, type NamedGap } from '../state/gap-key.ts';
import { order, type LegendEntry, type MapLayer } from './layer.ts';

export type TileQuery = Record<string, string | number | null>;

/** A gap of the list, or a stretch that a chief still has to walk. */
export type Drawable = {
  geometry: AnyGeometry;
  properties: NamedGap & { fault?: string | null; class: RoadClass | null; road_name: string | null; length_m: number };
};

export type GapLayer = MapLayer & {
  /** From the tiles, which show now. Refused where the server has no such tiles. */
  showAll: (filters: TileQuery) => Promise<void>;
  /** Exactly these: a day in the past, or a filter that tiles do not know. */
  showOnly: (gaps: readonly Drawable[]) => void;
};

export function gapLayer({
  tiles: name,
  style,
  legend,
  zIndex = order.gaps,
}: {
  tiles: string;
  style: object[];
  legend: LegendEntry[];
  zIndex?: number;
}): GapLayer {
  const tiles = tileSource(name);
  const all = new VectorTileLayer({ source: tiles.source, zIndex, style, visible: false });
  const some = new VectorSource<Feature>();
  const only = new VectorLayer({ source: some, zIndex, style, visible: false });
  // Its TileJSON is asked for when it is wanted first: most people never look at most kinds.
  let wanted: Promise<void> | null = null;
  return {
    layers: [all, only],
    legend,
    refresh: () => (wanted ? tiles.refresh() : undefined),
    async showAll(filters) {
      tiles.filter(filters);
      only.setVisible(false);
      all.setVisible(true);
      wanted ??= tiles.refresh();
      try {
        await wanted;
      } catch (cause) {
        wanted = null;
        throw cause;
      }
    },
    showOnly(gaps) {
      some.clear();
      some.addFeatures(gaps.map(featureOf));
      all.setVisible(false);
      only.setVisible(true);
    },
  };
}

/** With the attributes that a tile has. */
function featureOf({ geometry, properties }: Drawable): Feature {
  const { kind, fault, class: roadClass, road_name: name, role, sides, length_m } = properties;
  const key = gapKey(properties);
  const feature = new Feature({ geometry: onMap(geometry), key, kind, fault, role, name, length_m });
  feature.setProperties({ class: roadClass, sides: sides ?? 'both' });
  return feature;
}

/** null where so much is in a tile that what looks alike is one feature. */
export function keyOf(feature: FeatureLike): string | null {
  const key = feature.get('key') as string | undefined;
  if (key !== undefined) return key;
  const id = feature.get('id') as number | undefined;
  if (feature.get('fault') !== undefined) return id === undefined ? null : faultKey(id);
  const road_id = feature.get('road_id') as number | undefined;
  if (road_id === undefined) return null;
  return placeKey({
    role: (feature.get('role') as Role | undefined) ?? null,
    road_id,
    from_m: Number(feature.get('from_m')),
    to_m: Number(feature.get('to_m')),
    sides: feature.get('sides') as Sides,
    duty: (feature.get('duty') as string | undefined) ?? null,
  });
}

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

/** A stretch beside or on its road. With `dash` the kind is told by the line too, not by its colour alone. */
export function stretchStyle(colour: string, dash?: [number, number]): object {
  return {
    style: [
      {
        'stroke-color': '#ffffffd0',
        'stroke-width': widthOf(2.2),
        'stroke-offset': offset,
        'stroke-line-cap': 'butt',
        'z-index': 1,
      },
      {
        'stroke-color': colour,
        'stroke-width': widthOf(0),
        'stroke-offset': offset,
        'stroke-line-cap': 'butt',
        ...(dash && { 'stroke-line-dash': dash }),
        'z-index': 2,
      },
    ],
  };
}
