/** Patrols on the map: what was walked and what was not; or one patrol, its track, and where it was at a second. */
import type { FeatureLike } from 'ol/Feature.js';
import { toLonLat } from 'ol/proj.js';
import { show } from '../layers/layer.ts';
import { showLine, showPlace } from '../map/create-map.ts';
import { patrolAtHand } from '../patrol/patrol-at-hand.ts';
import { playhead } from '../patrol/playhead.ts';
import { passAt, placeAt, secondOn, type Walk } from '../patrol/walk.ts';
import { hover, rest } from '../state/hover.ts';
import { patrolQuery } from '../state/patrol-query.ts';
import type { State } from '../state/state.ts';
import { openPatrol, standAt } from '../state/transitions.ts';
import type { Enter } from './mode.ts';
import { featuresAt, now, onClick, onHover, type PointerOn } from './on-map.ts';

export const enterPatrols: Enter = ({ map, layers, store }) => {
  show(layers.toWalk, true);
  show(layers.patrol, true);

  const showWalked = ({ patrols }: State): void => {
    layers.toWalk.narrow(patrols);
    layers.passes.filter(patrolQuery(patrols));
    // Beside one patrol the passes of others would only be taken for its own.
    show(layers.passes, patrols.patrol === null);
  };

  let clicked: number | null = null;
  let shown: number | null = store.get().view ? store.get().patrols.patrol : null;
  let drawn: Walk | null = null;
  const drawPatrol = (): void => {
    const at = patrolAtHand.get();
    const walk = at?.walk ?? null;
    if (walk !== drawn) layers.patrol.show(walk);
    drawn = walk;
    stand();
    if (at === null) shown = null;
    if (!at || !walk || shown === at.id) return;
    if (clicked !== at.id && walk.places.length > 0) showLine(map, walk.places, 17);
    shown = at.id;
  };
  const stand = (): void => {
    const walk = patrolAtHand.get()?.walk;
    if (!walk) return layers.patrol.stand(null, null);
    const second = playhead.get();
    layers.patrol.stand(placeAt(walk, second), passAt(walk, second));
  };

  const stops = [
    now(
      store,
      (() => {
        let before: State['patrols'] | null = null;
        return (state: State) => {
          if (!before || before.patrol !== state.patrols.patrol || asked(before) !== asked(state.patrols))
            showWalked(state);
          before = state.patrols;
        };
      })(),
    ),
    now(patrolAtHand, drawPatrol),
    playhead.watch(stand),
    hover.watch((on) =>
      layers.selection.draw('hover', on?.what === 'pass' ? [{ kind: 'hover', line: on.line, sides: 'both' }] : []),
    ),
    onClick(map, (event) => {
      const walk = patrolAtHand.get()?.walk;
      if (walk) {
        const [feature] = featuresAt(event, [layers.patrol.passes], 6);
        const pass = feature && walk.passes[Number(feature.get('index'))];
        if (pass) store.update(standAt(secondOn(walk, pass)));
        return;
      }
      const feature = walkedUnder(event);
      const id = feature?.get('patrol_id') as number | undefined;
      if (id !== undefined) {
        clicked = id;
        store.update(openPatrol(id));
      } else if (feature) {
        // Where many walked, a tile puts them together; nearer it tells them apart.
        const [lon, lat] = toLonLat(event.coordinate);
        showPlace(map, [lon!, lat!], map.getView().getZoom()! + 2);
      }
    }),
    onHover(map, (event) => {
      const over = event && (patrolAtHand.get() ? passUnder(event) : walkedUnder(event) !== null);
      map.getViewport()!.style.cursor = over ? 'pointer' : '';
      if (!event) rest(null);
    }),
  ];

  /** Where several walked the same metres, the one that is surest, which lies on top. */
  function walkedUnder(event: PointerOn): FeatureLike | null {
    return featuresAt(event, [layers.passes.lines], 5)[0] ?? null;
  }
  function passUnder(event: PointerOn): boolean {
    return featuresAt(event, [layers.patrol.passes], 6).length > 0;
  }

  return () => {
    for (const stop of stops) stop();
    layers.patrol.show(null);
    for (const one of [layers.toWalk, layers.passes, layers.patrol]) show(one, false);
  };
};

const asked = (patrols: State['patrols']): string => JSON.stringify(patrolQuery(patrols));
