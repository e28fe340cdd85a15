/** The three states in which a list has nothing to show: it is being read, it is empty, it could not be read. */
import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../../requests/send.ts';
import { useWords } from '../desk.ts';
import { Icon } from './icons.tsx';

export function Loading({ rows = 3 }: { rows?: number }): JSX.Element {
  const { m } = useWords();
  return (
    <div class="loading" role="status">
      <span class="unseen">{m.common.loading}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} class="loading-row" style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="empty">{children}</p>;
}

export function Fault({ problem, onRetry }: { problem: Problem; onRetry?: () => void }): JSX.Element {
  const { m } = useWords();
  const { title, detail, hint } = problemInWords(problem, m);
  return (
    <div class="fault" role="alert">
      <Icon name="warning" size={16} />
      <div>
        <strong>{title}</strong>
        {detail && <p>{detail}</p>}
        {hint && <p class="quiet">{hint}</p>}
        {onRetry && (
          <button type="button" class="link" onClick={onRetry}>
            {m.common.retry}
          </button>
        )}
      </div>
    </div>
  );
}

/** A problem document for a person: our own title in their language, the server's own words for what exactly. */
export function problemInWords(
  problem: Problem,
  m: ReturnType<typeof useWords>['m'],
): { title: string; detail: string; hint?: string } {
  const { status, detail, hint, errors } = problem.body;
  // The banner says what is wrong with the connection; here it is enough to say what is missing because of it.
  if (status === 0) return { title: m.error.load, detail: '' };
  const title = m.error.title[status] ?? (status >= 500 ? m.error.title['500']! : m.error.status(status));
  const each = (errors ?? [])
    .map((error) => (error.path ? `${error.path}: ${error.message}` : error.message))
    .join('; ');
  return { title, detail: detail || each, hint };
}
