/** The zone that is looked at on the map: its outline, and the way there when it is picked. */
import { positionsOf } from '../map/any-geometry.ts';
import { showLine } from '../map/create-map.ts';
import { watchAnswer } from '../requests/answers.ts';
import { zonesPath } from '../requests/paths.ts';
import { giveMapRoom } from '../state/sheet.ts';
import type { State } from '../state/state.ts';
import { goesToZone, zoneLookedAt } from '../state/zone-looked-at.ts';
import type { Desk } from './mode.ts';

/** @returns the way out, which takes the outline away. */
export function followZone({ map, layers, store }: Pick<Desk, 'map' | 'layers' | 'store'>): () => void {
  let stopZone = (): void => {};
  const look = (now: State, before: State | null): void => {
    stopZone();
    stopZone = () => {};
    const zone = zoneLookedAt(now);
    layers.pickedZone.outline(null);
    if (zone === null) return;
    let going = goesToZone(now, before);
    stopZone = watchAnswer(zonesPath({}), ({ value }) => {
      const shape = value?.features.find(({ id }) => id === zone)?.geometry;
      if (!shape) return;
      layers.pickedZone.outline(shape);
      if (!going) return;
      going = false;
      giveMapRoom();
      // The sheet of a phone gives way in this same moment; what is in sight counts once it has.
      setTimeout(() => (map.updateSize(), showLine(map, positionsOf(shape), 16, 0.6)), 60);
    });
  };
  look(store.get(), null);
  const stop = store.watch((now, before) => {
    if (zoneLookedAt(now) !== zoneLookedAt(before)) look(now, before);
  });
  return () => {
    stop();
    stopZone();
    layers.pickedZone.outline(null);
  };
}
