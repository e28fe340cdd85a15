/** Stretches that lack a required role: cinnabar, above everything that lies on the road. */
import { gapColours } from '../map/colours.ts';
import { gapLayer, stretchStyle, type GapLayer } from './gap-layer.ts';

export const gapsLayer = (): GapLayer =>
  gapLayer({
    tiles: 'gaps',
    style: [stretchStyle(gapColours.unheld)],
    legend: [{ swatch: { shape: 'line', colour: gapColours.unheld, width: 4 }, words: (m) => m.legend.gap }],
  });
