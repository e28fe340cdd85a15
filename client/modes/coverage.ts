/** Coverage on the map: gaps in cinnabar, zones tinted by what is held; a click on a gap looks at it. */
import type { Role, Sides } from '../../api/http/shapes.ts';
import { show } from '../layers/layer.ts';
import { positionsOf } from '../map/any-geometry.ts';
import { showLine } from '../map/create-map.ts';
import { watchAnswer } from '../requests/answers.ts';
import { coveragePath, gapsPath } from '../requests/paths.ts';
import { isNamed, parseGapKey, placeKey } from '../state/gap-key.ts';
import { hover, rest } from '../state/hover.ts';
import type { State } from '../state/state.ts';
import { lookAtGap } from '../state/transitions.ts';
import type { Enter } from './mode.ts';
import { featuresAt, now, onClick, onHover, type PointerOn } from './on-map.ts';

/** Tiles show now; as of a day in the past the map shows the longest gaps up to this many. */
const mostGaps = 1000;

export const enterCoverage: Enter = ({ map, layers, store }) => {
  let stopGaps = (): void => {};
  const showGaps = ({ at, coverage: { role, zone, class: roadClass } }: State): void => {
    stopGaps();
    stopGaps = () => {};
    if (at === null) return layers.gaps.showAll({ role, class: roadClass, zone_id: zone });
    stopGaps = watchAnswer(gapsPath({ at, role, zone_id: zone, class: roadClass, limit: mostGaps }), ({ value }) => {
      if (value) layers.gaps.showOnly(value.features);
    });
  };

  let stopTint = (): void => {};
  const tint = ({ at, coverage: { role, class: roadClass, group } }: State): void => {
    stopTint();
    const kind = group === 'community' ? 'community' : 'town';
    stopTint = watchAnswer(coveragePath({ at, role, class: roadClass, group: kind }), ({ value }) => {
      if (!value) return;
      layers.zones.tint(
        new Map(
          value.groups.flatMap((one) =>
            one.id !== null && one.met_percent !== null ? [[one.id, one.met_percent] as const] : [],
          ),
        ),
      );
    });
  };

  let stopGap = (): void => {};
  let clicked: string | null = null;
  let shown: string | null = store.get().view ? store.get().coverage.gap : null;
  const look = ({ at, coverage: { gap: key } }: State): void => {
    stopGap();
    stopGap = () => {};
    const gap = key === null ? null : parseGapKey(key);
    if (!gap) {
      shown = null;
      return layers.selection.draw('gap', []);
    }
    stopGap = watchAnswer(
      gapsPath('fault' in gap ? { at } : { at, role: gap.role, road_id: gap.road_id }),
      ({ value }) => {
        const found = value?.features.find(({ properties }) => isNamed(key!, properties));
        layers.selection.draw(
          'gap',
          found ? [{ kind: 'gap', shape: found.geometry, sides: found.properties.sides }] : [],
        );
        if (!found || shown === key) return;
        shown = key;
        if (clicked !== key) showLine(map, positionsOf(found.geometry), 16.5);
      },
    );
  };

  const lightUp = (): void => {
    const on = hover.get();
    // The gap looked at has its own, stronger mark.
    const other = on?.what === 'gap' && on.key !== store.get().coverage.gap;
    layers.selection.draw('hover', other ? [{ kind: 'hover', shape: on.shape, sides: on.sides }] : []);
  };

  const stops = [
    now(
      store,
      (() => {
        let before: State | null = null;
        return (state: State) => {
          const c = state.coverage;
          const b = before?.coverage;
          const when = state.at !== before?.at;
          if (!b || when || c.role !== b.role || c.zone !== b.zone || c.class !== b.class) showGaps(state);
          if (!b || when || c.role !== b.role || c.class !== b.class || c.group !== b.group) tint(state);
          if (!b || when || c.gap !== b.gap) {
            look(state);
            lightUp();
          }
          before = state;
        };
      })(),
    ),
    hover.watch(lightUp),
    onClick(map, (event) => {
      const keys = gapsUnder(event);
      const current = store.get().coverage.gap;
      // Several roles may lack a holder on the same metres: clicking again looks at the next.
      const next = keys[(keys.indexOf(current ?? '') + 1) % Math.max(keys.length, 1)] ?? null;
      clicked = next;
      store.update(lookAtGap(next));
    }),
    onHover(map, (event) => {
      map.getViewport()!.style.cursor = event && gapsUnder(event).length > 0 ? 'pointer' : '';
      if (!event) rest(null);
    }),
  ];

  function gapsUnder(event: PointerOn): string[] {
    const { role } = store.get().coverage;
    const keys = featuresAt(event, layers.gaps.layers, 5).map((feature) =>
      placeKey({
        role: feature.get('role') as Role,
        road_id: Number(feature.get('road_id')),
        from_m: Number(feature.get('from_m')),
        to_m: Number(feature.get('to_m')),
        sides: feature.get('sides') as Sides,
        duty: null,
      }),
    );
    return [...new Set(keys)].filter((key) => role === null || key.startsWith(`${role}.`)).sort();
  }

  return () => {
    for (const stop of stops) stop();
    stopGaps();
    stopTint();
    stopGap();
    show(layers.gaps, false);
    layers.zones.tint(null);
  };
};
