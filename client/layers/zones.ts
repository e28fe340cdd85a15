/** Zones: boundaries as surveyors draw them, names in the middle, and a tint that says how well a zone is held. */
import Feature from 'ol/Feature.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorSource from 'ol/source/Vector.js';
import type { Zone } from '../../api/zones/zones.contract.ts';
import { byZoom, fromZoom } from '../map/by-zoom.ts';
import { boundary, bureau, shareSteps } from '../map/colours.ts';
import { mapFont } from '../map/font.ts';
import { tileSource } from '../map/tile-source.ts';
import { order, type MapLayer } from './layer.ts';

export type ZonesLayer = MapLayer & {
  names: VectorLayer;
  nameZones: (zones: readonly Zone[]) => void;
  /** Tints zones by the share held in percent, by zone id; null takes the tint away. */
  tint: (shares: ReadonlyMap<number, number> | null) => void;
};

const level = (one: string): unknown[] => ['==', ['get', 'level'], one];

export function zonesLayer(): ZonesLayer {
  const tiles = tileSource('zones');
  const fills = new VectorTileLayer({ source: tiles.source, zIndex: order.zoneFill, visible: false, style: [] });
  const lines = new VectorTileLayer({
    source: tiles.source,
    zIndex: order.zones,
    style: [
      {
        filter: level('district'),
        style: [
          {
            'stroke-color': '#8f7a9c38',
            'stroke-width': byZoom({ 9: 5, 16: 14 }),
            'z-index': 1,
          },
          { 'stroke-color': '#75607f', 'stroke-width': 1.6, 'stroke-line-dash': [14, 4, 2, 4], 'z-index': 6 },
        ],
      },
      {
        filter: level('town'),
        style: [
          {
            'stroke-color': '#8f7a9c2e',
            'stroke-width': byZoom({ 10: 3, 16: 9 }),
            'z-index': 2,
          },
          { 'stroke-color': boundary, 'stroke-width': 1.2, 'stroke-line-dash': [9, 3, 2, 3], 'z-index': 5 },
        ],
      },
      {
        filter: ['all', level('community'), fromZoom(12.6)],
        style: { 'stroke-color': '#9a8aa6a8', 'stroke-width': 1, 'stroke-line-dash': [2, 3], 'z-index': 3 },
      },
      {
        filter: level('bureau'),
        style: [
          {
            'stroke-color': '#7a4d9e1f',
            'stroke-width': byZoom({ 10: 4, 16: 12 }),
            'z-index': 7,
          },
          { 'stroke-color': bureau, 'stroke-width': 1.6, 'stroke-line-dash': [6, 4], 'z-index': 8 },
        ],
      },
    ],
  });

  const places = new VectorSource();
  const names = new VectorLayer({
    source: places,
    zIndex: order.zoneNames,
    declutter: 'names',
    style: [
      {
        filter: level('town'),
        style: {
          'text-value': ['string', ['get', 'name'], ''],
          'text-font': mapFont(14, '600'),
          'text-fill-color': '#5f4a6b',
          'text-stroke-color': '#fbf9f4e6',
          'text-stroke-width': 4,
          'text-padding': [6, 8, 6, 8],
          'z-index': -20,
        },
      },
      {
        filter: ['all', level('community'), fromZoom(13.4)],
        style: {
          'text-value': ['string', ['get', 'name'], ''],
          'text-font': mapFont(12),
          'text-fill-color': '#7a6885',
          'text-stroke-color': '#fbf9f4e0',
          'text-stroke-width': 3,
          'text-padding': [4, 6, 4, 6],
          'z-index': -10,
        },
      },
    ],
  });

  return {
    layers: [fills, lines, names],
    names,
    refresh: tiles.refresh,
    legend: [
      { swatch: { shape: 'line', colour: boundary, width: 1.5, dash: '8 3 2 3' }, words: (m) => m.zoneLevel.town },
      { swatch: { shape: 'line', colour: '#9a8aa6', width: 1.2, dash: '2 3' }, words: (m) => m.zoneLevel.community },
      { swatch: { shape: 'line', colour: bureau, width: 2, dash: '6 4' }, words: (m) => m.zoneLevel.bureau },
    ],
    nameZones(zones) {
      places.clear();
      places.addFeatures(zones.flatMap(nameOf));
    },
    tint(shares) {
      fills.setVisible(shares !== null);
      if (!shares?.size) return;
      const cases = [...shares].flatMap(([id, share]) => [id, `${shareColour(share)}4d`]);
      fills.setStyle([
        {
          filter: ['in', ['get', 'id'], [...shares.keys()]],
          style: { 'fill-color': ['match', ['get', 'id'], ...cases, '#00000000'] },
        },
      ]);
    },
  };
}

function nameOf({ geometry, properties }: Zone): Feature[] {
  if (!geometry || (properties.level !== 'town' && properties.level !== 'community')) return [];
  const shape = new GeoJSON().readGeometry(geometry, { featureProjection: 'EPSG:3857' }) as MultiPolygon;
  // A zone of several pieces is named once, in its largest.
  const [largest] = shape.getPolygons().sort((a, b) => b.getArea() - a.getArea());
  if (!largest) return [];
  const [x, y] = largest.getInteriorPoint().getCoordinates();
  return [new Feature({ geometry: new Point([x!, y!]), name: properties.name, level: properties.level })];
}

/** Colour of a share held in percent, by the steps that the legend shows. */
export function shareColour(percent: number): string {
  return shareSteps.findLast((step) => percent >= step.from)?.colour ?? shareSteps[0]!.colour;
}
