/** What every file in this folder gives: layers to put on the map, and what the legend says about them. */
import type BaseLayer from 'ol/layer/Base.js';
import type { Messages } from '../i18n/zh.ts';

/** How a legend draws its sample. */
export type Swatch =
  | { shape: 'line'; colour: string; width: number; dash?: string; casing?: string }
  | { shape: 'area'; colour: string; edge?: string; dash?: string }
  | { shape: 'dot'; colour: string; ring?: string }
  /** `steps`: the colours stand apart, each for what lies from one number to the next. */
  | { shape: 'ramp'; colours: string[]; low: string; high: string; steps?: readonly number[] };

export type LegendEntry = { swatch: Swatch; words: (messages: Messages) => string };

export type MapLayer = {
  layers: BaseLayer[];
  legend: LegendEntry[];
  /** Reads the data again after a write. */
  refresh?: () => void | Promise<void>;
};

/** Puts a whole layer on the map or takes it off. */
export function show({ layers }: MapLayer, shown: boolean): void {
  for (const layer of layers) layer.setVisible(shown);
}

/** From the paper up. Gaps between the numbers leave room. */
export const order = {
  green: 2,
  water: 3,
  buildings: 4,
  baseMap: 5,
  zoneFill: 8,
  pickedZone: 9,
  roads: 10,
  toWalk: 18,
  segments: 20,
  passes: 21,
  faults: 21.5,
  gaps: 22,
  zones: 30,
  heat: 40,
  hotspots: 42,
  patrol: 48,
  issues: 50,
  selection: 55,
  names: 60,
  zoneNames: 62,
  ranks: 66,
  handles: 70,
} as const;
