/** Coverage on the map: blind spots of one kind, zones tinted by what is met; a click on a gap looks at it. */
import type { FeatureLike } from 'ol/Feature.js';
import type { RoadClass, Role } from '../../api/http/shapes.ts';
import type { CadenceSegment } from '../../api/coverage/cadence.contract.ts';
import { keyOf, type Drawable, type GapLayer } from '../layers/gap-layer.ts';
import { show } from '../layers/layer.ts';
import { isTinted } from '../map/all-layers.ts';
import { positionsOf } from '../map/any-geometry.ts';
import { showLine } from '../map/create-map.ts';
import { watchAnswer } from '../requests/answers.ts';
import { cadencePath, changesPath, coveragePath, duePath, gapsPath } from '../requests/paths.ts';
import { isNamed, parseGapKey } from '../state/gap-key.ts';
import { cadenceQuery, changesQuery, gapQuery, tallyQuery, tilesShow, type GapFilters } from '../state/gap-query.ts';
import { hover, rest } from '../state/hover.ts';
import type { State } from '../state/state.ts';
import { lookAtGap } from '../state/transitions.ts';
import { followZone } from './follow-zone.ts';
import type { Enter } from './mode.ts';
import { featuresAt, now, onClick, onHover, type PointerOn } from './on-map.ts';

/** Tiles show now; what they cannot answer is a list of the longest up to this many. */
export const mostGaps = 1000;

export const enterCoverage: Enter = (desk) => {
  const { map, layers, store } = desk;
  const { gaps, unwalked, unzoned, faults, changes, zones, selection } = layers;
  const every = [gaps, unwalked, unzoned, faults];

  let stopShowing = (): void => {};
  const showSpots = (state: State): void => {
    stopShowing();
    let stop = (): void => {};
    let left = false;
    stopShowing = () => {
      left = true;
      stop();
    };
    for (const one of [...every, changes]) show(one, false);
    const { tab, chief, change } = state.coverage;
    if (tab === 'changes') {
      stop = watchAnswer(changesPath({ ...changesQuery(state), limit: mostGaps }), ({ value }) => {
        if (!value) return;
        changes.showOnly(value.features.filter((one) => change === null || one.properties.change === change));
        show(changes, true);
      });
    } else if (tab === 'duties') {
      if (chief === null) return;
      stop = watchAnswer(duePath({ chief_id: chief, at: state.at }), ({ value }) => {
        if (value) unwalked.showOnly(value.features.map(likeGap));
      });
    } else {
      const asked = gapQuery(state);
      const listed = (): void => {
        stop = watchAnswer(gapsPath({ ...asked, limit: mostGaps }), ({ value }) => {
          if (value) layerOf(asked).showOnly(value.features);
        });
      };
      if (!tilesShow(asked)) return listed();
      void layerOf(asked)
        .showAll(tileQuery(asked))
        .catch(() => left || listed());
      // Zones that leave holes or overlap are no stretches; they come with what else stands in the register.
      if (asked.kind === 'unzoned' && asked.class === null && asked.fault === null)
        void faults.showAll({ kind: 'zones' }).catch(() => show(faults, false));
    }
  };

  /** Faults are few beside stretches, so those of all kinds are one layer. */
  function layerOf({ kind, fault }: GapFilters): GapLayer {
    if (kind === 'unzoned') return fault === null || fault === 'no_community' ? unzoned : faults;
    return { unheld: gaps, unwalked, unregistered: faults, inventory: faults }[kind];
  }

  let stopTint = (): void => {};
  const tint = (state: State): void => {
    stopTint();
    stopTint = () => {};
    if (!isTinted(state)) return zones.tint(null);
    const shares = (of: readonly (readonly [number | null, number | null])[]): void =>
      zones.tint(new Map(of.flatMap(([id, share]) => (id !== null && share !== null ? [[id, share] as const] : []))));
    if (state.coverage.tab === 'duties') {
      stopTint = watchAnswer(cadencePath({ ...cadenceQuery(state), zone_id: null, group: 'town' }), ({ value }) => {
        if (value) shares(value.groups.map((one) => [Number(one.key) || null, one.kept_percent]));
      });
      return;
    }
    // The whole district stays tinted while one zone is looked at: it is seen against the others.
    const tally = tallyQuery(state, state.coverage.group === 'community' ? 'community' : 'town');
    stopTint = watchAnswer(coveragePath({ ...tally, zone_id: null }), ({ value }) => {
      if (value) shares(value.groups.map((one) => [one.id, one.met_percent]));
    });
  };

  let stopGap = (): void => {};
  let clicked: string | null = null;
  let shown: string | null = store.get().view ? store.get().coverage.gap : null;
  const look = (state: State): void => {
    stopGap();
    stopGap = () => {};
    const key = state.coverage.gap;
    if (key === null) {
      shown = null;
      return selection.draw('gap', []);
    }
    const draw = (listed: readonly Drawable[]): void => {
      const found = listed.filter(({ properties }) => isNamed(key, properties));
      selection.draw(
        'gap',
        found.map(({ geometry, properties }) => ({
          kind: 'gap' as const,
          shape: geometry,
          sides: properties.sides,
          lacks: properties.kind,
        })),
      );
      if (found.length === 0 || shown === key) return;
      shown = key;
      if (clicked !== key)
        showLine(
          map,
          found.flatMap(({ geometry }) => positionsOf(geometry)),
          16.5,
        );
    };
    const { tab, chief } = state.coverage;
    stopGap =
      tab === 'duties' && chief !== null
        ? watchAnswer(
            duePath({ chief_id: chief, at: state.at }),
            ({ value }) => value && draw(value.features.map(likeGap)),
          )
        : watchAnswer(gapsPath(askFor(key, gapQuery(state))), ({ value }) => value && draw(value.features));
  };

  const lightUp = (): void => {
    const on = hover.get();
    // The gap looked at has its own, stronger mark.
    const other = on?.what === 'gap' && on.shape && on.key !== store.get().coverage.gap;
    selection.draw('hover', other ? [{ kind: 'hover', shape: on.shape!, sides: on.sides }] : []);
  };

  let before: State | null = null;
  const stops = [
    followZone(desk),
    now(store, (state) => {
      const b = before;
      before = state;
      const { gap, ...others } = state.coverage;
      const { gap: gapBefore, ...othersBefore } = b?.coverage ?? state.coverage;
      const asked = !b || state.at !== b.at || JSON.stringify(others) !== JSON.stringify(othersBefore);
      if (asked) {
        showSpots(state);
        tint(state);
      }
      if (!asked && gap === gapBefore) return;
      look(state);
      lightUp();
    }),
    hover.watch(lightUp),
    onClick(map, (event) => {
      const keys = [...new Set(spotsUnder(event).flatMap(({ key }) => key ?? []))].sort();
      const current = store.get().coverage.gap;
      // Several roles may lack a holder on the same metres: clicking again looks at the next.
      const next = keys[(keys.indexOf(current ?? '') + 1) % Math.max(keys.length, 1)] ?? null;
      clicked = next;
      store.update(lookAtGap(next));
    }),
    onHover(map, (event) => {
      const [spot] = event ? spotsUnder(event) : [];
      map.getViewport()!.style.cursor = spot ? 'pointer' : '';
      if (!event || !spot) return rest(null);
      const { feature, key } = spot;
      const tip = {
        pixel: [event.pixel[0]!, event.pixel[1]!] as [number, number],
        name: textOf(feature, 'name'),
        class: textOf(feature, 'class') as RoadClass | null,
        role: textOf(feature, 'role') as Role | null,
        fault: textOf(feature, 'fault'),
        length_m: (feature.get('length_m') as number | undefined) ?? null,
      };
      rest({ what: 'gap', key: key ?? '', shape: null, sides: null, tip });
    }),
  ];

  function spotsUnder(event: PointerOn): { feature: FeatureLike; key: string | null }[] {
    const seen = [...every, changes].flatMap((one) => one.layers);
    return featuresAt(event, seen, 5).map((feature) => ({ feature, key: keyOf(feature) }));
  }

  return () => {
    for (const stop of stops) stop();
    stopShowing();
    stopTint();
    stopGap();
    for (const one of [...every, changes]) show(one, false);
    zones.tint(null);
  };
};

const textOf = (feature: FeatureLike, name: string): string | null => (feature.get(name) as string | undefined) ?? null;

/** What tiles are filtered by: the parts of the question that their layer knows. */
function tileQuery({
  kind,
  role,
  duty,
  class: roadClass,
  zone_id,
  fault,
  period,
}: GapFilters): Record<string, string | number | null> {
  if (kind === 'unheld') return { role, class: roadClass, zone_id };
  if (kind === 'unwalked') return { role, duty, class: roadClass, zone_id, period };
  if (kind === 'unzoned') return { class: roadClass };
  return { kind, fault };
}

/** A stretch is asked for by its road; a fault only by the list it stands in. */
function askFor(key: string, asked: GapFilters): Parameters<typeof gapsPath>[0] {
  const gap = parseGapKey(key);
  const { kind, at, period } = asked;
  if (!gap || 'fault' in gap) return { ...asked, limit: mostGaps };
  return { kind, at, period, role: gap.role, duty: gap.duty, road_id: gap.road_id, limit: mostGaps };
}

function likeGap({ geometry, properties }: CadenceSegment): Drawable {
  return { geometry, properties: { ...properties, kind: 'unwalked', key: '' } };
}
