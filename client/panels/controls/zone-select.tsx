/** Choose a zone: districts where there are several, towns with their communities below them, and the bureau-led area. */
import type { JSX } from 'preact';
import { zonesPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { useWords } from '../desk.ts';
import { zoneChoices } from './zone-choices.ts';

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
  return (
    <select
      aria-label={label}
      class={value === null ? '' : 'set'}
      value={value ?? ''}
      onChange={(event) => onPick(event.currentTarget.value ? Number(event.currentTarget.value) : null)}
    >
      <option value="">{label}</option>
      {zoneChoices(zones?.features ?? [], value).map(({ id, name, below }) =>
        below ? (
          <optgroup key={id} label={below.heading}>
            <option value={id}>{`${name} · ${m.common.all}`}</option>
            {below.communities.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </optgroup>
        ) : (
          <option key={id} value={id}>
            {name}
          </option>
        ),
      )}
    </select>
  );
}
