/** Planning on the map: pick a road, draw along it, drag the two ends of the stretch. */
import type { RoadClass } from '../../api/http/shapes.ts';
import { nearest, part, placeAt, type MeasuredLine } from '../road/measured-line.ts';
import { showLine } from '../map/create-map.ts';
import { hover, metresOf, rest } from '../state/hover.ts';
import { roadAtHand } from '../road/road-at-hand.ts';
import { stretchOf, pickRoad } from '../state/transitions.ts';
import type { Drawn } from '../layers/selection.ts';
import { unByKey } from 'ol/Observable.js';
import { toLonLat, transformExtent } from 'ol/proj.js';
import { show } from '../layers/layer.ts';
import { watchAnswer } from '../requests/answers.ts';
import { segmentsPath } from '../requests/paths.ts';
import { dragStretch } from './drag-stretch.ts';
import type { Enter } from './mode.ts';
import { featuresAt, now, onClick, onHover, type PointerOn } from './on-map.ts';

/** A view of a whole city has more; then the nearer view shows them all. */
const mostSegments = 5000;

export const enterPlan: Enter = ({ map, layers, store }) => {
  const colour = (): void => {
    const { colour: by } = store.get().plan;
    layers.segments.colourBy(by);
    if (by === 'complete' || store.get().at !== null) show(layers.gaps, false);
    else void layers.gaps.showAll({ role: by }).catch(() => {});
  };

  // Tiles show now; a day in the past is asked for what is in sight.
  let stopPast = (): void => {};
  const showSegments = (): void => {
    stopPast();
    stopPast = () => {};
    const { at } = store.get();
    if (at === null) return layers.segments.showAll();
    const seen = transformExtent(map.getView().calculateExtent(map.getSize()), 'EPSG:3857', 'EPSG:4326');
    const bbox = seen.map((degrees) => degrees.toFixed(3)).join(',');
    stopPast = watchAnswer(segmentsPath({ at, bbox, limit: mostSegments }), ({ value }) => {
      if (value) layers.segments.showOnly(value.features);
    });
  };
  const moved = map.on('moveend', () => store.get().at !== null && showSegments());
  colour();
  showSegments();

  /** The road that a click on the map picked: it is in sight already, so the map stays where it is. */
  let clicked: number | null = null;
  let shownRoad: number | null = store.get().view ? store.get().plan.road : null;
  const draw = (): void => {
    const at = roadAtHand.get();
    const line = at?.line ?? null;
    layers.segments.fade(line !== null);
    if (!at?.road || !line) return layers.selection.draw('road', []);
    layers.selection.draw('road', drawing(line, at.road.geometry.coordinates, store.get()));
    if (shownRoad === at.id) return;
    shownRoad = at.id;
    const { plan } = store.get();
    const [from, to] = stretchOf(plan, line.length_m);
    const sight = clicked === at.id ? null : plan.from === null ? at.road.geometry.coordinates : part(line, from, to);
    clicked = null;
    // The strip opens below the map in this same moment; what is in sight counts once it has.
    if (sight) setTimeout(() => (map.updateSize(), showLine(map, sight, 17)), 60);
  };
  const lightUp = (): void => {
    const line = roadAtHand.get()?.line;
    const on = hover.get();
    const things: Drawn[] = [];
    if (line && on?.what === 'stretch')
      things.push({ kind: 'hover', line: part(line, on.from_m, on.to_m), sides: on.sides });
    const metres = metresOf(on);
    if (line && metres !== null) {
      const place = placeAt(line, metres);
      things.push({ kind: 'candidate', place, from: place, first: true });
    }
    if (on?.what === 'gap' && on.shape) things.push({ kind: 'hover', shape: on.shape, sides: on.sides });
    layers.selection.draw('hover', things);
  };

  const drag = dragStretch(store, layers.selection.handles);
  map.addInteraction(drag);
  const stops = [
    now(roadAtHand, draw),
    store.watch((state, before) => {
      if (state.plan.colour !== before.plan.colour || state.at !== before.at) colour();
      if (state.at !== before.at) showSegments();
      if (state.plan.road === null) shownRoad = null;
      if (state.plan !== before.plan) draw();
    }),
    hover.watch(lightUp),
    onClick(map, (event) => {
      const found = roadUnder(event);
      if (found) clicked = found.id;
      if (found) store.update(pickRoad(found.id));
    }),
    onHover(map, (event) => {
      const target = map.getViewport()!;
      if (!event) return rest(null);
      const line = roadAtHand.get()?.line;
      const found = roadUnder(event);
      const handle = featuresAt(event, [layers.selection.handles], 8).length > 0;
      target.style.cursor = handle ? 'grab' : found ? 'pointer' : '';
      if (line && found?.id === roadAtHand.get()?.id) {
        const [lon, lat] = toLonLat(event.coordinate);
        rest({ what: 'metre', metres: nearest(line, lon!, lat!).metres });
      } else rest(found && { what: 'road', ...found, pixel: [event.pixel[0]!, event.pixel[1]!] });
    }),
  ];

  function roadUnder(event: PointerOn): { id: number; name: string | null; class: RoadClass } | null {
    const [feature] = featuresAt(event, layers.roads.layers.slice(0, 1), 4);
    if (!feature) return null;
    const name = feature.get('name') as string | undefined;
    return { id: Number(feature.get('id')), name: name ?? null, class: feature.get('class') as RoadClass };
  }

  return () => {
    for (const stop of stops) stop();
    map.removeInteraction(drag);
    stopPast();
    unByKey(moved);
    show(layers.segments, false);
    show(layers.gaps, false);
  };
};

function drawing(
  line: MeasuredLine,
  coordinates: number[][],
  { plan, at }: { plan: Parameters<typeof stretchOf>[0] & { tab: string; sides: string }; at: string | null },
): Drawn[] {
  const things: Drawn[] = [{ kind: 'road', line: coordinates }];
  if (plan.tab === 'history' || at !== null) return things;
  const [from, to] = stretchOf(plan, line.length_m);
  if (to > from) things.push({ kind: 'stretch', line: part(line, from, to), sides: plan.sides });
  things.push(
    { kind: 'handle', place: placeAt(line, from), end: 'from' },
    { kind: 'handle', place: placeAt(line, to), end: 'to' },
  );
  return things;
}
