/** One gap in a list: how long, where, which role, since when. */
import type { JSX } from 'preact';
import type { Gap } from '../../../api/coverage/coverage.contract.ts';
import { RoleMark } from '../controls/marks.tsx';
import { useWords } from '../desk.ts';

export function GapLine({ gap }: { gap: Gap }): JSX.Element {
  const { m, lengthParts, metres, day, roadName } = useWords();
  const {
    road_name,
    class: roadClass,
    role,
    from_m,
    to_m,
    sides,
    length_m,
    town,
    community,
    since,
    last_holder,
  } = gap.properties;
  const [value, unit] = lengthParts(length_m);
  return (
    <span class="gap-line">
      <span class="gap-name">
        {roadName(road_name, roadClass ?? undefined)}
        {from_m !== null && to_m !== null && (
          <small>
            {m.common.span(metres(Math.round(from_m)), metres(Math.round(to_m)))}
            {sides !== null && sides !== 'both' && ` ${m.sides[sides]}`}
          </small>
        )}
      </span>
      <span class="gap-figure">
        {value}
        <small>{unit}</small>
      </span>
      <span class="gap-where">
        {role && <RoleMark role={role} />}
        <span class="quiet">{community?.name ?? town?.name}</span>
        <span class="gap-since quiet">
          {since ? m.coverage.since(day(since)) : m.coverage.never}
          {last_holder && ` · ${m.coverage.last(last_holder)}`}
        </span>
      </span>
    </span>
  );
}
