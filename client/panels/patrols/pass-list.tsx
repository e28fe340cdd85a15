/** The stretches walked, in order of time. Choosing one moves the slider to its beginning. */
import type { JSX } from 'preact';
import { playhead } from '../../patrol/playhead.ts';
import { passAt, secondOn, type Pass, type Walk } from '../../patrol/walk.ts';
import { giveMapRoom } from '../../state/sheet.ts';
import { standAt } from '../../state/transitions.ts';
import { useDesk, useStore, useWords } from '../desk.ts';
import { lightUp } from '../light-up.ts';
import { Confidence } from './confidence.tsx';

export function PassList({ walk, least }: { walk: Walk; least: number | null }): JSX.Element {
  const { m, probability } = useWords();
  const now = useStore(playhead, (second) => passAt(walk, second)?.index ?? null);
  return (
    <div class="section passes">
      <div class="section-head">
        <h3>{m.patrols.passes}</h3>
        {least !== null && <span class="quiet">{m.patrols.notCreditedHint(probability(least))}</span>}
      </div>
      {walk.passes.length === 0 && <p class="quiet">{m.patrols.passesNone}</p>}
      <ol class="lines">
        {walk.passes.map((pass) => (
          <li key={pass.index} class={pass.index === now ? 'picked' : ''}>
            <PassLine pass={pass} walk={walk} current={pass.index === now} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function PassLine({ pass, walk, current }: { pass: Pass; walk: Walk; current: boolean }): JSX.Element {
  const { m, clock, roadName, span, duration } = useWords();
  const { store } = useDesk();
  return (
    <button
      type="button"
      class="line pass-line"
      aria-current={current ? 'true' : undefined}
      onClick={() => {
        giveMapRoom();
        store.update(standAt(secondOn(walk, pass)));
      }}
      {...lightUp({ what: 'pass', line: pass.line })}
    >
      <span class="gap-name">
        {roadName(pass.road_name, pass.class)}
        <small>{span(Math.round(pass.from_m), Math.round(pass.to_m))}</small>
      </span>
      <Confidence confidence={pass.confidence} credited={pass.credited} />
      <span class="quiet pass-when">
        {clock(new Date(walk.start_ms + pass.begin * 1000))} · {duration(pass.end - pass.begin)} ·{' '}
        {m.patrols.direction[pass.direction]}
      </span>
    </button>
  );
}
