/** Coverage: what is missing, where, and whose it is; what changed; and who keeps the duties. */
import type { JSX } from 'preact';
import { coveragePath, gapsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { gapQuery, tallyQuery } from '../../state/gap-query.ts';
import { coverageTabs } from '../../state/state.ts';
import { showCoverageTab } from '../../state/transitions.ts';
import { Answered } from '../controls/answered.tsx';
import { PastBanner } from '../controls/as-of.tsx';
import { Choice } from '../controls/choice.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';
import { ChangesView } from './changes-view.tsx';
import { DueView } from './due-view.tsx';
import { DutiesView } from './duties-view.tsx';
import { DutyBars } from './duty-bars.tsx';
import { Filters } from './filters.tsx';
import { FaultTotals } from './fault-totals.tsx';
import { GapList } from './gap-list.tsx';
import { GroupChoice, GroupTable } from './group-table.tsx';
import { KindChoice } from './kind-choice.tsx';
import { RoleBars } from './role-bars.tsx';
import { Totals } from './totals.tsx';
import { Warnings } from './warnings.tsx';

export function CoveragePanel(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const { tab, chief } = useScreen((state) => state.coverage);
  if (tab === 'duties' && chief !== null) return <DueView id={chief} />;
  return (
    <>
      <div class="panel-top coverage-top">
        <Choice
          label={m.mode.coverage}
          hidden
          value={tab}
          options={coverageTabs.map((one) => ({ value: one, label: m.coverage.tabs[one] }))}
          onPick={(one) => store.update(showCoverageTab(one))}
        />
      </div>
      {tab === 'gaps' && <BlindSpots />}
      {tab === 'changes' && <ChangesView />}
      {tab === 'duties' && <DutiesView />}
    </>
  );
}

function BlindSpots(): JSX.Element {
  const state = useScreen((one) => one);
  const { kind, group } = state.coverage;
  const all = tallyQuery(state, 'none');
  const asked = tallyQuery(state, group);
  // The bars compare the roles, so they are asked for all six; the table and the list follow the chosen one.
  const whole = useAnswer(all && coveragePath({ ...all, role: null }));
  const groups = useAnswer(asked && coveragePath(asked));
  return (
    <div class="spots" style={{ '--missing': `var(--gap-${kind})` }}>
      <div class="section coverage-asked">
        <KindChoice />
        <Filters />
      </div>
      <PastBanner />
      <Answered to={{ ...whole, last: whole.last?.kind === kind ? whole.last : undefined }}>
        {(coverage) => (
          <>
            <Warnings warnings={coverage.warnings} />
            <Totals coverage={coverage} />
            {kind === 'unheld' && <RoleBars coverage={coverage} />}
            {kind === 'unwalked' && <DutyBars coverage={coverage} />}
          </>
        )}
      </Answered>
      {!all && <FaultTotals />}
      {asked && (
        <div class="section groups">
          <GroupChoice />
          <Answered to={{ ...groups, last: groups.last?.kind === kind ? groups.last : undefined }}>
            {(coverage) => <GroupTable coverage={coverage} />}
          </Answered>
        </div>
      )}
      <GapList path={gapsPath({ ...gapQuery(state), limit: 60 })} />
    </div>
  );
}
