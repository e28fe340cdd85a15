/** Who: the chiefs in the role, those of the stretch's own zones first. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Chief } from '../../../api/chiefs/chiefs.contract.ts';
import { chiefsPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import type { RoadAtHand } from '../../road/road-at-hand.ts';
import { within } from '../../road/strip-of.ts';
import { chooseChief } from '../../state/transitions.ts';
import { Combobox } from '../controls/combobox.tsx';
import { Icon } from '../controls/icons.tsx';
import { Fault } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { useLater } from './road-search.tsx';

export function ChiefPicker({
  atHand,
  chief,
  from,
  to,
}: {
  atHand: RoadAtHand;
  chief: Chief | null;
  from: number;
  to: number;
}): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const { role, chief: picked, sides } = useScreen((state) => state.plan);
  const [text, setText] = useState('');
  const asked = useLater(text.trim(), 150);
  const { last, loading, problem, retry } = useAnswer(chiefsPath({ role, q: asked, limit: 300 }));
  const here = new Set(
    (atHand.strip ? within(atHand.strip.zones, from, to, sides) : []).flatMap(({ town, community }) => [
      town?.id,
      community?.id,
    ]),
  );
  const isHere = (one: Chief): boolean => one.zone_id !== null && here.has(one.zone_id);
  const chiefs = (last?.chiefs ?? []).filter((one) => one.role === role);
  const ordered = [...chiefs.filter(isHere), ...chiefs.filter((one) => !isHere(one))];

  return (
    <div class="section">
      <h3>{m.plan.chief}</h3>
      {picked !== null && chief ? (
        <div class="chief-card" style={{ '--colour': `var(--role-${role})` }}>
          <ChiefLines chief={chief} />
          <button
            type="button"
            class="icon-button"
            aria-label={m.common.clear}
            title={m.common.clear}
            onClick={act(chooseChief(null))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ) : (
        <>
          {problem && !last && <Fault problem={problem} onRetry={retry} />}
          <Combobox
            inline
            label={m.plan.chief}
            placeholder={m.plan.chiefSearch}
            clearLabel={m.search.clear}
            text={text}
            onText={setText}
            options={ordered}
            keyOf={(one) => one.id}
            picked={picked}
            loading={loading}
            empty={m.plan.chiefNone}
            groupOf={(one) =>
              here.size === 0 ? null : isHere(one) ? m.plan.chiefHere : (one.zone_name ?? m.common.all)
            }
            draw={(one) => <ChiefLines chief={one} />}
            onPick={(one) => {
              setText('');
              store.update(chooseChief(one.id));
            }}
          />
        </>
      )}
    </div>
  );
}

function ChiefLines({ chief }: { chief: Chief }): JSX.Element {
  const { m, length, count } = useWords();
  const { name, organisation, phone, zone_name, held_m, held_roads } = chief;
  return (
    <span class="chief-lines">
      <b>{name}</b>
      <span class="quiet">{[organisation ?? zone_name, phone].filter(Boolean).join(' · ')}</span>
      <span class="quiet chief-load">
        {held_roads > 0 ? m.plan.chiefHolds(length(held_m), count(held_roads)) : m.plan.chiefFree}
      </span>
    </span>
  );
}
