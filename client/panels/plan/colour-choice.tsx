/** What the colour of roads on the map says. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { roles, type PlanState } from '../../state/state.ts';
import { colourRoadsBy } from '../../state/transitions.ts';
import { useDesk, useScreen, useWords } from '../desk.ts';

export function ColourChoice(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const colour = useScreen((state) => state.plan.colour);
  const id = useId();
  return (
    <div class="map-option">
      <label for={id}>{m.plan.colour}</label>
      <select
        id={id}
        value={colour}
        onChange={(event) => store.update(colourRoadsBy(event.currentTarget.value as PlanState['colour']))}
      >
        <option value="complete">{m.plan.colourComplete}</option>
        {roles.map((role) => (
          <option key={role} value={role}>
            {m.role[role]}
          </option>
        ))}
      </select>
    </div>
  );
}
