/** Duties kept: towns or chiefs in the order of how much is left undone, over the last days or the month before. */
import type { JSX } from 'preact';
import type { Cadence } from '../../../api/coverage/cadence.contract.ts';
import { cadencePath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { cadenceQuery } from '../../state/gap-query.ts';
import { cadenceGroups, cadenceSpans } from '../../state/state.ts';
import { filterGaps, lookAtDuties, openDue } from '../../state/transitions.ts';
import { Answered } from '../controls/answered.tsx';
import { AsOf, PastBanner } from '../controls/as-of.tsx';
import { Choice } from '../controls/choice.tsx';
import { Icon } from '../controls/icons.tsx';
import { RoleMark, ShareBar } from '../controls/marks.tsx';
import { Empty } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { periodInWords } from './duty-bars.tsx';
import { ZoneAndRole } from './narrow.tsx';
import { Warnings } from './warnings.tsx';

type Group = Cadence['groups'][number];

/** Towns are never shown as chiefs while the chiefs are being read, so each ranking is drawn anew. */
export function DutiesView(): JSX.Element {
  const by = useScreen((state) => state.coverage.by);
  return <Ranking key={by} />;
}

function Ranking(): JSX.Element {
  const { m } = useWords();
  const { store } = useDesk();
  const state = useScreen((one) => one);
  const { days, by } = state.coverage;
  const cadence = useAnswer(cadencePath(cadenceQuery(state)));
  const { last, loading } = cadence;
  return (
    <div class="spots" style={{ '--missing': 'var(--gap-unwalked)' }}>
      <div class="section coverage-asked filters">
        <ZoneAndRole always />
        <div class="filters-foot">
          <Choice
            label={m.coverage.dutySpan}
            hidden
            small
            value={days}
            options={cadenceSpans.map((one) => ({ value: one, label: m.coverage.dutyDays[one] }))}
            onPick={(one) => store.update(lookAtDuties({ days: one }))}
          />
          <AsOf />
        </div>
      </div>
      <PastBanner />
      <Answered to={cadence}>
        {(read) => (
          <>
            <Warnings warnings={read.warnings} />
            <Total cadence={read} />
          </>
        )}
      </Answered>
      <div class="section-head sticky">
        <Choice
          label={m.coverage.byGroup}
          hidden
          small
          value={by}
          options={cadenceGroups.map((one) => ({ value: one, label: m.coverage.dutyBy[one] }))}
          onPick={(one) => store.update(lookAtDuties({ by: one }))}
        />
      </div>
      {last && last.total.due === 0 && <Empty>{m.coverage.dutiesNone}</Empty>}
      <ol class={`lines ${loading && last ? 'working' : ''}`}>
        {ranked(last?.groups ?? []).map((group, index) => (
          <GroupLine key={group.key} group={group} rank={index + 1} />
        ))}
      </ol>
    </div>
  );
}

function Total({ cadence }: { cadence: Cadence }): JSX.Element {
  const { m, percent, count, lengthParts, length, ...words } = useWords();
  const { kept_percent, due, met, missed, short_m, late_m } = cadence.total;
  const share = percent(kept_percent);
  const [short, unit] = lengthParts(short_m);
  return (
    <div class="section totals">
      <div class="total-main">
        <span class="total-figure">
          {share.replace('%', '')}
          {kept_percent !== null && <small>%</small>}
        </span>
        <span class="total-label">
          {m.coverage.shareOf.duties} · {periodInWords(cadence, { m, ...words })}
        </span>
      </div>
      <dl class="total-facts">
        <div class="total-missing">
          <dt>{m.coverage.missed}</dt>
          <dd>{count(missed)}</dd>
        </div>
        <div>
          <dt>{m.coverage.short}</dt>
          <dd>
            {short} <small>{unit}</small>
          </dd>
        </div>
      </dl>
      <ShareBar percent={kept_percent} label={share} />
      <p class="quiet total-note">
        {due > 0 && m.coverage.keptOf(count(met), count(due))}
        {late_m > 0 && <span class="tolerated">{m.coverage.late(length(late_m))}</span>}
      </p>
    </div>
  );
}

function GroupLine({ group, rank }: { group: Group; rank: number }): JSX.Element {
  const { m, percent, count, length } = useWords();
  const act = useAct();
  const { by, zone } = useScreen((state) => state.coverage);
  const id = Number(group.key) || null;
  const picked = by === 'town' && id !== null && id === zone;
  const name = group.name ?? (by === 'chief' ? m.coverage.nobody : m.coverage.noZone);
  return (
    <li class={picked ? 'picked' : ''}>
      <button
        type="button"
        class="line duty-line"
        disabled={id === null}
        aria-pressed={by === 'town' ? picked : undefined}
        title={by === 'chief' && id !== null ? m.coverage.dueOpen : undefined}
        onClick={act(by === 'chief' ? openDue(id) : filterGaps({ zone: picked ? null : id }))}
      >
        <span class="hot-rank">{rank}</span>
        <span class="gap-name">
          {name} {group.role && <RoleMark role={group.role} />}
        </span>
        <b class="duty-share">{percent(group.kept_percent)}</b>
        <ShareBar percent={group.kept_percent} label="" />
        <span class="quiet duty-facts">
          <span>{m.coverage.keptOf(count(group.met), count(group.due))}</span>
          <span>
            {m.coverage.short} {length(group.short_m)}
          </span>
          {group.late_m > 0 && <span class="lost">{m.coverage.lateShort(length(group.late_m))}</span>}
          {by === 'chief' && id !== null && <Icon name="forward" size={13} />}
        </span>
      </button>
    </li>
  );
}

/** Where least was kept stands first; of the same share, where more is short; where nothing was due stands last. */
export function ranked(groups: readonly Group[]): Group[] {
  return [...groups].sort(
    (a, b) => (a.kept_percent ?? 101) - (b.kept_percent ?? 101) || b.short_m - a.short_m || (a.key < b.key ? -1 : 1),
  );
}
