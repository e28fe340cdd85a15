/** The quiet base map: water, green and buildings, drawn on paper. It needs no tile server; a district without the files has plain paper. */
import GeoJSON from 'ol/format/GeoJSON.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import { byZoom } from '../map/by-zoom.ts';
import { green, water, waterEdge } from '../map/colours.ts';
import { mapFont } from '../map/font.ts';
import { order, type MapLayer } from './layer.ts';

/** `drawn` false: a district of one's own, to which the demo district's water does not belong. */
export function groundLayer(drawn: boolean): MapLayer {
  const greens = new VectorLayer({
    source: ground('green', drawn),
    zIndex: order.green,
    style: [
      { style: { 'fill-color': green } },
      {
        filter: ['all', ['has', 'name'], ['<=', ['resolution'], 10]],
        style: {
          'text-value': ['string', ['get', 'name'], ''],
          'text-font': mapFont(11),
          'text-fill-color': '#5d7a4e',
          'text-stroke-color': '#eef3e6',
          'text-stroke-width': 2.5,
          'text-overflow': false,
        },
      },
    ],
    declutter: 'names',
  });
  const waters = new VectorLayer({
    source: ground('water', drawn),
    zIndex: order.water,
    style: [
      {
        filter: ['!=', ['geometry-type'], 'LineString'],
        style: {
          'fill-color': water,
          'stroke-color': waterEdge,
          'stroke-width': byZoom({ 10: 0.4, 16: 1.2 }),
        },
      },
      {
        filter: ['==', ['geometry-type'], 'LineString'],
        style: {
          'stroke-color': water,
          'stroke-width': byZoom({ 10: 1, 16: 8 }),
        },
      },
      {
        filter: ['all', ['has', 'name'], ['<=', ['resolution'], 40]],
        style: {
          'text-value': ['string', ['get', 'name'], ''],
          'text-font': mapFont(12, 'italic'),
          'text-fill-color': '#3f7288',
          'text-stroke-color': '#e3eff3',
          'text-stroke-width': 2.5,
          'text-overflow': true,
        },
      },
    ],
    declutter: 'names',
  });
  const buildings = new VectorLayer({
    source: ground('buildings', drawn),
    zIndex: order.buildings,
    minZoom: 13.6,
    style: [
      {
        style: {
          'fill-color': '#e9e3d8',
          'stroke-color': '#d9d1c3',
          'stroke-width': byZoom({ 14: 0.3, 17: 1 }),
        },
      },
    ],
  });
  return {
    layers: [greens, waters, buildings],
    legend: [
      { swatch: { shape: 'area', colour: water, edge: waterEdge }, words: (m) => m.legend.water },
      { swatch: { shape: 'area', colour: green }, words: (m) => m.legend.green },
    ],
  };
}

/** A missing file (404) is a district without that layer, not a fault. */
function ground(name: 'water' | 'green' | 'buildings', drawn: boolean): VectorSource {
  const format = new GeoJSON();
  const source = new VectorSource();
  if (!drawn) return source;
  void fetch(`/base/${name}.geojson`)
    .then((response) => (response.ok ? response.json() : null))
    .then((collection: object | null) => {
      if (collection) source.addFeatures(format.readFeatures(collection, { featureProjection: 'EPSG:3857' }));
    })
    .catch(() => {});
  return source;
}
