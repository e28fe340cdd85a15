/** Two days compared: what opened, what closed, and what is still missing. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CoverageChanges } from '../../../api/coverage/coverage.contract.ts';
import { today } from '../../i18n/format.ts';
import { positionsOf } from '../../map/any-geometry.ts';
import { showLine } from '../../map/create-map.ts';
import { changesPath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { changesQuery, fromDay } from '../../state/gap-query.ts';
import { dayAfter } from '../../state/patrol-query.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { changeWords } from '../../state/state.ts';
import { compare } from '../../state/transitions.ts';
import { mostGaps } from '../../modes/coverage.ts';
import { Answered } from '../controls/answered.tsx';
import { AsOf, PastBanner } from '../controls/as-of.tsx';
import { RoleMark } from '../controls/marks.tsx';
import { Empty } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';
import { nameOfFault } from './gap-line.tsx';
import { KindSelect, ZoneAndRole } from './narrow.tsx';

export function ChangesView(): JSX.Element {
  const { m, count } = useWords();
  const { store } = useDesk();
  const state = useScreen((one) => one);
  const changes = useAnswer(changesPath({ ...changesQuery(state), limit: mostGaps }));
  const from = fromDay(state);
  const id = useId();
  return (
    <>
      <div class="section coverage-asked filters">
        <KindSelect />
        <ZoneAndRole />
        <div class="filters-foot two-days">
          <span class="as-of">
            <label for={id}>{m.coverage.compareFrom}</label>
            <input
              id={id}
              type="date"
              value={from}
              max={dayAfter(state.at ?? today(), -1)}
              onChange={({ currentTarget: { value } }) => store.update(compare({ since: value || null }))}
            />
          </span>
          <AsOf />
        </div>
      </div>
      <PastBanner />
      <Answered to={changes}>
        {(read) => (
          <>
            <Tallies changes={read} />
            {read.truncated && <p class="quiet-notice">{m.coverage.changesMost(count(read.features.length))}</p>}
            <ChangeList features={read.features} />
          </>
        )}
      </Answered>
    </>
  );
}

function ChangeList({ features }: Pick<CoverageChanges, 'features'>): JSX.Element {
  const { m } = useWords();
  const change = useScreen((state) => state.coverage.change);
  const shown = ordered(features).filter((one) => change === null || one.properties.change === change);
  if (shown.length === 0) return <Empty>{change === null ? m.coverage.changesNone : m.coverage.changesNoneOf}</Empty>;
  return (
    <ul class="lines">
      {shown.map((one, index) => (
        <ChangeRow key={index} one={one} />
      ))}
    </ul>
  );
}

/** What is new first, then what was mended, then what stayed; the longest of each first. */
export function ordered(features: CoverageChanges['features']): CoverageChanges['features'] {
  const turn = (one: CoverageChanges['features'][number]): number => changeWords.indexOf(one.properties.change);
  return [...features].sort((a, b) => turn(a) - turn(b) || b.properties.length_m - a.properties.length_m);
}

function Tallies({ changes }: { changes: CoverageChanges }): JSX.Element {
  const { m, count, length } = useWords();
  const act = useAct();
  const picked = useScreen((state) => state.coverage.change);
  return (
    <div class="section change-tallies">
      {changeWords.map((one) => (
        <button
          key={one}
          type="button"
          class="change-tally"
          aria-pressed={picked === one}
          style={{ '--colour': `var(--change-${one})` }}
          onClick={act(compare({ change: picked === one ? null : one }))}
        >
          <span class="role-mark">
            <i />
            {m.coverage.change[one]}
          </span>
          <b>{m.coverage.places(count(changes[one].count))}</b>
          <small>{length(changes[one].length_m)}</small>
        </button>
      ))}
    </div>
  );
}

function ChangeRow({ one: { geometry, properties: p } }: { one: CoverageChanges['features'][number] }): JSX.Element {
  const words = useWords();
  const { map } = useDesk();
  const [value, unit] = words.lengthParts(p.length_m);
  return (
    <li>
      <button
        type="button"
        class="line"
        onClick={() => {
          giveMapRoom();
          showLine(map, positionsOf(geometry), 16.5, 1);
        }}
        {...lightUp({ what: 'gap', key: '', shape: geometry, sides: p.sides })}
      >
        <span class="gap-line" style={{ '--colour': `var(--change-${p.change})` }}>
          <span class="gap-name">
            {p.road_id === null ? nameOfFault(p, words) : words.roadName(p.road_name)}
            {p.from_m !== null && p.to_m !== null && (
              <small>{words.span(Math.round(p.from_m), Math.round(p.to_m))}</small>
            )}
          </span>
          <span class="gap-figure">
            {value}
            <small>{unit}</small>
          </span>
          <span class="gap-where">
            <span class="role-mark change-mark">
              <i />
              {words.m.coverage.change[p.change]}
            </span>
            {p.role && <RoleMark role={p.role} />}
            {!p.role && p.fault && <span class="quiet">{nameOfFault(p, words)}</span>}
          </span>
        </span>
      </button>
    </li>
  );
}
