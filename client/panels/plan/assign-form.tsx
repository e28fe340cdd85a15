/** The form of an assignment, or of a release: stretch, sides, role, chief; the effect; save. */
import type { JSX } from 'preact';
import type { Change } from '../../../api/assignments/assignments.contract.ts';
import type { Road } from '../../../api/roads/roads.contract.ts';
import { useEffectOf } from '../../requests/changes.ts';
import { chiefPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import type { RoadAtHand } from '../../road/road-at-hand.ts';
import { stretchOf } from '../../state/transitions.ts';
import { useScreen, useWords } from '../desk.ts';
import { ChiefPicker } from './chief-picker.tsx';
import { EffectView } from './effect-view.tsx';
import { RolePicker } from './role-picker.tsx';
import { SaveBar } from './save-bar.tsx';
import { StretchForm } from './stretch-form.tsx';

export function AssignForm({
  atHand,
  road,
  release,
}: {
  atHand: RoadAtHand;
  road: Road;
  release: boolean;
}): JSX.Element {
  const { m, span, roadName } = useWords();
  const plan = useScreen((state) => state.plan);
  const at = useScreen((state) => state.at);
  const chief = useAnswer(plan.chief === null || release ? null : chiefPath(plan.chief)).value;
  const [from_m, to_m] = stretchOf(plan, road.properties.length_m);
  const stretch = { road_id: road.id, from_m, to_m, sides: plan.sides, role: plan.role };
  const changes = changesOf(stretch, plan, release);
  const possible = at === null && to_m > from_m;
  const effect = useEffectOf(possible ? changes : null);

  const spanText = plan.from === null && plan.to === null ? m.plan.whole : span(from_m, to_m);
  const name = roadName(road.properties.name);
  const label = release
    ? m.plan.labelRelease(name, spanText, m.roleShort[plan.role])
    : m.plan.label(name, spanText, m.roleShort[plan.role], chief?.name ?? '');
  return (
    <form class="assign-form" onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={at !== null} class="bare">
        <StretchForm atHand={atHand} length={road.properties.length_m} from={from_m} to={to_m} />
        <RolePicker atHand={atHand} from={from_m} to={to_m} />
        {!release && <ChiefPicker atHand={atHand} chief={chief ?? null} from={from_m} to={to_m} />}
        {release && <p class="hint section">{m.plan.releaseHint}</p>}
      </fieldset>
      {at === null && (
        <EffectView effect={effect} role={plan.role} waiting={!release && plan.chief === null} release={release} />
      )}
      <SaveBar changes={possible ? changes : null} effect={effect} label={label} release={release} />
    </form>
  );
}

type Stretch = {
  road_id: number;
  from_m: number;
  to_m: number;
  sides: 'left' | 'right' | 'both';
  role: Change extends infer C ? (C extends { role: infer R } ? R : never) : never;
};

function changesOf(
  stretch: Stretch,
  plan: { chief: number | null; replace: boolean },
  release: boolean,
): Change[] | null {
  if (release) return [{ op: 'release', ...stretch }];
  return plan.chief === null ? null : [{ op: 'assign', ...stretch, chief_id: plan.chief, replace: plan.replace }];
}
