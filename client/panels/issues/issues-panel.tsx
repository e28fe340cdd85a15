/** Issues: report one, look through them, see where they crowd. */
import type { JSX } from 'preact';
import { showIssueTab } from '../../state/transitions.ts';
import { Choice } from '../controls/choice.tsx';
import { Icon } from '../controls/icons.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { HotList } from './hot-list.tsx';
import { IssueDetail } from './issue-detail.tsx';
import { IssueFilters } from './issue-filters.tsx';
import { IssueList } from './issue-list.tsx';
import { ReportForm } from './report-form.tsx';

export function IssuesPanel(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const { tab, issue } = useScreen((state) => state.issues);
  if (tab === 'report') return <ReportForm />;
  if (issue !== null) return <IssueDetail id={issue} />;
  return (
    <>
      <div class="panel-top issue-top">
        <Choice
          label={m.issues.title}
          hidden
          value={tab}
          options={(['list', 'hot'] as const).map((one) => ({ value: one, label: m.issues.tabs[one] }))}
          onPick={(one) => store.update(showIssueTab(one))}
        />
        <button type="button" class="primary" onClick={act(showIssueTab('report'))}>
          <Icon name="plus" size={16} />
          {m.issues.report}
        </button>
      </div>
      <IssueFilters />
      {tab === 'list' ? <IssueList /> : <HotList />}
    </>
  );
}
