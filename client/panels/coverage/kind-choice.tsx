/** The kinds of blind spot side by side, each with how much of it there is: the first glance of the morning. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { GapKind } from '../../../api/coverage/coverage.contract.ts';
import { gapsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { gapQuery, isTallied } from '../../state/gap-query.ts';
import { gapKinds } from '../../state/state.ts';
import { showKind } from '../../state/transitions.ts';
import { useDesk, useScreen, useWords } from '../desk.ts';

export function KindChoice(): JSX.Element {
  const { m } = useWords();
  const name = useId();
  return (
    <fieldset class="kinds">
      <legend class="unseen">{m.coverage.kinds}</legend>
      {gapKinds.map((one) => (
        <Kind key={one} kind={one} name={name} />
      ))}
    </fieldset>
  );
}

function Kind({ kind, name }: { kind: GapKind; name: string }): JSX.Element {
  const { m, count, lengthParts } = useWords();
  const { store } = useDesk();
  const state = useScreen((one) => one);
  // One row is enough: the count and the metres are those of all.
  const { last, problem } = useAnswer(gapsPath({ ...gapQuery(state, kind), limit: 1 }));
  const figure = last && (isTallied(kind) ? lengthParts(last.missing_m) : ([count(last.count), ''] as const));
  return (
    <label class="kind" title={m.coverage.kindHint[kind]} style={{ '--colour': `var(--gap-${kind})` }}>
      <input
        type="radio"
        name={name}
        value={kind}
        checked={kind === state.coverage.kind}
        onChange={() => store.update(showKind(kind))}
      />
      <span class="kind-box">
        <i class={`kind-mark kind-${kind}`} />
        <span class="kind-name">{m.coverage.kind[kind]}</span>
        <b class={`${last?.count === 0 ? 'quiet' : ''} ${(figure?.[0].length ?? 0) > 4 ? 'long' : ''}`}>
          {figure ? figure[0] : problem ? '—' : '…'}
          {figure?.[1] && <small>{figure[1]}</small>}
        </b>
      </span>
    </label>
  );
}
