/** What is looked at: the zone, then what the kind of blind spot can be narrowed by; the rarer filters are folded away. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asksFor, faultsOf, gapQuery, isFiltered, noFilters } from '../../state/gap-query.ts';
import { ages, classes, roles } from '../../state/state.ts';
import { filterGaps } from '../../state/transitions.ts';
import { AsOf } from '../controls/as-of.tsx';
import { Choice } from '../controls/choice.tsx';
import { ZoneSelect } from '../controls/zone-select.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';

export function Filters(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const state = useScreen((one) => one);
  const { kind, running } = state.coverage;
  const asked = gapQuery(state);
  const faults = faultsOf[kind];
  // What is set is never hidden.
  const set = asked.class !== null || asked.older_than_days !== null;
  const [opened, open] = useState(false);
  return (
    <div class="filters">
      <ZoneSelect
        label={m.coverage.filterZone}
        value={asked.zone_id}
        onPick={(zone) => store.update(filterGaps({ zone }))}
      />
      {asksFor(kind, 'role') && (
        <WordSelect
          label={m.coverage.filterRole}
          words={roles.map((one) => [one, m.role[one]])}
          value={asked.role}
          onPick={(role) => store.update(filterGaps({ role }))}
        />
      )}
      {faults.length > 0 && (
        <WordSelect
          label={m.coverage.filterFault}
          words={faults.map((one) => [one, m.coverage.fault[one] ?? one])}
          value={asked.fault}
          onPick={(fault) => store.update(filterGaps({ fault }))}
        />
      )}
      {(opened || set) && (
        <>
          <WordSelect
            label={m.coverage.filterAge}
            words={ages.map((one) => [one, m.coverage.age[one]])}
            value={state.coverage.age}
            onPick={(age) => store.update(filterGaps({ age }))}
          />
          {asksFor(kind, 'class') && (
            <WordSelect
              label={m.coverage.filterClass}
              words={classes.map((one) => [one, m.roadClass[one]])}
              value={asked.class}
              onPick={(roadClass) => store.update(filterGaps({ class: roadClass }))}
            />
          )}
        </>
      )}
      <div class="filters-foot">
        <AsOf />
        {asksFor(kind, 'period') && (
          <Choice
            label={m.coverage.period}
            hidden
            small
            value={running ? 'running' : 'ended'}
            options={(['ended', 'running'] as const).map((one) => ({ value: one, label: m.coverage.periods[one] }))}
            onPick={(one) => store.update(filterGaps({ running: one === 'running' }))}
          />
        )}
        {isFiltered(asked) ? (
          <button type="button" class="link" onClick={act(filterGaps(noFilters))}>
            {m.coverage.reset}
          </button>
        ) : null}
        {!set && (
          <button type="button" class="link" aria-expanded={opened} onClick={() => open(!opened)}>
            {opened ? m.coverage.fewerFilters : m.coverage.moreFilters}
          </button>
        )}
      </div>
    </div>
  );
}

export function WordSelect<W extends string>({
  label,
  words,
  value,
  onPick,
}: {
  label: string;
  words: readonly (readonly [W, string])[];
  value: W | null;
  onPick: (word: W | null) => void;
}): JSX.Element {
  return (
    <select
      aria-label={label}
      class={value === null ? '' : 'set'}
      value={value ?? ''}
      onChange={(event) => onPick((event.currentTarget.value || null) as W | null)}
    >
      <option value="">{label}</option>
      {words.map(([word, text]) => (
        <option key={word} value={word}>
          {text}
        </option>
      ))}
    </select>
  );
}
