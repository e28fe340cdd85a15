/** The map itself: a view held to the district, a scale bar, and no button of its own (panels/map-controls.tsx has them). */
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import Attribution from 'ol/control/Attribution.js';
import ScaleLine from 'ol/control/ScaleLine.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import { buffer } from 'ol/extent.js';
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj.js';
import type { Settings } from '../../api/settings.contract.ts';
import type { State, View as Place } from '../state/state.ts';
import { moveView } from '../state/transitions.ts';
import type { Store } from '../state/store.ts';
import type { Layers } from './all-layers.ts';

/** With no road and no zone in the database yet: the whole country. */
const china: [number, number, number, number] = [73, 18, 135, 54];

export const motionAllowed = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;
export const glide = (milliseconds: number): number => (motionAllowed() ? milliseconds : 0);

export function createMap(element: HTMLElement, settings: Settings, layers: Layers, store: Store<State>): OlMap {
  const bounds = transformExtent(settings.district.bounds ?? china, 'EPSG:4326', 'EPSG:3857');
  const margin = Math.max(bounds[2]! - bounds[0]!, bounds[3]! - bounds[1]!);
  const map = new OlMap({
    keyboardEventTarget: element,
    view: new View({ extent: buffer(bounds, margin), showFullExtent: true, maxZoom: 20.5, enableRotation: false }),
    controls: [new ScaleLine({ minWidth: 72, maxWidth: 150 }), new Attribution({ collapsible: false })],
    interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }),
    layers: Object.values(layers).flatMap((one) => one?.layers ?? []),
  });
  map.on('loadstart', () => element.setAttribute('aria-busy', 'true'));
  map.on('loadend', () => element.setAttribute('aria-busy', 'false'));
  map.on('moveend', () => {
    const view = viewOf(map);
    const known = store.get().view;
    if (known && known.lon === view.lon && known.lat === view.lat && known.zoom === view.zoom) return;
    store.update(moveView(view));
  });
  // Back and forward in the browser bring the view back, too.
  store.watch(({ view }, before) => {
    if (view && view !== before.view && !same(view, viewOf(map))) goTo(map, view);
  });
  return map;
}

/** Puts the map on the screen; only then has it a size to fit the district to. */
export function placeMap(map: OlMap, element: HTMLElement, settings: Settings, view: State['view']): void {
  map.setTarget(element);
  if (view) goTo(map, view);
  else showDistrict(map, settings, 0);
}

export function showDistrict(map: OlMap, settings: Settings, duration = glide(350)): void {
  const bounds = transformExtent(settings.district.bounds ?? china, 'EPSG:4326', 'EPSG:3857');
  map.updateSize();
  map.getView().fit(bounds, { padding: [24, 24, 24, 24], duration });
}

/**
 * Brings a line into sight, keeping the view where all of it is in sight already and large enough to see.
 *
 * @param closest zoom, however short the line.
 * @param enough share of the view that is large enough, measured along the longer side.
 */
export function showLine(map: OlMap, line: readonly (readonly number[])[], closest = 17.5, enough = 0.35): void {
  const places = line.map((position) => fromLonLat([position[0]!, position[1]!]));
  const extent = places.reduce(
    ([minx, miny, maxx, maxy], [x, y]) => [
      Math.min(minx!, x!),
      Math.min(miny!, y!),
      Math.max(maxx!, x!),
      Math.max(maxy!, y!),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
  const view = map.getView();
  const seen = view.calculateExtent(map.getSize());
  const inside = extent[0]! >= seen[0]! && extent[1]! >= seen[1]! && extent[2]! <= seen[2]! && extent[3]! <= seen[3]!;
  const share = Math.max(
    (extent[2]! - extent[0]!) / (seen[2]! - seen[0]!),
    (extent[3]! - extent[1]!) / (seen[3]! - seen[1]!),
  );
  if (inside && share > enough) return;
  const [width = 600, height = 400] = map.getSize() ?? [];
  const across = Math.min(90, width * 0.16);
  const upright = Math.min(70, height * 0.18);
  view.fit(extent, { padding: [upright, across, upright, across], maxZoom: closest, duration: glide(400) });
}

export function showPlace(map: OlMap, place: readonly [number, number], zoom = 17): void {
  const view = map.getView();
  view.animate({ center: fromLonLat([...place]), zoom: Math.max(view.getZoom() ?? zoom, zoom), duration: glide(350) });
}

function viewOf(map: OlMap): Place {
  const view = map.getView();
  const [lon, lat] = toLonLat(view.getCenter()!);
  return { lon: Number(lon!.toFixed(5)), lat: Number(lat!.toFixed(5)), zoom: Number(view.getZoom()!.toFixed(2)) };
}

function goTo(map: OlMap, { lon, lat, zoom }: Place): void {
  map.getView().setCenter(fromLonLat([lon, lat]));
  map.getView().setZoom(zoom);
}

function same(a: Place, b: Place): boolean {
  return Math.abs(a.lon - b.lon) < 2e-5 && Math.abs(a.lat - b.lat) < 2e-5 && Math.abs(a.zoom - b.zoom) < 0.02;
}
