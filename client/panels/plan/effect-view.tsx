/** What saving would change, shown while the form is filled in: gaps before and after, who gains and loses, conflicts. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ChangeSetResult } from '../../../api/assignments/assignments.contract.ts';
import type { Role } from '../../../api/http/shapes.ts';
import type { Effect } from '../../requests/changes.ts';
import { metresOf } from '../../road/strip-of.ts';
import { say } from '../../state/notices.ts';
import { replaceHolders } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { Fault } from '../controls/states.tsx';
import { useDesk, useScreen, useWords } from '../desk.ts';

export function EffectView({
  effect,
  role,
  waiting,
  release,
}: {
  effect: Effect;
  role: Role;
  waiting: boolean;
  release: boolean;
}): JSX.Element {
  const { m, exact } = useWords();
  const { result, problem, loading } = effect;
  const replacing = useScreen((state) => state.plan.replace);
  const own = result?.effect.roles.find((one) => one.role === role);
  useEffect(() => {
    if (own) say(m.plan.effectSpoken(exact(own.gap_before_m), exact(own.gap_after_m)));
  }, [own?.gap_before_m, own?.gap_after_m]);
  const section = useRef<HTMLElement>(null);
  // What the choice of a chief leads to is not to be missed below the edge.
  const conflicts = result?.conflicts.length ?? 0;
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), [waiting, conflicts, loading]);
  if (waiting) return <p class="hint section effect-hint">{m.plan.chooseChief}</p>;
  return (
    <section
      ref={section}
      class={`section effect ${loading ? 'working' : ''}`}
      aria-busy={loading}
      aria-label={m.plan.effect}
    >
      <div class="section-head">
        <h3>{m.plan.effect}</h3>
        {loading && <span class="quiet">{m.plan.effectWait}</span>}
      </div>
      {problem && <Fault problem={problem} />}
      {result && !release && (result.conflicts.length > 0 || replacing) && <Conflicts result={result} />}
      {result && own && <BeforeAfter before={own.gap_before_m} after={own.gap_after_m} required={own.required_m} />}
      {result && <Balance result={result} release={release} />}
    </section>
  );
}

/** The gap of the role on the roads touched, as two bars on one scale. */
function BeforeAfter({
  before,
  after,
  required,
}: {
  before: number;
  after: number;
  required: number;
}): JSX.Element | null {
  const { m, exact, signed } = useWords();
  if (required === 0) return null;
  const most = Math.max(before, after, required, 1);
  const change = Math.round((after - before) * 100) / 100;
  return (
    <dl class="before-after">
      {(
        [
          [m.plan.gapBefore, before],
          [m.plan.gapAfter, after],
        ] as const
      ).map(([label, metres]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span class="gap-bar">
              <i style={{ width: `${(metres / most) * 100}%` }} />
            </span>
            <b class={metres > 0 ? 'missing' : 'filled'}>{metres > 0 ? exact(metres) : m.plan.heldHere}</b>
          </dd>
        </div>
      ))}
      {change !== 0 && (
        <div class="change">
          <dt>{m.plan.gap}</dt>
          <dd class={change < 0 ? 'filled' : 'missing'}>{signed(change)}</dd>
        </div>
      )}
    </dl>
  );
}

function Balance({ result, release }: { result: ChangeSetResult; release: boolean }): JSX.Element {
  const { m, count, length, signed } = useWords();
  const { effect, conflicts } = result;
  const sum = (pieces: ChangeSetResult['effect']['gaps_closed']): string =>
    length(metresOf(pieces.map(({ from_m, to_m, sides }) => ({ from: from_m, to: to_m, sides }))));
  const still =
    effect.chiefs.every((one) => one.gained_m === 0 && one.lost_m === 0) &&
    effect.roles.every((one) => one.gained_m === 0 && one.lost_m === 0);
  if (still && conflicts.length === 0) return <p class="quiet">{release ? m.strip.nobody : m.plan.effectNone}</p>;
  return (
    <ul class="balance">
      {effect.gaps_closed.length > 0 && (
        <li class="filled">{m.plan.closes(count(effect.gaps_closed.length), sum(effect.gaps_closed))}</li>
      )}
      {effect.gaps_opened.length > 0 && (
        <li class="missing">{m.plan.opens(count(effect.gaps_opened.length), sum(effect.gaps_opened))}</li>
      )}
      {effect.chiefs.map(({ chief, role, gained_m, lost_m }) => (
        <li key={`${chief.id}-${role}`} class="balance-chief">
          <span>{chief.name}</span>
          {gained_m > 0 && <b class="filled">{signed(gained_m)}</b>}
          {lost_m > 0 && <b class="lost">{signed(-lost_m)}</b>}
        </li>
      ))}
    </ul>
  );
}

/** Whom the stretch is taken from: first as conflicts, and once they are to be replaced as what each of them gives up. */
function Conflicts({ result }: { result: ChangeSetResult }): JSX.Element {
  const { m, exact, span } = useWords();
  const { store } = useDesk();
  const replace = useScreen((state) => state.plan.replace);
  return (
    <div class="conflicts">
      {!replace && (
        <>
          <p class="conflicts-title">
            <Icon name="warning" size={16} />
            {m.plan.conflict}
          </p>
          <ul>
            {result.conflicts.map((one, i) => (
              <li key={i}>
                <b>{m.plan.conflictLine(one.holder.name, exact(one.overlap_m))}</b>
                <span class="quiet">
                  {span(one.from_m, one.to_m)} · {m.sides[one.sides]}
                  {one.holder.organisation ? ` · ${one.holder.organisation}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={replace}
          onChange={(event) => store.update(replaceHolders(event.currentTarget.checked))}
        />
        <span>
          {m.plan.replace}
          <small>{m.plan.replaceHint}</small>
        </span>
      </label>
    </div>
  );
}
