/** Choose a zone: towns with their communities below them, and the bureau-led area. */
import type { JSX } from 'preact';
import type { Zone } from '../../../api/zones/zones.contract.ts';
import { zonesPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { useWords } from '../desk.ts';

/** The outlines are not needed here, and make nine tenths of the answer. */
export const zoneNamesPath = zonesPath({ geometry: 'false' });

export function ZoneSelect({
  value,
  onPick,
  label,
}: {
  value: number | null;
  onPick: (zone: number | null) => void;
  label: string;
}): JSX.Element {
  const { m } = useWords();
  const { value: zones } = useAnswer(zoneNamesPath);
  const all = zones?.features ?? [];
  const of = (level: Zone['properties']['level']): Zone[] => all.filter((zone) => zone.properties.level === level);
  return (
    <select
      aria-label={label}
      class={value === null ? '' : 'set'}
      value={value ?? ''}
      onChange={(event) => onPick(event.currentTarget.value ? Number(event.currentTarget.value) : null)}
    >
      <option value="">{label}</option>
      {of('bureau').map((zone) => (
        <option key={zone.id} value={zone.id}>
          {zone.properties.name}
        </option>
      ))}
      {of('town').map((town) => (
        <optgroup key={town.id} label={town.properties.name}>
          <option value={town.id}>{`${town.properties.name} · ${m.common.all}`}</option>
          {of('community')
            .filter((community) => community.properties.parent_id === town.id)
            .map((community) => (
              <option key={community.id} value={community.id}>
                {community.properties.name}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
