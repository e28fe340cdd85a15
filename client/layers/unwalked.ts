/** Stretches that were not walked as a duty asks: violet in long dashes, the rhythm of steps that are missing. */
import { gapColours } from '../map/colours.ts';
import { gapLayer, stretchStyle, type GapLayer } from './gap-layer.ts';

export const unwalkedLayer = (): GapLayer =>
  gapLayer({
    tiles: 'unwalked',
    style: [stretchStyle(gapColours.unwalked, [9, 3])],
    legend: [
      {
        swatch: { shape: 'line', colour: gapColours.unwalked, width: 4, dash: '7 2' },
        words: (m) => m.legend.unwalked,
      },
    ],
  });
