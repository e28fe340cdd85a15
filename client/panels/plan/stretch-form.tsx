/** From where to where, and on which side: in metres, or from crossing to crossing as planners say it. */
import type { JSX } from 'preact';
import type { RoadAtHand } from '../../road/road-at-hand.ts';
import { sidesWords } from '../../state/state.ts';
import { chooseSides, setStretch, wholeRoad } from '../../state/transitions.ts';
import { Choice } from '../controls/choice.tsx';
import { MetreField } from '../controls/metre-field.tsx';
import { useAct, useDesk, useScreen, useWords } from '../desk.ts';

/** Half a metre off a crossing is still at the crossing. */
const at_crossing_m = 0.5;

export function StretchForm({
  atHand,
  length,
  from,
  to,
}: {
  atHand: RoadAtHand;
  length: number;
  from: number;
  to: number;
}): JSX.Element {
  const { m, exact } = useWords();
  const { store } = useDesk();
  const act = useAct();
  const sides = useScreen((state) => state.plan.sides);
  const whole = useScreen((state) => state.plan.from === null && state.plan.to === null);
  return (
    <div class="section">
      <div class="section-head">
        <h3>{m.plan.stretch}</h3>
        <b class="stretch-length">{exact(Math.round((to - from) * 100) / 100)}</b>
        <button type="button" class="link" disabled={whole} onClick={act(wholeRoad)}>
          {m.plan.whole}
        </button>
      </div>
      <div class="stretch-ends">
        <MetreField
          label={m.plan.from}
          metres={from}
          least={0}
          most={length}
          onMetres={(value) => store.update(setStretch(value, to, length))}
        />
        <End
          label={m.plan.fromAt}
          atHand={atHand}
          length={length}
          metres={from}
          onMetres={(value) => store.update(setStretch(value, to, length))}
        />
        <MetreField
          label={m.plan.to}
          metres={to}
          least={0}
          most={length}
          onMetres={(value) => store.update(setStretch(from, value, length))}
        />
        <End
          label={m.plan.toAt}
          atHand={atHand}
          length={length}
          metres={to}
          onMetres={(value) => store.update(setStretch(from, value, length))}
        />
      </div>
      <Choice
        label={m.plan.sides}
        hidden
        value={sides}
        options={sidesWords.map((one) => ({
          value: one,
          title: m.plan.sidesHint,
          label: (
            <>
              <i class={`side-mark side-${one}`} />
              {m.sides[one]}
            </>
          ),
        }))}
        onPick={(one) => store.update(chooseSides(one))}
      />
    </div>
  );
}

function End({
  label,
  atHand,
  length,
  metres,
  onMetres,
}: {
  label: string;
  atHand: RoadAtHand;
  length: number;
  metres: number;
  onMetres: (metres: number) => void;
}): JSX.Element {
  const { m, metres: text } = useWords();
  const places = [
    { metres: 0, name: m.plan.startOfRoad },
    ...atHand.crossings
      .filter((one) => one.metres > 1 && one.metres < length - 1)
      .map((one) => ({ metres: Math.round(one.metres * 100) / 100, name: one.name })),
    { metres: length, name: m.plan.endOfRoad },
  ];
  const index = places.findIndex((one) => Math.abs(one.metres - metres) <= at_crossing_m);
  return (
    <select
      class="end-select"
      aria-label={label}
      value={index < 0 ? '' : String(index)}
      onChange={(event) => {
        const place = places[Number(event.currentTarget.value)];
        if (event.currentTarget.value !== '' && place) onMetres(place.metres);
      }}
    >
      {index < 0 && <option value="">{m.plan.free}</option>}
      {places.map((place, i) => (
        <option key={`${place.name}-${place.metres}`} value={String(i)}>
          {`${place.name} · ${text(Math.round(place.metres))} ${m.metre}`}
        </option>
      ))}
    </select>
  );
}
