/** Pointer events of the map as one call each, with their own way out. */
import type { FeatureLike } from 'ol/Feature.js';
import type BaseLayer from 'ol/layer/Base.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import { unByKey } from 'ol/Observable.js';
import type OlMap from 'ol/Map.js';

export type PointerOn = MapBrowserEvent<PointerEvent>;

export function onClick(map: OlMap, act: (event: PointerOn) => void): () => void {
  const key = map.on('click', (event) => act(event as PointerOn));
  return () => unByKey(key);
}

/** Moves without a pressed button; a finger has none. The last call when the pointer leaves gets null. */
export function onHover(map: OlMap, act: (event: PointerOn | null) => void): () => void {
  const key = map.on('pointermove', (event) => {
    const pointer = event as PointerOn;
    if (!pointer.dragging && pointer.originalEvent.pointerType !== 'touch') act(pointer);
  });
  const leave = (): void => act(null);
  map.getViewport()!.addEventListener('pointerleave', leave);
  return () => {
    unByKey(key);
    map.getViewport()!.removeEventListener('pointerleave', leave);
  };
}

/** The features under a pixel, the topmost first. A finger is wider than a mouse pointer. */
export function featuresAt(event: PointerOn, layers: readonly BaseLayer[], tolerance = 5): FeatureLike[] {
  const touch = event.originalEvent.pointerType === 'touch';
  return event.map.getFeaturesAtPixel(event.pixel, {
    layerFilter: (layer) => layers.includes(layer),
    hitTolerance: touch ? tolerance * 2.4 : tolerance,
  });
}

/** Every change of something watched, and now. */
export function now<T>(
  store: { get: () => T; watch: (listener: (value: T, before: T) => void) => () => void },
  act: (value: T) => void,
) {
  act(store.get());
  return store.watch(act);
}
