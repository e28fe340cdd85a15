/** One issue: what, where on which road, how far it got; the next state; which road where that was not certain. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Issue, IssueStatus } from '../../../api/issues/issues.contract.ts';
import { afterWrite } from '../../requests/changes.ts';
import { issuePath } from '../../requests/paths.ts';
import { patch, Problem } from '../../requests/send.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { notify } from '../../state/notices.ts';
import { statuses } from '../../state/state.ts';
import { openIssue } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { StatusMark } from '../controls/marks.tsx';
import { Fault, Loading, problemInWords } from '../controls/states.tsx';
import { useAct, useDesk, useWords } from '../desk.ts';
import { Candidates } from './candidates.tsx';

export function IssueDetail({ id }: { id: number }): JSX.Element {
  const { m } = useWords();
  const act = useAct();
  const { value, problem, loading, retry } = useAnswer(issuePath(id));
  return (
    <div class="issue-detail">
      <div class="panel-top">
        <button type="button" class="link with-icon" onClick={act(openIssue(null))}>
          <Icon name="back" size={16} />
          {m.issues.back}
        </button>
      </div>
      {problem && !value && (
        <div class="section">
          <Fault problem={problem} onRetry={retry} />
        </div>
      )}
      {loading && !value && <Loading rows={6} />}
      {value && <Facts issue={value} />}
    </div>
  );
}

function Facts({ issue }: { issue: Issue }): JSX.Element {
  const { m, language, dayAndTime, metres, exact } = useWords();
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const p = issue.properties;
  const change = async (body: object, done: string): Promise<void> => {
    setBusy(true);
    try {
      await patch(issuePath(issue.id), body);
      afterWrite(desk);
      notify({ kind: 'done', text: done });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { title, detail, hint } = problemInWords(error, m);
      notify({ kind: 'fault', text: [title, detail].filter(Boolean).join(' · '), hint });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <header class="road-card issue-card">
        <h2>{language === 'zh' ? p.category_zh : p.category_en}</h2>
        <p class="road-facts">
          <StatusMark status={p.status} />
          <span>
            {m.kind[p.kind]} {p.code}
          </span>
          <span>{m.surface[p.surface]}</span>
        </p>
      </header>
      <dl class="section facts">
        <Fact label={m.issues.place}>
          {p.road_id === null
            ? m.issues.offRoad
            : m.issues.onRoad(p.road_name ?? m.unnamed, metres(p.measure_m ?? 0), p.side ? m.sides[p.side] : '')}
          {p.offset_m !== null && <small>{m.issues.offset(exact(p.offset_m))}</small>}
          <small class={p.verdict === 'ambiguous' || p.verdict === 'no_road' ? 'uncertain' : ''}>
            {m.verdict[p.verdict]}
          </small>
        </Fact>
        <Fact label={m.issues.reportedAt}>
          {dayAndTime(p.reported_at)}
          <small>{p.reported_by}</small>
        </Fact>
        {p.closed_at && <Fact label={m.issues.closedAt}>{dayAndTime(p.closed_at)}</Fact>}
        <Fact label={m.issues.accuracy}>{m.issues.accuracyOf(exact(p.accuracy_m))}</Fact>
        {p.text && <Fact label={m.issues.text}>{p.text}</Fact>}
      </dl>
      {p.verdict === 'ambiguous' && p.candidates.length > 0 && (
        <div class="section">
          <h3>{m.issues.confirm}</h3>
          <Candidates
            candidates={p.candidates}
            chosen={p.road_id}
            onChoose={(road_id) => void change({ road_id }, m.issues.confirmed)}
          />
        </div>
      )}
      <div class="section">
        <h3>{m.issues.changeStatus}</h3>
        <ol class="status-steps">
          {statuses.map((status) => (
            <li key={status}>
              <StatusStep
                status={status}
                current={p.status}
                disabled={busy}
                onPick={() => void change({ status }, m.issues.statusSaved(m.status[status]))}
              />
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: preact.ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function StatusStep({
  status,
  current,
  disabled,
  onPick,
}: {
  status: IssueStatus;
  current: IssueStatus;
  disabled: boolean;
  onPick: () => void;
}): JSX.Element {
  const { m } = useWords();
  const passed = current !== 'void' && status !== 'void' && statuses.indexOf(status) < statuses.indexOf(current);
  return (
    <button
      type="button"
      class={`status-step ${passed ? 'passed' : ''}`}
      aria-current={status === current ? 'step' : undefined}
      disabled={disabled || status === current}
      style={{ '--colour': `var(--status-${status})` }}
      onClick={onPick}
    >
      <i />
      {m.status[status]}
    </button>
  );
}
