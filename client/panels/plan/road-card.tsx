/** Which road is being planned. */
import type { JSX } from 'preact';
import type { Road } from '../../../api/roads/roads.contract.ts';
import { pickRoad } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { ClassMark } from '../controls/marks.tsx';
import { useAct, useWords } from '../desk.ts';

export function RoadCard({ road }: { road: Road }): JSX.Element {
  const { m, exact } = useWords();
  const act = useAct();
  const { name, other_names, status, external_id, length_m } = road.properties;
  return (
    <header class="road-card">
      <h2>{name ?? m.unnamed}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label={m.plan.close}
        title={m.plan.close}
        onClick={act(pickRoad(null))}
      >
        <Icon name="close" />
      </button>
      <p class="road-facts">
        <ClassMark roadClass={road.properties.class} />
        <span class={status === 'handed_over' ? '' : 'not-yet'}>{m.roadStatus[status]}</span>
        <span>
          {m.plan.length} <b>{exact(length_m)}</b>
        </span>
        {external_id && <span class="quiet">{external_id}</span>}
      </p>
      {other_names.length > 0 && <p class="quiet">{other_names.join(' · ')}</p>}
    </header>
  );
}
