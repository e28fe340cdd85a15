/** What an answer says, or why it says nothing yet: rows while it is read, the fault where it could not be. */
import type { ComponentChildren, JSX } from 'preact';
import type { useAnswer } from '../../requests/use-answer.ts';
import { Fault, Loading } from './states.tsx';

/** What was read last stays, dimmed, while it is read anew. */
export function Answered<T>({
  to: { last, problem, loading, retry },
  children,
}: {
  to: ReturnType<typeof useAnswer<T>>;
  children: (answer: T) => ComponentChildren;
}): JSX.Element {
  if (last !== undefined) return <div class={loading || problem ? 'working' : ''}>{children(last)}</div>;
  return (
    <>
      {problem && (
        <div class="section">
          <Fault problem={problem} onRetry={retry} />
        </div>
      )}
      {loading && <Loading rows={8} />}
    </>
  );
}
