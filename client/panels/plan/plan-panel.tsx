/** Plan: who is to look after which stretch of which road. */
import type { JSX } from 'preact';
import { roadAtHand } from '../../road/road-at-hand.ts';
import { planTabs } from '../../state/state.ts';
import { showPlanTab } from '../../state/transitions.ts';
import { PastBanner } from '../controls/as-of.tsx';
import { Choice } from '../controls/choice.tsx';
import { Fault, Loading } from '../controls/states.tsx';
import { StripDock } from '../strip/strip.tsx';
import { useDesk, usePhone, useScreen, useStore, useWords } from '../desk.ts';
import { AssignForm } from './assign-form.tsx';
import { ColourChoice } from './colour-choice.tsx';
import { HistoryView } from './history-view.tsx';
import { RoadCard } from './road-card.tsx';
import { RoadSearch } from './road-search.tsx';
import { StartHere } from './start-here.tsx';

export function PlanPanel(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const phone = usePhone();
  const tab = useScreen((state) => state.plan.tab);
  const atHand = useStore(roadAtHand, (at) => at);
  return (
    <>
      {/* On a phone the strip needs the room of the search box, which is back when the road is let go. */}
      {!(phone && atHand) && (
        <div class="panel-top">
          <RoadSearch />
        </div>
      )}
      <PastBanner />
      {!atHand && <StartHere />}
      {atHand?.problem && !atHand.road && (
        <div class="section">
          <Fault problem={atHand.problem} />
        </div>
      )}
      {atHand && !atHand.road && !atHand.problem && <Loading rows={5} />}
      {atHand?.road && (
        <>
          <RoadCard road={atHand.road} />
          {phone && <StripDock />}
          <div class="section tabs-section">
            <Choice
              label={m.mode.plan}
              hidden
              value={tab}
              options={planTabs.map((one) => ({ value: one, label: m.plan.tabs[one] }))}
              onPick={(one) => store.update(showPlanTab(one))}
            />
          </div>
          {tab === 'history' ? (
            <HistoryView road={atHand.road} />
          ) : (
            <AssignForm atHand={atHand} road={atHand.road} release={tab === 'release'} />
          )}
        </>
      )}
      {!atHand && <ColourChoice />}
    </>
  );
}
