/** The issues, newest first. */
import type { JSX } from 'preact';
import type { Issue } from '../../../api/issues/issues.contract.ts';
import { issuesPath } from '../../requests/paths.ts';
import { usePages } from '../../requests/use-answer.ts';
import { issueQuery } from '../../state/issue-query.ts';
import { openIssue } from '../../state/transitions.ts';
import { StatusMark } from '../controls/marks.tsx';
import { Empty, Fault, Loading } from '../controls/states.tsx';
import { useWhenSeen } from '../coverage/gap-list.tsx';
import { useAct, useScreen, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';

export function IssueList(): JSX.Element {
  const { m, count } = useWords();
  const issues = useScreen((state) => state.issues);
  const { pages, loading, problem, more } = usePages(issuesPath({ ...issueQuery(issues), limit: 60 }));
  const [first] = pages;
  const end = useWhenSeen(more);
  return (
    <div class="issues">
      <div class="section-head sticky">
        <h3>{m.issues.title}</h3>
        {first && <b>{m.issues.count(count(first.count))}</b>}
      </div>
      {problem && <Fault problem={problem} />}
      {!first && loading && <Loading rows={6} />}
      {first && first.features.length === 0 && <Empty>{m.issues.none}</Empty>}
      <ul class={`lines ${(loading || problem) && first ? 'working' : ''}`}>
        {pages.flatMap((page) => page.features.map((issue) => <IssueRow key={issue.id} issue={issue} />))}
      </ul>
      {more && (
        <button ref={end} type="button" class="more" onClick={more}>
          {loading ? m.common.loading : m.common.more}
        </button>
      )}
    </div>
  );
}

function IssueRow({ issue }: { issue: Issue }): JSX.Element {
  const { m, dayAndTime, metres, language } = useWords();
  const act = useAct();
  const { category_zh, category_en, status, road_name, road_id, measure_m, side, reported_at, verdict } =
    issue.properties;
  const where =
    road_id === null
      ? m.verdict[verdict]
      : m.issues.onRoad(road_name ?? m.unnamed, metres(Math.round(measure_m ?? 0)), side ? m.sides[side] : '');
  return (
    <li>
      <button
        type="button"
        class="line issue-line"
        onClick={act(openIssue(issue.id))}
        {...lightUp({ what: 'issue', id: issue.id, place: issue.geometry.coordinates })}
      >
        <span class="issue-name">{language === 'zh' ? category_zh : category_en}</span>
        <StatusMark status={status} />
        <span class={`quiet issue-where ${road_id === null ? 'uncertain' : ''}`}>{where}</span>
        <span class="quiet issue-when">{dayAndTime(reported_at)}</span>
      </button>
    </li>
  );
}
