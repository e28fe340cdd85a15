/** Why a figure may mean less than it seems to: quietly, but above the figure. */
import type { JSX } from 'preact';
import type { CoverageWarning } from '../../../api/coverage/coverage.contract.ts';
import { Icon } from '../controls/icons.tsx';
import { useWords } from '../desk.ts';

export function Warnings({ warnings }: { warnings: readonly CoverageWarning[] }): JSX.Element | null {
  const { m } = useWords();
  if (warnings.length === 0) return null;
  return (
    <ul class="quiet-notice" aria-label={m.coverage.warnings}>
      {warnings.map(({ code, message }) => (
        <li key={code}>
          <Icon name="warning" size={14} />
          <span>{m.coverage.warning[code] ?? message}</span>
        </li>
      ))}
    </ul>
  );
}
