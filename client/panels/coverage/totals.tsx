/** The one number of the morning, and what stands behind it. */
import type { JSX } from 'preact';
import type { Coverage } from '../../../api/coverage/coverage.contract.ts';
import type { Role } from '../../../api/http/shapes.ts';
import { ShareBar } from '../controls/marks.tsx';
import { useWords } from '../desk.ts';

export function Totals({ coverage, role }: { coverage: Coverage; role: Role | null }): JSX.Element {
  const { m, percent, lengthParts, length } = useWords();
  const tally = role ? (coverage.roles.find((one) => one.role === role) ?? coverage.total) : coverage.total;
  if (tally.required_m === 0) return <p class="empty">{m.coverage.nothingRequired}</p>;
  const [gap, gapUnit] = lengthParts(tally.missing_m);
  const [road, roadUnit] = lengthParts(coverage.road_m);
  const share = percent(tally.met_percent);
  return (
    <div class="section totals">
      <div class="total-main">
        <span class="total-figure">
          {share.replace('%', '')}
          <small>%</small>
        </span>
        <span class="total-label">{role ? m.role[role] : m.coverage.held}</span>
      </div>
      <dl class="total-facts">
        <div class="missing">
          <dt>{m.coverage.missing}</dt>
          <dd>
            {gap} <small>{gapUnit}</small>
          </dd>
        </div>
        <div>
          <dt>{m.coverage.roadLength}</dt>
          <dd>
            {road} <small>{roadUnit}</small>
          </dd>
        </div>
      </dl>
      <ShareBar percent={tally.met_percent} label={share} />
      <p class="quiet total-note" title={m.coverage.roleMetresHint}>
        {m.coverage.ofRequired(length(tally.met_m), length(tally.required_m))}
        {!role && ` · ${m.coverage.roleMetres}`}
      </p>
    </div>
  );
}
