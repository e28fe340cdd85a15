/** What one chief still has to walk today, street by street: a page to be opened on the way. */
import type { JSX } from 'preact';
import type { CadenceSegment, StillDue } from '../../../api/coverage/cadence.contract.ts';
import { duePath } from '../../requests/paths.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { gapKey } from '../../state/gap-key.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { lookAtGap, openDue } from '../../state/transitions.ts';
import { Answered } from '../controls/answered.tsx';
import { PastBanner } from '../controls/as-of.tsx';
import { Icon } from '../controls/icons.tsx';
import { RoleMark, ShareBar } from '../controls/marks.tsx';
import { Empty } from '../controls/states.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';
import { Holder } from './gap-detail.tsx';
import { Warnings } from './warnings.tsx';

export function DueView({ id }: { id: number }): JSX.Element {
  const { m } = useWords();
  const act = useAct();
  const at = useScreen((state) => state.at);
  const answer = useAnswer(duePath({ chief_id: id, at }));
  const due = answer.last?.chief.id === id ? answer.last : undefined;
  return (
    <div class="spots" style={{ '--missing': 'var(--gap-unwalked)' }}>
      <div class="panel-top due-top">
        <button type="button" class="link with-icon" onClick={act(openDue(null))}>
          <Icon name="back" size={14} />
          {m.coverage.dueBack}
        </button>
        <h2>{due ? m.coverage.dueOf(due.chief.name) : m.coverage.dueToday}</h2>
        {due && (
          <p>
            <RoleMark role={due.chief.role} short={false} /> <Holder chief={due.chief} />
          </p>
        )}
      </div>
      <PastBanner />
      <Answered to={{ ...answer, last: due }}>
        {({ chief, warnings, duties, features }) => (
          <>
            {/* Key points are the general chief's; to anyone else the notice says nothing. */}
            <Warnings warnings={warnings.filter(({ code }) => code !== 'no_key_points' || chief.role === 'general')} />
            {duties.map((one) => (
              <Duty key={one.duty} one={one} />
            ))}
            {features.length === 0 && <Empty>{duties.length === 0 ? m.coverage.dueNothing : m.coverage.dueNone}</Empty>}
            <ul class="lines due-lines">
              {features.map((one, index) => (
                <DueRow key={index} one={one} />
              ))}
            </ul>
          </>
        )}
      </Answered>
    </div>
  );
}

function Duty({
  one: { duty, period, required_m, walked_m, short_m },
}: {
  one: StillDue['duties'][number];
}): JSX.Element {
  const { m, length, percent, dayAndTime } = useWords();
  const share = required_m > 0 ? Math.floor((walked_m / required_m) * 1000) / 10 : null;
  return (
    <div class="section due-duty">
      <div class="section-head">
        <h3>{m.coverage.duty[duty] ?? duty}</h3>
        <b class={short_m > 0 ? 'missing' : 'filled'}>
          {short_m > 0 ? m.coverage.dueLeft(length(short_m)) : m.plan.heldHere}
        </b>
      </div>
      <ShareBar percent={share} label={percent(share)} />
      <p class="quiet total-note">
        {m.coverage.dueWalked(length(walked_m), length(required_m))} · {m.coverage.dueUntil(dayAndTime(period.to))}
      </p>
    </div>
  );
}

function DueRow({ one: { geometry, properties: p } }: { one: CadenceSegment }): JSX.Element {
  const { m, lengthParts, length, span, roadName } = useWords();
  const { store } = useDesk();
  const key = gapKey({ ...p, kind: 'unwalked', key: '' });
  const picked = useScreen(({ coverage }) => coverage.gap === key);
  const [value, unit] = lengthParts(p.short_m);
  return (
    <li class={picked ? 'picked' : ''}>
      <button
        type="button"
        class="line"
        aria-pressed={picked}
        onClick={() => {
          giveMapRoom();
          store.update(lookAtGap(picked ? null : key));
        }}
        {...lightUp({ what: 'gap', key, shape: geometry, sides: p.sides })}
      >
        <span class="gap-line" style={{ '--colour': 'var(--gap-unwalked)' }}>
          <span class="gap-name">
            {roadName(p.road_name, p.class)}
            <small>
              {span(Math.round(p.from_m), Math.round(p.to_m))}
              {p.sides !== 'both' && ` ${m.sides[p.sides]}`}
            </small>
          </span>
          <span class="gap-figure">
            {value}
            <small>{unit}</small>
          </span>
          <span class="gap-where quiet">
            <span>{m.coverage.duty[p.duty] ?? p.duty}</span>
            <span class="gap-since">{m.coverage.dueWalked(length(p.walked_m), length(p.required_m))}</span>
          </span>
        </span>
      </button>
    </li>
  );
}
