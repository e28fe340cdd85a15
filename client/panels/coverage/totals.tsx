/** The one number of the morning, and what stands behind it. */
import type { JSX } from 'preact';
import type { Coverage } from '../../../api/coverage/coverage.contract.ts';
import { ShareBar } from '../controls/marks.tsx';
import { useScreen, useWords } from '../desk.ts';

export function Totals({ coverage }: { coverage: Coverage }): JSX.Element {
  const { m, percent, lengthParts, length } = useWords();
  const { role, duty, age } = useScreen((state) => state.coverage);
  const { kind } = coverage;
  const ofDuty = kind === 'unwalked' && duty ? coverage.duties.find((one) => one.duty === duty) : undefined;
  const ofRole = role && kind !== 'unzoned' ? coverage.roles.find((one) => one.role === role) : undefined;
  const tally = ofDuty ?? ofRole ?? coverage.total;
  const name = ofDuty ? (m.coverage.duty[ofDuty.duty] ?? ofDuty.duty) : ofRole && m.role[ofRole.role];
  const [missing, unit] = lengthParts(tally.missing_m);
  const [road, roadUnit] = lengthParts(coverage.road_m);
  const share = percent(tally.met_percent);
  const counted = { unheld: m.coverage.roleMetres, unwalked: m.coverage.dutyMetres, unzoned: null }[kind];
  return (
    <div class="section totals">
      <div class="total-main">
        <span class="total-figure">
          {share.replace('%', '')}
          {tally.met_percent !== null && <small>%</small>}
        </span>
        <span class="total-label">
          {m.coverage.shareOf[kind]}
          {name && ` · ${name}`}
        </span>
      </div>
      <dl class="total-facts">
        <div class="total-missing">
          <dt>{m.coverage.missingOf[kind]}</dt>
          <dd>
            {missing} <small>{unit}</small>
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
        {tally.required_m === 0
          ? m.coverage.nothingRequired
          : m.coverage.ofRequired(length(tally.met_m), length(tally.required_m))}
        {tally.required_m > 0 && !name && counted && ` · ${counted}`}
        {age !== null && <span class="tolerated">{m.coverage.ageNote}</span>}
        {tally.tolerated_m > 0 && <span class="tolerated">{m.coverage.tolerated(length(tally.tolerated_m))}</span>}
      </p>
    </div>
  );
}
