/** Report an issue: where, on which road, what. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { toLonLat } from 'ol/proj.js';
import type { Issue, NewIssue, SnapResult } from '../../../api/issues/issues.contract.ts';
import { afterWrite } from '../../requests/changes.ts';
import { newClientId } from '../../requests/client-id.ts';
import { categoriesPath } from '../../requests/paths.ts';
import { post, Problem } from '../../requests/send.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { notify, say } from '../../state/notices.ts';
import { report } from '../../state/report.ts';
import { openIssue, reportAccuracy, reportAt, showIssueTab } from '../../state/transitions.ts';
import { Choice } from '../controls/choice.tsx';
import { Icon } from '../controls/icons.tsx';
import { Fault, problemInWords } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useStore, useWords } from '../desk.ts';
import { Candidates } from './candidates.tsx';
import { CategoryPicker } from './category-picker.tsx';

/** 68 % radius in metres: a survey, a good phone, a phone among towers, a guess from an address. */
const accuracies = [3, 10, 30, 100];

export function ReportForm(): JSX.Element {
  const { m, language } = useWords();
  const desk = useDesk();
  const act = useAct();
  const { place, accuracy } = useScreen((state) => state.issues);
  const { snap, chosen } = useStore(report, (one) => one);
  const problem = useSnap(place, accuracy);
  const { value } = useAnswer(categoriesPath);
  const [category, setCategory] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  // One for the form, so that sending the same report again after a lost answer adds nothing.
  const [external_id] = useState(newClientId);

  const send = async (): Promise<void> => {
    const [kind, code] = category?.split('-') ?? [];
    if (!place || !kind || !code) return;
    setSending(true);
    setFault(null);
    try {
      const body: NewIssue = {
        external_id,
        position: place,
        crs: 'wgs84',
        accuracy_m: accuracy,
        kind: kind as NewIssue['kind'],
        code,
        text,
        ...(chosen === null ? {} : { road_id: chosen }),
      };
      const issue = await post<Issue>('/api/issues', body);
      afterWrite(desk);
      notify({
        kind: 'done',
        text: m.issues.submitted(language === 'zh' ? issue.properties.category_zh : issue.properties.category_en),
      });
      desk.store.update((state) => openIssue(issue.id)(showIssueTab('list')(state)));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setFault(error);
      say(problemInWords(error, m).detail);
    }
    setSending(false);
  };

  return (
    <form class="report" onSubmit={(event) => event.preventDefault()}>
      <div class="panel-top">
        <button type="button" class="link with-icon" onClick={act(showIssueTab('list'))}>
          <Icon name="back" size={16} />
          {m.issues.back}
        </button>
        <h2>{m.issues.report}</h2>
      </div>
      <div class="section">
        <div class="section-head">
          <h3>{m.issues.place}</h3>
          <button
            type="button"
            class="link with-icon"
            onClick={() => {
              const [lon, lat] = toLonLat(desk.map.getView().getCenter()!);
              desk.store.update(reportAt(lon!, lat!));
            }}
          >
            <Icon name="centre" size={16} />
            {m.issues.atCentre}
          </button>
        </div>
        {place ? (
          <p class="place-line">
            <span class="coordinates">
              {place[1].toFixed(6)}, {place[0].toFixed(6)}
            </span>
            <span class="quiet">{m.issues.movePlace}</span>
          </p>
        ) : (
          <p class="hint">{m.issues.pickPlace}</p>
        )}
        <Choice
          label={m.issues.accuracy}
          small
          value={String(accuracy)}
          options={[...new Set([...accuracies, accuracy])]
            .sort((a, b) => a - b)
            .map((metres) => ({ value: String(metres), label: `±${metres} ${m.metre}` }))}
          onPick={(metres) => desk.store.update(reportAccuracy(Number(metres)))}
        />
      </div>
      {place && (
        <div class="section" aria-live="polite">
          <div class="section-head">
            <h3>{m.issues.candidates}</h3>
            {snap?.verdict === 'matched' && <span class="verdict-matched">{m.issues.matched}</span>}
          </div>
          {problem && <Fault problem={problem} />}
          {!snap && !problem && <p class="quiet">{m.issues.snapping}</p>}
          {snap?.verdict === 'ambiguous' && <p class="verdict-ambiguous">{m.issues.ambiguous}</p>}
          {snap?.verdict === 'no_road' && <p class="verdict-none">{m.issues.noRoad}</p>}
          {snap && snap.candidates.length > 0 && (
            <Candidates
              candidates={snap.candidates}
              chosen={chosen ?? firstIfSure(snap)}
              onChoose={(road) => report.update((one) => ({ ...one, chosen: road }))}
            />
          )}
          {snap?.verdict === 'ambiguous' && chosen !== null && (
            <button type="button" class="link" onClick={() => report.update((one) => ({ ...one, chosen: null }))}>
              {m.issues.unsure}
            </button>
          )}
        </div>
      )}
      <div class="section">
        <h3>{m.issues.category}</h3>
        <CategoryPicker
          categories={value?.categories ?? []}
          picked={category}
          placeholder={m.issues.searchCategory}
          onPick={setCategory}
        />
        <label class="text-field">
          <span class="field-label">{m.issues.text}</span>
          <textarea
            rows={3}
            maxLength={4000}
            placeholder={m.issues.textHint}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {fault && <Fault problem={fault} />}
      </div>
      <footer class="save-bar">
        <button
          type="button"
          class="primary"
          disabled={!place || !category || sending || !snap}
          onClick={() => void send()}
        >
          {sending ? m.issues.submitting : m.issues.submit}
        </button>
        <button type="button" class="plain" onClick={act(showIssueTab('list'))}>
          {m.common.cancel}
        </button>
      </footer>
    </form>
  );
}

function firstIfSure(snap: SnapResult): number | null {
  return snap.verdict === 'matched' ? (snap.candidates[0]?.road_id ?? null) : null;
}

/** Asks which road a place belongs to, each time it moves or its accuracy changes. */
function useSnap(place: readonly [number, number] | null, accuracy: number): Problem | null {
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = place && `${place.join(',')}/${accuracy}`;
  useEffect(() => {
    report.update(() => ({ snap: null, chosen: null }));
    setProblem(null);
    if (!place) return;
    const abort = new AbortController();
    post<SnapResult>('/api/snap', { position: place, crs: 'wgs84', accuracy_m: accuracy }, abort.signal).then(
      (snap) => report.update(() => ({ snap, chosen: null })),
      (error: unknown) => !abort.signal.aborted && setProblem(error as Problem),
    );
    return () => abort.abort();
  }, [key]);
  return problem;
}
