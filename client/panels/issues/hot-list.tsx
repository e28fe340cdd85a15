/** Segments on which trouble recurs, worst first. */
import type { JSX } from 'preact';
import { hotspotsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { showLine } from '../../map/create-map.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { issueQuery } from '../../state/issue-query.ts';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';

export function HotList(): JSX.Element {
  const { m, count, roadName, metres, language, shortDay } = useWords();
  const { map } = useDesk();
  const issues = useScreen((state) => state.issues);
  const { last, problem, loading, retry } = useAnswer(hotspotsPath(issueQuery(issues)));
  const most = Math.max(1, ...(last?.features ?? []).map(({ properties }) => properties.issues));
  return (
    <div class="issues">
      <div class="section-head sticky">
        <h3>{m.issues.hotspots}</h3>
        {last && last.off_road > 0 && <span class="quiet">{m.issues.offRoadCount(count(last.off_road))}</span>}
      </div>
      {problem && !last && <Fault problem={problem} onRetry={retry} />}
      {!last && loading && <Loading rows={6} />}
      {last && last.features.length === 0 && <Empty>{m.issues.hotspotsNone}</Empty>}
      <ol class={`lines ${(loading || problem) && last ? 'working' : ''}`}>
        {last?.features.map(({ geometry, properties: p }, index) => {
          return (
            <li key={`${p.road_id}-${p.from_m}-${p.sides}`}>
              <button
                type="button"
                class="line hot-line"
                onClick={() => {
                  giveMapRoom();
                  showLine(map, geometry.coordinates, 16.5, 1);
                }}
                {...lightUp({ what: 'hotspot', index, line: geometry.coordinates, sides: p.sides })}
              >
                <span class="hot-rank">{index + 1}</span>
                <span class="gap-name">
                  {roadName(p.road_name, p.class)}
                  <small>{m.common.span(metres(Math.round(p.from_m)), metres(Math.round(p.to_m)))}</small>
                </span>
                <span class="hot-count">{m.issues.hotIssues(count(p.issues))}</span>
                <span class="hot-bar">
                  <i style={{ width: `${(p.issues / most) * 100}%` }} />
                </span>
                <span class="quiet hot-facts">
                  {p.open > 0 && <span>{m.issues.open(count(p.open))}</span>}
                  {p.relapses > 0 && (
                    <span class="relapses" title={m.issues.relapseHint}>
                      {m.issues.relapses(count(p.relapses))}
                    </span>
                  )}
                  <span>{language === 'zh' ? p.top_category_zh : p.top_category_en}</span>
                  <span title={m.issues.per100(count(Math.round(p.per_100_m)))}>{shortDay(p.last_reported_at)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
