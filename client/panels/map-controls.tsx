/** What lies on the map: zoom, the whole district, layers and legend, the name under the pointer. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { glide, showDistrict } from '../map/create-map.ts';
import { legendOf } from '../map/all-layers.ts';
import type { LegendEntry } from '../layers/layer.ts';
import { hover } from '../state/hover.ts';
import { isShown, optionalLayers } from '../state/state.ts';
import { switchLayer } from '../state/transitions.ts';
import { Icon, type IconName } from './controls/icons.tsx';
import { isPhone, useAct, useDesk, useScreen, useStore, useWords } from './desk.ts';
import { ColourChoice } from './plan/colour-choice.tsx';

export function MapControls(): JSX.Element {
  const { m } = useWords();
  const { map, settings } = useDesk();
  const [open, setOpen] = useState(!isPhone());
  const [choosing, choose] = useState(false);
  const zoom = (by: number) => () => {
    const view = map.getView();
    view.animate({ zoom: (view.getZoom() ?? 12) + by, duration: glide(180) });
  };
  // `pinched`: fingers do it better, so a phone does without.
  const buttons: { icon: IconName; label: string; act: () => void; pressed?: boolean; pinched?: boolean }[] = [
    { icon: 'plus', label: m.map.zoomIn, act: zoom(1), pinched: true },
    { icon: 'minus', label: m.map.zoomOut, act: zoom(-1), pinched: true },
    { icon: 'home', label: m.map.home, act: () => showDistrict(map, settings) },
    { icon: 'layers', label: m.legend.layers, act: () => choose(!choosing), pressed: choosing },
    { icon: 'legend', label: m.legend.title, act: () => setOpen(!open), pressed: open },
  ];
  return (
    <>
      <div class="map-buttons">
        {buttons.map(({ icon, label, act, pressed, pinched }) => (
          <button
            key={icon}
            type="button"
            class={pinched ? 'pinched' : ''}
            aria-label={label}
            title={label}
            aria-pressed={pressed}
            onClick={act}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
      {choosing && <LayerSwitches />}
      {open && <Legend />}
      <RoadTip />
      <GapTip />
    </>
  );
}

function LayerSwitches(): JSX.Element {
  const { m } = useWords();
  const { settings } = useDesk();
  const act = useAct();
  const state = useScreen((one) => one);
  return (
    <fieldset class="layer-switches">
      <legend>{m.legend.layers}</legend>
      {optionalLayers
        .filter((one) => one !== 'base_map' || settings.base_map !== null)
        .map((one) => (
          <label key={one}>
            <input type="checkbox" checked={isShown(state, one)} onChange={act(switchLayer(one))} />
            {m.legend.layer[one]}
          </label>
        ))}
    </fieldset>
  );
}

function Legend(): JSX.Element {
  const { m } = useWords();
  const { layers } = useDesk();
  const state = useScreen((one) => one);
  const entries = legendOf(layers, state);
  return (
    <aside class="legend" aria-label={m.legend.title}>
      {state.mode === 'plan' && <ColourChoice />}
      <h2 class="unseen">{m.legend.title}</h2>
      <ul class="legend-entries">
        {entries.map((entry, i) => (
          <LegendLine key={i} entry={entry} />
        ))}
      </ul>
    </aside>
  );
}

function LegendLine({ entry: { swatch, words } }: { entry: LegendEntry }): JSX.Element {
  const { m } = useWords();
  const ends: Record<string, string> = { few: m.legend.few, many: m.legend.many };
  return (
    <li class={swatch.shape === 'ramp' ? 'legend-ramp' : ''}>
      {swatch.shape === 'ramp' ? (
        <>
          <span>{words(m)}</span>
          <span class="ramp">
            {swatch.low && <small>{ends[swatch.low]}</small>}
            <i style={{ background: ramp(swatch.colours, swatch.low === '') }} />
            {swatch.high && <small>{ends[swatch.high]}</small>}
          </span>
          {swatch.steps && (
            <span class="ramp-steps">
              {swatch.steps.map((step, i) => (
                <small key={step}>{i === 0 ? '' : `${step}%`}</small>
              ))}
            </span>
          )}
        </>
      ) : (
        <>
          <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
            {swatch.shape === 'line' && swatch.casing && (
              <path d="M1 7h24" stroke={swatch.casing} stroke-width={swatch.width + 1.6} />
            )}
            {swatch.shape === 'line' && (
              <path d="M1 7h24" stroke={swatch.colour} stroke-width={swatch.width} stroke-dasharray={swatch.dash} />
            )}
            {swatch.shape === 'area' && (
              <rect x="2" y="1" width="22" height="12" rx="2" fill={swatch.colour} stroke={swatch.edge ?? 'none'} />
            )}
            {swatch.shape === 'dot' && (
              <circle cx="13" cy="7" r="5" fill={swatch.colour} stroke={swatch.ring ?? '#fff'} stroke-width="1.5" />
            )}
          </svg>
          <span>{words(m)}</span>
        </>
      )}
    </li>
  );
}

/** Steps stand apart where the colours are names, and run into each other where they measure. */
function ramp(colours: readonly string[], apart: boolean): string {
  if (!apart) return `linear-gradient(90deg, ${colours.join(', ')})`;
  const share = 100 / colours.length;
  return `linear-gradient(90deg, ${colours.map((colour, i) => `${colour} ${i * share}% ${(i + 1) * share}%`).join(', ')})`;
}

function RoadTip(): JSX.Element | null {
  const { m, roadName } = useWords();
  const on = useStore(hover, (one) => one);
  if (on?.what !== 'road') return null;
  return (
    <div class="tip" style={{ left: `${on.pixel[0]}px`, top: `${on.pixel[1]}px` }} aria-hidden="true">
      <b>{roadName(on.name)}</b> {m.roadClass[on.class]}
    </div>
  );
}

function GapTip(): JSX.Element | null {
  const { m, roadName, length } = useWords();
  const on = useStore(hover, (one) => one);
  const kind = useScreen((state) => state.coverage.kind);
  if (on?.what !== 'gap' || !on.tip) return null;
  const { pixel, name, class: roadClass, role, fault, length_m } = on.tip;
  const what = role ? m.roleShort[role] : fault ? (m.coverage.fault[fault] ?? fault) : m.coverage.kind[kind];
  return (
    <div class="tip" style={{ left: `${pixel[0]}px`, top: `${pixel[1]}px` }} aria-hidden="true">
      {(name ?? roadClass) && <b>{roadName(name, roadClass ?? undefined)}</b>} {what}
      {length_m ? ` ${length(length_m)}` : ''}
    </div>
  );
}
