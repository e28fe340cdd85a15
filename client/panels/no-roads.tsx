/** A district that has just been made: what to do first. */
import type { JSX } from 'preact';
import { useDesk, useWords } from './desk.ts';

export function NoRoads(): JSX.Element | null {
  const { m } = useWords();
  const { settings } = useDesk();
  if (settings.district.bounds !== null) return null;
  return (
    <section class="no-roads" aria-label={m.empty.title}>
      <h2>{m.empty.title}</h2>
      <p>{m.empty.hint}</p>
      <dl>
        {(['zones', 'roads', 'chiefs'] as const).map((kind) => (
          <div key={kind}>
            <dt>{m.empty[kind]}</dt>
            <dd>
              <code>
                npm run import -- {kind} {m.empty.file}
              </code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
