/** The gap looked at: whose it is to mend, what speaks for it, and the way to mend it. */
import type { ComponentChildren, JSX } from 'preact';
import type { Gap } from '../../../api/coverage/coverage.contract.ts';
import { assignGap, planRoad } from '../../state/transitions.ts';
import { gapKey } from '../../state/gap-key.ts';
import { Icon } from '../controls/icons.tsx';
import { useAct, useWords, type Words } from '../desk.ts';
import { periodInWords } from './duty-bars.tsx';

type Properties = Gap['properties'];

export function GapDetail({ gap: { properties: p } }: { gap: Gap }): JSX.Element {
  const words = useWords();
  const { m } = words;
  const act = useAct();
  return (
    <div class="gap-detail">
      <dl>
        <Fact name={m.coverage.whose}>
          {p.kind === 'unwalked' && p.chief ? <Holder chief={p.chief} /> : <b>{whoActs(p, words)}</b>}
        </Fact>
        {p.duty && (
          <Fact name={m.coverage.dutyPeriod}>
            {m.coverage.duty[p.duty] ?? p.duty}
            {p.period && ` · ${periodInWords(p.period, words)}`}
          </Fact>
        )}
        {p.kind === 'unwalked' && (
          <Fact name={m.coverage.lastWalked}>{p.since ? words.day(p.since) : m.coverage.neverWalked}</Fact>
        )}
        {evidenceOf(p, words).map(([name, text]) => (
          <Fact key={name} name={name}>
            {text}
          </Fact>
        ))}
      </dl>
      {(p.kind === 'unheld' || (p.kind === 'unwalked' && !p.chief)) && p.role && (
        <button type="button" class="primary small" onClick={act(assignGap(gapKey(p)))}>
          {m.coverage.assign}
          <Icon name="forward" size={14} />
        </button>
      )}
      {p.kind === 'unzoned' && <p class="quiet">{m.coverage.zoneAction}</p>}
      {p.kind === 'unregistered' && <p class="quiet">{m.coverage.registerAction}</p>}
      {p.kind === 'inventory' && p.road_id !== null && (
        <button type="button" class="link with-icon" onClick={act(planRoad(p.road_id))}>
          {m.coverage.toPlan}
          <Icon name="forward" size={14} />
        </button>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A name to ring up: the shortest way to a walk. */
export function Holder({ chief }: { chief: NonNullable<Properties['chief']> }): JSX.Element {
  const { m } = useWords();
  return (
    <>
      <b>{chief.name}</b>
      {chief.organisation && <span class="quiet"> {chief.organisation}</span>}{' '}
      {chief.phone ? (
        <a class="link" href={`tel:${chief.phone.replaceAll(/[^\d+]/g, '')}`} aria-label={m.coverage.call(chief.name)}>
          {chief.phone}
        </a>
      ) : (
        <span class="quiet">{m.coverage.noPhone}</span>
      )}
    </>
  );
}

function whoActs({ who_acts: { kind, name } }: Properties, { m }: Pick<Words, 'm'>): string {
  return name ?? m.coverage.actor[kind];
}

/** What the finder of a fault wrote down. It may write more than is known here, and less. */
function evidenceOf(p: Properties, { m, count, day, length }: Words): [name: string, text: string][] {
  const { details } = p;
  const number = (name: string): number | null =>
    typeof details[name] === 'number' && Number.isFinite(details[name]) ? details[name] : null;
  const text = (name: string): string | null => (typeof details[name] === 'string' ? details[name] : null);
  const found: [string, string][] = [];
  const [walks, chiefs, reports] = [number('walks'), number('chiefs'), number('reports')];
  const [first, last, confidence] = [text('first'), text('last'), text('confidence')];
  const evidence = [
    walks && m.coverage.walks(count(walks), count(chiefs ?? 1)),
    reports && m.coverage.reports(count(reports)),
  ].filter(Boolean);
  if (evidence.length > 0) found.push([m.coverage.evidence, evidence.join(' · ')]);
  if (first && last) found.push([m.coverage.when, m.plan.until(day(first), day(last))]);
  if (confidence) found.push([m.coverage.certainty, m.coverage.confidence[confidence] ?? confidence]);
  if (p.kind === 'unregistered' && p.length_m > 0)
    found.push([m.coverage.road, m.coverage.proposed(length(p.length_m))]);
  const other = text('other_road_name') ?? (number('other_road_id') === null ? null : `#${number('other_road_id')}`);
  const apart = number('distance_m');
  if (other) {
    found.push([
      m.coverage.otherRoad,
      [other, apart && m.coverage.distance(length(apart))].filter(Boolean).join(' · '),
    ]);
  }
  if (Array.isArray(details.names) && details.names.length > 0)
    found.push([m.coverage.zonesConcerned, details.names.map(String).join(' · ')]);
  if (p.area_m2 !== null) found.push([m.coverage.area, m.coverage.squareMetres(count(Math.round(p.area_m2)))]);
  return found;
}
