/** Who looks after what: segments coloured by how complete they are, or by who holds one role. */
import GeoJSON from 'ol/format/GeoJSON.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorSource from 'ol/source/Vector.js';
import type { Segment } from '../../api/segments/segments.contract.ts';
import { aside } from '../map/by-zoom.ts';
import { completeness, holderColours } from '../map/colours.ts';
import { tileSource } from '../map/tile-source.ts';
import { roles, type PlanState } from '../state/state.ts';
import { widthByClass } from './roads.ts';
import { order, type LegendEntry, type MapLayer } from './layer.ts';

export type SegmentsLayer = MapLayer & {
  colourBy: (colour: PlanState['colour']) => void;
  /** From the tiles, which show now. */
  showAll: () => void;
  /** Exactly these: a day in the past, which tiles cannot answer. */
  showOnly: (segments: readonly Segment[]) => void;
  /** Steps back while one road is worked at. */
  fade: (faded: boolean) => void;
};

export function segmentsLayer(): SegmentsLayer {
  const tiles = tileSource('segments');
  const layer = new VectorTileLayer({ source: tiles.source, zIndex: order.segments, style: [] });
  const some = new VectorSource();
  const only = new VectorLayer({ source: some, zIndex: order.segments, style: [], visible: false });
  const format = new GeoJSON();
  const legend: LegendEntry[] = [];
  const colourBy = (colour: PlanState['colour']): void => {
    layer.setStyle(styleFor(colour));
    only.setStyle(styleFor(colour));
    legend.splice(0, legend.length, ...legendFor(colour));
  };
  colourBy('complete');
  const show = (tilesShown: boolean, listShown: boolean): void => {
    layer.setVisible(tilesShown);
    only.setVisible(listShown);
  };
  return {
    layers: [layer, only],
    legend,
    refresh: tiles.refresh,
    colourBy,
    showAll: () => show(true, false),
    showOnly(segments) {
      some.clear();
      some.addFeatures(
        format.readFeatures(
          { type: 'FeatureCollection', features: segments.map(likeTile) },
          { featureProjection: 'EPSG:3857' },
        ),
      );
      show(false, true);
    },
    fade(faded) {
      for (const one of [layer, only]) one.setOpacity(faded ? 0.5 : 1);
    },
  };
}

/** With the attributes a tile has: a chief's number per role that is held, and what is missing as one word. */
function likeTile({ type, geometry, properties: { holders, missing, class: roadClass, sides } }: Segment): object {
  const held = Object.entries(holders).flatMap(([role, holder]) => (holder ? [[role, holder.id] as const] : []));
  const lacks = missing.length > 0 ? { missing: missing.join(',') } : {};
  return { type, geometry, properties: { class: roadClass, sides, ...Object.fromEntries(held), ...lacks } };
}

const offset = aside({ 13: 0.7, 16: 1.9, 19: 5.5 });
// Narrower than the road, so that the road's own white edge sets the colour off.
const width = ['*', ['case', ['==', ['get', 'sides'], 'both'], 0.72, 0.4], widthByClass(0.6)];

const nobody = ['all', ...roles.map((role) => ['!', ['has', role]])];

function styleFor(colour: PlanState['colour']): object[] {
  const stroke = { 'stroke-width': width, 'stroke-offset': offset, 'stroke-line-cap': 'butt' };
  if (colour === 'complete') {
    return [
      {
        filter: ['all', ['has', 'missing'], nobody],
        style: { ...stroke, 'stroke-color': completeness.nobody, 'z-index': 3 },
      },
      { filter: ['has', 'missing'], style: { ...stroke, 'stroke-color': completeness.partly, 'z-index': 2 } },
      {
        filter: ['any', ...roles.map((role) => ['has', role])],
        style: { ...stroke, 'stroke-color': completeness.complete, 'z-index': 1 },
      },
    ].map((rule, i) => (i === 0 ? rule : { ...rule, else: true }));
  }
  const turn = ['%', ['number', ['get', colour], 0], holderColours.length];
  const holder = holderColours.flatMap((shade, i) => [i, shade]);
  // Where the role is missing the gaps layer says so: a tile holds the missing roles as a list, and expressions cannot look into one.
  return [
    { filter: ['has', colour], style: { ...stroke, 'stroke-color': ['match', turn, ...holder, holderColours[0]] } },
  ];
}

function legendFor(colour: PlanState['colour']): LegendEntry[] {
  const line = (shade: string, words: LegendEntry['words'], dash?: string): LegendEntry => ({
    swatch: { shape: 'line', colour: shade, width: 4, dash },
    words,
  });
  if (colour === 'complete') {
    return [
      line(completeness.complete, (m) => m.legend.complete),
      line(completeness.partly, (m) => m.legend.partly),
      line(completeness.nobody, (m) => m.legend.nobody),
    ];
  }
  return [
    {
      swatch: { shape: 'ramp', colours: holderColours.slice(0, 5), low: '', high: '' },
      words: (m) => m.legend.holders,
    },
  ];
}
