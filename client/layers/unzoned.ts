/** Metres of road in no community: dark teal, dotted like the boundaries that are missing there. */
import { gapColours } from '../map/colours.ts';
import { gapLayer, stretchStyle, type GapLayer } from './gap-layer.ts';

export const unzonedLayer = (): GapLayer =>
  gapLayer({
    tiles: 'unzoned',
    style: [stretchStyle(gapColours.unzoned, [4, 3])],
    legend: [
      { swatch: { shape: 'line', colour: gapColours.unzoned, width: 4, dash: '4 3' }, words: (m) => m.legend.unzoned },
    ],
  });
