/**
 * What is wrong with the register itself and where roads seem to be missing in it: points where roads miss each other,
 * lines that are doubled or proposed, areas where zones leave a hole or overlap.
 */
import { byZoom } from '../map/by-zoom.ts';
import { gapColours } from '../map/colours.ts';
import { gapLayer, type GapLayer } from './gap-layer.ts';
import { order, type LegendEntry } from './layer.ts';

const mark = (colour: string, dash: [number, number] | undefined): object[] => [
  { 'stroke-color': '#ffffffd0', 'stroke-width': byZoom({ 10: 3, 13: 5, 16: 8, 19: 14 }), 'z-index': 1 },
  {
    'stroke-color': colour,
    'stroke-width': byZoom({ 10: 1.6, 13: 2.8, 16: 5, 19: 10 }),
    ...(dash && { 'stroke-line-dash': dash }),
    'fill-color': `${colour}38`,
    'circle-radius': byZoom({ 10: 3.5, 13: 5, 16: 7, 19: 10 }),
    'circle-fill-color': colour,
    'circle-stroke-color': '#ffffff',
    'circle-stroke-width': 1.6,
    'z-index': 2,
  },
];

const kind = (one: string): unknown[] => ['==', ['get', 'kind'], one];

const line = (colour: string, words: LegendEntry['words'], dash?: string): LegendEntry => ({
  swatch: { shape: 'line', colour, width: 4, dash },
  words,
});

export const faultLegends = {
  unregistered: line(gapColours.unregistered, (m) => m.legend.unregistered, '2.5 2.5'),
  inventory: line(gapColours.inventory, (m) => m.legend.inventory),
  unzoned: {
    swatch: { shape: 'area', colour: `${gapColours.unzoned}38`, edge: gapColours.unzoned },
    words: (m) => m.legend.zoneFaults,
  },
} satisfies Record<string, LegendEntry>;

export const faultsLayer = (): GapLayer =>
  gapLayer({
    tiles: 'faults',
    style: [
      { filter: kind('unregistered'), style: mark(gapColours.unregistered, [3, 3]) },
      { filter: kind('inventory'), style: mark(gapColours.inventory, undefined) },
      // The tiles call them by what they are about, the lists by what they mean for coverage.
      { filter: ['any', kind('zones'), kind('unzoned')], style: mark(gapColours.unzoned, undefined) },
    ],
    legend: [],
    // Areas lie under the stretches that are missing in them.
    zIndex: order.faults,
  });
