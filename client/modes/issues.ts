/** Issues on the map: dots to open, a heat map, or a place to report. */
import { toLonLat } from 'ol/proj.js';
import { unByKey } from 'ol/Observable.js';
import { show } from '../layers/layer.ts';
import { showPlace } from '../map/create-map.ts';
import { watchAnswer } from '../requests/answers.ts';
import { heatPath, hotspotsPath, issuePath } from '../requests/paths.ts';
import { hover, rest } from '../state/hover.ts';
import { issueQuery } from '../state/issue-query.ts';
import { report } from '../state/report.ts';
import type { State } from '../state/state.ts';
import { openIssue, reportAt } from '../state/transitions.ts';
import type { Drawn } from '../layers/selection.ts';
import type { Enter } from './mode.ts';
import { featuresAt, now, onClick, onHover, type PointerOn } from './on-map.ts';

const near = 16;

export const enterIssues: Enter = ({ map, element, layers, store }) => {
  let stopHeat = (): void => {};
  const showTab = ({ issues }: State): void => {
    const hot = issues.tab === 'hot';
    show(layers.issues, !hot);
    for (const layer of layers.issues.layers) layer.setOpacity(issues.tab === 'report' ? 0.35 : 1);
    show(layers.heat, hot);
    show(layers.hotspots, hot);
    const query = issueQuery(issues);
    layers.issues.filter(query);
    stopHeat();
    stopHeat = () => {};
    if (!hot) return;
    const stops = [
      watchAnswer(heatPath(query), ({ value }) => value && layers.heat.show(value)),
      watchAnswer(hotspotsPath(query), ({ value }) => value && layers.hotspots.show(value)),
    ];
    stopHeat = () => stops.forEach((stop) => stop());
  };

  let stopIssue = (): void => {};
  let clicked: number | null = null;
  let shown: number | null = store.get().view ? store.get().issues.issue : null;
  const look = (id: number | null): void => {
    stopIssue();
    stopIssue = () => {};
    if (id === null) {
      shown = null;
      return layers.selection.draw('issue', []);
    }
    stopIssue = watchAnswer(issuePath(id), ({ value }) => {
      if (!value) return;
      const place = value.geometry.coordinates;
      layers.selection.draw('issue', [
        { kind: 'issue', place },
        ...value.properties.candidates
          .filter((one) => value.properties.road_id === null || one.road_id === value.properties.road_id)
          .map((one): Drawn => ({
            kind: 'candidate',
            place: one.point,
            from: place,
            first: one.road_id === value.properties.road_id,
          })),
      ]);
      if (shown !== id && clicked !== id) showPlace(map, place, 16);
      shown = id;
    });
  };

  const drawReport = (): void => {
    const { place, accuracy, tab } = store.get().issues;
    if (!place || tab !== 'report') return layers.selection.draw('report', []);
    const { snap, chosen } = report.get();
    const first = chosen ?? (snap?.verdict === 'matched' ? snap.candidates[0]?.road_id : undefined);
    layers.selection.draw('report', [
      ...(snap?.candidates ?? []).map((one): Drawn => ({
        kind: 'candidate',
        place: one.point,
        from: place,
        first: one.road_id === first,
      })),
      { kind: 'place', place, accuracy_m: accuracy },
    ]);
  };

  const { view, issues: begun } = store.get();
  if (!view && begun.place) showPlace(map, begun.place, near + 1.2);

  const scale = (): void => layers.heat.scaleTo(map.getView().getResolution()!);
  scale();
  const placeAtCentre = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || store.get().issues.tab !== 'report') return;
    const [lon, lat] = toLonLat(map.getView().getCenter()!);
    store.update(reportAt(lon!, lat!));
  };
  element.addEventListener('keydown', placeAtCentre);
  const moved = map.on('moveend', scale);

  const stops = [
    now(
      store,
      (() => {
        let before: State | null = null;
        return (state: State) => {
          const [i, b] = [state.issues, before?.issues];
          if (!b || i.tab !== b.tab || JSON.stringify(issueQuery(i)) !== JSON.stringify(issueQuery(b))) showTab(state);
          if (!b || i.issue !== b.issue) look(i.issue);
          if (i !== b) drawReport();
          before = state;
        };
      })(),
    ),
    report.watch(drawReport),
    hover.watch((on) => {
      if (on?.what === 'issue') layers.selection.draw('hover', [{ kind: 'issue', place: on.place }]);
      else
        layers.selection.draw(
          'hover',
          on?.what === 'hotspot' ? [{ kind: 'hover', line: on.line, sides: on.sides }] : [],
        );
    }),
    onClick(map, (event) => {
      const { tab } = store.get().issues;
      if (tab === 'report') {
        const [lon, lat] = toLonLat(event.coordinate);
        store.update(reportAt(lon!, lat!));
        // From afar a click is a guess of some 20 m; nearer, the candidates can be told apart, and it can be moved.
        if ((map.getView().getZoom() ?? 0) < near) showPlace(map, [lon!, lat!], near + 1.2);
      } else if (tab === 'list') {
        clicked = issueUnder(event);
        store.update(openIssue(clicked));
      }
    }),
    onHover(map, (event) => {
      const reporting = store.get().issues.tab === 'report';
      map.getViewport()!.style.cursor = reporting ? 'crosshair' : event && issueUnder(event) !== null ? 'pointer' : '';
      if (!event) rest(null);
    }),
  ];

  function issueUnder(event: PointerOn): number | null {
    const [feature] = featuresAt(event, [layers.issues.dots], 4);
    return feature ? Number(feature.get('id')) : null;
  }

  return () => {
    for (const stop of stops) stop();
    stopHeat();
    stopIssue();
    unByKey(moved);
    element.removeEventListener('keydown', placeAtCentre);
    for (const one of [layers.issues, layers.heat, layers.hotspots]) show(one, false);
  };
};
