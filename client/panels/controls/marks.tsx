/** Small marks that mean the same wherever they stand. */
import type { JSX } from 'preact';
import type { RoadClass, Role } from '../../../api/http/shapes.ts';
import type { IssueStatus } from '../../../api/issues/issues.contract.ts';
import { useWords } from '../desk.ts';

export function RoleMark({ role, short = true }: { role: Role; short?: boolean }): JSX.Element {
  const { m } = useWords();
  return (
    <span class="role-mark" style={{ '--colour': `var(--role-${role})` }}>
      <i />
      {short ? m.roleShort[role] : m.role[role]}
    </span>
  );
}

export function ClassMark({ roadClass }: { roadClass: RoadClass }): JSX.Element {
  const { m } = useWords();
  return <span class={`class-mark class-${roadClass}`}>{m.roadClass[roadClass]}</span>;
}

export function StatusMark({ status }: { status: IssueStatus }): JSX.Element {
  const { m } = useWords();
  return (
    <span class="status-mark" style={{ '--colour': `var(--status-${status})` }}>
      <i />
      {m.status[status]}
    </span>
  );
}

/** Held against required as a bar; what is missing stands out at its right end. */
export function ShareBar({ percent, label }: { percent: number | null; label: string }): JSX.Element {
  return (
    <span class={`share-bar ${percent === null ? 'share-none' : ''}`} role="img" aria-label={label}>
      <i style={{ width: `${percent ?? 0}%` }} />
    </span>
  );
}
