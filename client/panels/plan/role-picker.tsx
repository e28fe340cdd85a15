/** Which of the six roles, each with what it lacks on this stretch. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { RoadAtHand } from '../../road/road-at-hand.ts';
import { metresOf, within } from '../../road/strip-of.ts';
import { roles } from '../../state/state.ts';
import { chooseRole } from '../../state/transitions.ts';
import { useDesk, useScreen, useWords } from '../desk.ts';

export function RolePicker({ atHand, from, to }: { atHand: RoadAtHand; from: number; to: number }): JSX.Element {
  const { m, length } = useWords();
  const { store } = useDesk();
  const { role: picked, sides } = useScreen((state) => state.plan);
  const name = useId();
  return (
    <fieldset class="section roles">
      <legend>{m.plan.role}</legend>
      <div class="roles-grid">
        {roles.map((role) => {
          const blocks = atHand.strip ? within(atHand.strip.rows[role], from, to, sides) : [];
          const missing = metresOf(blocks.filter((block) => block.missing));
          const held = blocks.some((block) => block.holder);
          const state = missing > 0 ? m.plan.missingHere(length(missing)) : held ? m.plan.heldHere : m.plan.optional;
          return (
            <label
              key={role}
              class={`role-choice ${missing > 0 ? 'lacking' : ''}`}
              style={{ '--colour': `var(--role-${role})` }}
            >
              <input
                type="radio"
                name={name}
                value={role}
                checked={role === picked}
                onChange={() => store.update(chooseRole(role))}
              />
              <span class="role-name">
                <i />
                {m.roleShort[role]}
              </span>
              <span class="role-state">{atHand.strip ? state : '…'}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
