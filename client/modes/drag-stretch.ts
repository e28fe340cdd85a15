/** Dragging on the picked road: a handle moves its end, and pressing on the road itself draws a new stretch from there. */
import type BaseLayer from 'ol/layer/Base.js';
import PointerInteraction from 'ol/interaction/Pointer.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import { toLonLat } from 'ol/proj.js';
import { crossingNear } from '../road/crossings.ts';
import { nearest } from '../road/measured-line.ts';
import { roadAtHand } from '../road/road-at-hand.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { setStretch, stretchOf } from '../state/transitions.ts';

/** In pixels: how near the pointer must come to a handle, to the road, and to a crossing it is to jump to. */
const reach = { handle: 12, finger: 24, road: 7, crossing: 9 };

export function dragStretch(store: Store<State>, handles: BaseLayer): PointerInteraction {
  /** The end that stays, in metres, while the other follows the pointer. */
  let fixed: number | null = null;
  let drawing = false;

  const metresUnder = (event: MapBrowserEvent, snap = true): { metres: number; pixels: number } | null => {
    const { line, crossings } = roadAtHand.get() ?? {};
    if (!line) return null;
    const [lon, lat] = toLonLat(event.coordinate);
    const resolution = event.map.getView().getResolution()! * Math.cos((lat! * Math.PI) / 180);
    const foot = nearest(line, lon!, lat!);
    const crossing = snap ? crossingNear(crossings ?? [], foot.metres, reach.crossing * resolution) : null;
    return { metres: crossing?.metres ?? foot.metres, pixels: foot.distance / resolution };
  };

  return new PointerInteraction({
    handleDownEvent(event) {
      const { plan, at } = store.get();
      const length = roadAtHand.get()?.line?.length_m;
      if (length === undefined || at !== null || plan.tab === 'history') return false;
      const finger = (event.originalEvent as PointerEvent).pointerType === 'touch';
      const [from, to] = stretchOf(plan, length);
      const [handle] = event.map.getFeaturesAtPixel(event.pixel, {
        layerFilter: (layer) => layer === handles,
        hitTolerance: finger ? reach.finger : reach.handle,
      });
      if (handle) {
        fixed = handle.get('end') === 'from' ? to : from;
        drawing = false;
        event.map.getViewport()!.style.cursor = 'grabbing';
        return true;
      }
      // A finger on the road means to move the map; only a mouse draws.
      const under = finger ? null : metresUnder(event);
      if (!under || under.pixels > reach.road) return false;
      fixed = under.metres;
      drawing = true;
      return true;
    },
    handleDragEvent(event) {
      const length = roadAtHand.get()?.line?.length_m;
      const under = metresUnder(event, !(event.originalEvent as PointerEvent).altKey);
      if (fixed === null || !under || length === undefined) return;
      // A click on the road trembles by a pixel or two; that is no drawing.
      const resolution = event.map.getView().getResolution()!;
      if (drawing && Math.abs(under.metres - fixed) < 4 * resolution) return;
      drawing = false;
      if (under.metres !== fixed) store.update(setStretch(fixed, under.metres, length));
    },
    handleUpEvent(event) {
      fixed = null;
      event.map.getViewport()!.style.cursor = '';
      return false;
    },
  });
}
