/** Of what no metre is required there is no share: how many places, and how much road they concern. */
import type { JSX } from 'preact';
import { gapsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { gapQuery } from '../../state/gap-query.ts';
import { useScreen, useWords } from '../desk.ts';

export function FaultTotals(): JSX.Element | null {
  const { m, count, lengthParts } = useWords();
  const state = useScreen((one) => one);
  const kind = state.coverage.kind === 'unregistered' ? 'unregistered' : 'inventory';
  const { last } = useAnswer(gapsPath({ ...gapQuery(state), limit: 1 }));
  if (!last) return null;
  const [length, unit] = lengthParts(last.missing_m);
  return (
    <div class="section totals">
      <div class="total-main">
        <span class="total-figure total-count">{count(last.count)}</span>
        <span class="total-label">{m.coverage.countOf[kind]}</span>
      </div>
      <dl class="total-facts">
        <div class="total-missing">
          <dt>{m.coverage.lengthOf[kind]}</dt>
          <dd>
            {length} <small>{unit}</small>
          </dd>
        </div>
      </dl>
      <p class="quiet total-note">{m.coverage.kindHint[kind]}</p>
    </div>
  );
}
