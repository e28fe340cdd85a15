/** Every layer, made once. Modes decide which are in sight. */
import Graticule from 'ol/layer/Graticule.js';
import Stroke from 'ol/style/Stroke.js';
import type { Settings } from '../../api/settings.contract.ts';
import { changesLayer } from '../layers/changes.ts';
import { faultLegends, faultsLayer } from '../layers/faults.ts';
import { gapsLayer } from '../layers/gaps.ts';
import { groundLayer } from '../layers/ground.ts';
import { heatLayer } from '../layers/heat.ts';
import { hotspotsLayer } from '../layers/hotspots.ts';
import { issuesLayer } from '../layers/issues.ts';
import { show, type LegendEntry } from '../layers/layer.ts';
import { passesLayer } from '../layers/passes.ts';
import { patrolLayer } from '../layers/patrol.ts';
import { pickedZoneLayer } from '../layers/picked-zone.ts';
import { roadsLayer } from '../layers/roads.ts';
import { segmentsLayer } from '../layers/segments.ts';
import { selectionLayer } from '../layers/selection.ts';
import { toWalkLayer } from '../layers/to-walk.ts';
import { unwalkedLayer } from '../layers/unwalked.ts';
import { unzonedLayer } from '../layers/unzoned.ts';
import { zonesLayer } from '../layers/zones.ts';
import type { TalliedKind } from '../../api/coverage/coverage.contract.ts';
import { isTallied } from '../state/gap-query.ts';
import { isShown, type State } from '../state/state.ts';
import { baseMapLayer } from './base-map.ts';
import { shareSteps } from './colours.ts';

export function allLayers({ base_map, district }: Settings) {
  const grid = new Graticule({
    strokeStyle: new Stroke({ color: '#1b283133', width: 1, lineDash: [1, 4] }),
    showLabels: true,
    visible: false,
    zIndex: 35,
  });
  const layers = {
    ground: groundLayer(district.demo),
    baseMap: base_map && { layers: [baseMapLayer(base_map)], legend: [] },
    roads: roadsLayer(),
    toWalk: toWalkLayer(),
    segments: segmentsLayer(),
    passes: passesLayer(),
    gaps: gapsLayer(),
    unwalked: unwalkedLayer(),
    unzoned: unzonedLayer(),
    faults: faultsLayer(),
    changes: changesLayer(),
    zones: zonesLayer(),
    pickedZone: pickedZoneLayer(),
    grid: { layers: [grid], legend: [] as LegendEntry[] },
    heat: heatLayer(),
    hotspots: hotspotsLayer(),
    patrol: patrolLayer(),
    issues: issuesLayer(),
    selection: selectionLayer(),
  };
  // What a mode shows it takes away again when it is left.
  const { toWalk, segments, passes, gaps, unwalked, unzoned, faults, changes, heat, hotspots, patrol, issues } = layers;
  for (const one of [
    toWalk,
    segments,
    passes,
    gaps,
    unwalked,
    unzoned,
    faults,
    changes,
    heat,
    hotspots,
    patrol,
    issues,
  ])
    show(one, false);
  return layers;
}
export type Layers = ReturnType<typeof allLayers>;

/** What a person switched on and off, the same in every mode. */
export function showOptionalLayers(layers: Layers, state: State): void {
  const baseMap = isShown(state, 'base_map') && layers.baseMap !== null;
  for (const layer of layers.baseMap?.layers ?? []) layer.setVisible(baseMap);
  // A licensed map brings its own water, green and names.
  for (const layer of layers.ground.layers) {
    layer.setVisible(isShown(state, 'green') && !baseMap);
    // Under tinted zones the ground steps back, or two tints would mix into a third that means nothing.
    layer.setOpacity(state.mode === 'coverage' && isShown(state, 'zones') ? 0.45 : 1);
  }
  for (const layer of layers.grid.layers) layer.setVisible(isShown(state, 'grid'));
  const [fills, ...lines] = layers.zones.layers;
  for (const layer of lines) layer.setVisible(isShown(state, layer === layers.zones.names ? 'names' : 'zones'));
  fills!.setOpacity(isShown(state, 'zones') ? 1 : 0);
  layers.roads.names.setVisible(isShown(state, 'names'));
}

/** What the legend lists, for what is in sight now. */
export function legendOf(layers: Layers, state: State): LegendEntry[] {
  const entries: LegendEntry[] = [];
  if (state.mode === 'plan') {
    entries.push(...layers.segments.legend);
    if (state.plan.colour !== 'complete') entries.push(...layers.gaps.legend);
  } else if (state.mode === 'coverage') {
    entries.push(...blindSpotLegend(layers, state));
    if (isShown(state, 'zones') && isTinted(state)) {
      const colours = shareSteps.map((step) => `${step.colour}99`);
      entries.push({
        swatch: { shape: 'ramp', colours, low: '', high: '', steps: shareSteps.map((step) => step.from) },
        words: (m) =>
          m.coverage.shareOf[state.coverage.tab === 'duties' ? 'duties' : (state.coverage.kind as TalliedKind)],
      });
    }
  } else if (state.mode === 'patrols') {
    entries.push(...layers.passes.legend);
    if (state.patrols.patrol !== null) entries.push(...layers.patrol.legend);
    entries.push(...layers.toWalk.legend);
  } else if (state.issues.tab === 'hot') entries.push(...layers.heat.legend, ...layers.hotspots.legend);
  else entries.push(...layers.issues.legend);
  if (isShown(state, 'zones')) entries.push(...layers.zones.legend);
  return entries;
}

/** Zones are tinted by a share, so only where there is one. */
export const isTinted = ({ coverage: { tab, kind, chief } }: State): boolean =>
  tab === 'duties' ? chief === null : tab === 'gaps' && isTallied(kind);

function blindSpotLegend(layers: Layers, { coverage: { tab, kind, chief } }: State): LegendEntry[] {
  if (tab === 'changes') return layers.changes.legend;
  if (tab === 'duties') return chief === null ? [] : layers.unwalked.legend;
  const of = {
    unheld: layers.gaps.legend,
    unwalked: layers.unwalked.legend,
    unzoned: [...layers.unzoned.legend, faultLegends.unzoned],
    unregistered: [faultLegends.unregistered],
    inventory: [faultLegends.inventory],
  };
  return of[kind];
}
