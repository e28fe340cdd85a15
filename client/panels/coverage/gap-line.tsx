/** One gap in a list: what is missing, where, how much of it, and whose it is. */
import type { JSX } from 'preact';
import type { Gap } from '../../../api/coverage/coverage.contract.ts';
import type { Role } from '../../../api/http/shapes.ts';
import { RoleMark } from '../controls/marks.tsx';
import { useWords, type Words } from '../desk.ts';

type Properties = Gap['properties'];

export function GapLine({ gap: { properties: p } }: { gap: Gap }): JSX.Element {
  const words = useWords();
  const { m, lengthParts, count } = words;
  const area = p.length_m === 0 && p.area_m2 !== null;
  const [value, unit] = area ? [count(Math.round(p.area_m2!)), 'm²'] : lengthParts(p.length_m);
  const where = p.community?.name ?? p.town?.name;
  return (
    <span class="gap-line" style={{ '--colour': `var(--gap-${p.kind})` }}>
      <span class="gap-name">
        {p.road_id === null ? nameOfFault(p, words) : words.roadName(p.road_name, p.class ?? undefined)}
        {p.from_m !== null && p.to_m !== null && (
          <small>
            {words.span(Math.round(p.from_m), Math.round(p.to_m))}
            {p.sides !== null && p.sides !== 'both' && ` ${m.sides[p.sides]}`}
          </small>
        )}
      </span>
      {(p.length_m > 0 || area) && (
        <span class="gap-figure">
          {value}
          <small>{unit}</small>
        </span>
      )}
      <span class="gap-where">
        {p.role && (p.duty ? <DutyMark duty={p.duty} role={p.role} /> : <RoleMark role={p.role} />)}
        {!p.role && p.road_id !== null && <span class="fault-mark">{nameOfFault(p, words)}</span>}
        {where && <span class="quiet">{where}</span>}
        <span class="gap-since quiet">{p.kind === 'unwalked' ? holderOf(p, words) : sinceWhen(p, words)}</span>
      </span>
    </span>
  );
}

/** Several duties of one role may be missed on the same metres, so the duty is named, in the colour of its role. */
export function DutyMark({ duty, role }: { duty: string; role: Role }): JSX.Element {
  const { m } = useWords();
  return (
    <span class="role-mark" title={m.role[role]} style={{ '--colour': `var(--role-${role})` }}>
      <i />
      {m.coverage.duty[duty] ?? duty}
    </span>
  );
}

export const nameOfFault = ({ fault, kind }: Pick<Properties, 'fault' | 'kind'>, { m }: Pick<Words, 'm'>): string =>
  fault === null ? m.coverage.kind[kind] : (m.coverage.fault[fault] ?? fault);

const holderOf = ({ chief }: Properties, { m }: Words): string => chief?.name ?? m.coverage.nobody;

function sinceWhen({ kind, since, last_holder }: Properties, { m, day }: Pick<Words, 'm' | 'day'>): string {
  const { coverage } = m;
  if (kind !== 'unheld') return since ? coverage.sinceFound(day(since)) : '';
  return [since ? coverage.since(day(since)) : coverage.never, last_holder && coverage.last(last_holder)]
    .filter(Boolean)
    .join(' · ');
}
