/** Stretches that were walked, coloured by how sure that is; what is not sure enough to count is dashed. */
import VectorTileLayer from 'ol/layer/VectorTile.js';
import { byZoom } from '../map/by-zoom.ts';
import { confidenceSteps } from '../map/colours.ts';
import { tileSource } from '../map/tile-source.ts';
import { order, type LegendEntry, type MapLayer } from './layer.ts';

/** A small district fits a phone at zoom 11; two levels out a screen takes sixteen times the tiles, and that is the limit. */
const farthest = 12;

export type PassesLayer = MapLayer & {
  lines: VectorTileLayer;
  filter: (query: Record<string, string | number | null>) => void;
};

/** The colour of a confidence between 0 and 1 in the attribute of that name. */
const colour = [
  'case',
  ...confidenceSteps.toReversed().flatMap((step) => [['>=', ['get', 'confidence'], step.from / 100], step.colour]),
  confidenceSteps[0]!.colour,
];
// The same metres walked twice show the surer time.
const surest = ['+', 10, ['*', 100, ['get', 'confidence']]];
const credited = ['==', ['get', 'credited'], true];

/** `wide`: for one patrol looked at, whose passes have the map to themselves. */
export function passStyle(wide: number): object[] {
  const width = byZoom({ 10: 1.1 * wide, 13: 2.6 * wide, 16: 5 * wide, 19: 10 * wide });
  const edge = byZoom({ 10: 2 * wide, 13: 4.2 * wide, 16: 7.4 * wide, 19: 13 * wide });
  return [
    {
      filter: credited,
      style: [
        { 'stroke-color': '#ffffffd9', 'stroke-width': edge, 'stroke-line-cap': 'butt', 'z-index': 1 },
        { 'stroke-color': colour, 'stroke-width': width, 'stroke-line-cap': 'butt', 'z-index': surest },
      ],
    },
    {
      else: true,
      style: [
        { 'stroke-color': '#ffffffb3', 'stroke-width': edge, 'stroke-line-cap': 'butt', 'z-index': 0 },
        {
          'stroke-color': colour,
          'stroke-width': width,
          'stroke-line-cap': 'butt',
          'stroke-line-dash': [7, 5],
          'z-index': 2,
        },
      ],
    },
  ];
}

export const passLegend: LegendEntry[] = [
  {
    swatch: {
      shape: 'ramp',
      colours: confidenceSteps.map((step) => step.colour),
      low: '',
      high: '',
      steps: confidenceSteps.map((step) => step.from),
    },
    words: (m) => m.legend.confidence,
  },
  {
    swatch: { shape: 'line', colour: confidenceSteps[0]!.colour, width: 4, dash: '7 4' },
    words: (m) => m.legend.notCredited,
  },
];

export function passesLayer(): PassesLayer {
  const tiles = tileSource('passes', farthest);
  const lines = new VectorTileLayer({
    source: tiles.source,
    zIndex: order.passes,
    minZoom: farthest - 2,
    style: passStyle(1),
  });
  return { layers: [lines], lines, refresh: tiles.refresh, filter: tiles.filter, legend: passLegend };
}

/** The colour of a confidence between 0 and 1, by the steps that the legend shows. */
export function confidenceColour(confidence: number): string {
  return confidenceSteps.findLast((step) => confidence * 100 >= step.from)?.colour ?? confidenceSteps[0]!.colour;
}
