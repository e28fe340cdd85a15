/**
 * The strip diagram: the road pulled straight, its six roles one under the other, from the first metre to the last. Who
 * holds what is a block; where a required role is empty the strip is hatched in cinnabar. A block's upper half is the
 * left side of the road, its lower half the right.
 */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Road } from '../../../api/roads/roads.contract.ts';
import { crossingNear } from '../../road/crossings.ts';
import type { MeasuredLine } from '../../road/measured-line.ts';
import { roadAtHand } from '../../road/road-at-hand.ts';
import { roles } from '../../state/state.ts';
import { hover, rest } from '../../state/hover.ts';
import { setStretch, stretchOf } from '../../state/transitions.ts';
import { Icon } from '../controls/icons.tsx';
import { useDesk, useScreen, useStore, useWords } from '../desk.ts';
import { Axis, Crossings } from './scale.tsx';
import { Brush } from './brush.tsx';
import { MetreMark } from './metre-mark.tsx';
import { RoleRow, RowLabel, RowTotal } from './role-row.tsx';
import { ZoneRow } from './zone-row.tsx';

export function StripDock(): JSX.Element | null {
  const { m, exact, roadName } = useWords();
  const atHand = useStore(roadAtHand, (at) => at);
  const [folded, fold] = useState(false);
  if (!atHand?.road || !atHand.line) return null;
  const { road, line } = atHand;
  const { name, class: roadClass, length_m } = road.properties;
  return (
    <section class={`dock ${folded ? 'folded' : ''}`} aria-label={m.strip.title(roadName(name, roadClass))}>
      <header class="dock-head">
        <h2>{roadName(name, roadClass)}</h2>
        <span class="quiet">{exact(length_m)}</span>
        <span class="dock-hint quiet">{m.strip.use}</span>
        <button
          type="button"
          class="icon-button small"
          aria-expanded={!folded}
          aria-label={folded ? m.strip.expand : m.strip.collapse}
          title={folded ? m.strip.expand : m.strip.collapse}
          onClick={() => fold(!folded)}
        >
          <Icon name={folded ? 'up' : 'down'} size={16} />
        </button>
      </header>
      {!folded && <Strip road={road} line={line} />}
    </section>
  );
}

/** Pixels of pointer travel below which a press is a click on a block and no drawing. */
const still_px = 4;
const crossing_px = 7;

export function Strip({ road, line }: { road: Road; line: MeasuredLine }): JSX.Element {
  const { store } = useDesk();
  const atHand = useStore(roadAtHand, (at) => at);
  const plan = useScreen((state) => state.plan);
  const past = useScreen((state) => state.at !== null);
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(chart);
  const length = road.properties.length_m;
  const [from, to] = stretchOf(plan, length);
  const editable = !past && plan.tab !== 'history';
  const pressed = useRef<{ x: number; metres: number; drawing: boolean } | null>(null);

  const metresAt = (event: PointerEvent, snap: boolean): number => {
    const box = chart.current!.getBoundingClientRect();
    const metres = Math.min(Math.max(((event.clientX - box.left) / box.width) * length, 0), length);
    const crossing = snap ? crossingNear(atHand?.crossings ?? [], metres, (crossing_px / box.width) * length) : null;
    return crossing?.metres ?? metres;
  };
  const down = (event: PointerEvent): void => {
    if (!editable || event.button !== 0) return;
    pressed.current = { x: event.clientX, metres: metresAt(event, true), drawing: false };
  };
  const move = (event: PointerEvent): void => {
    const press = pressed.current;
    if (press && (press.drawing || Math.abs(event.clientX - press.x) > still_px)) {
      if (!press.drawing) chart.current!.setPointerCapture(event.pointerId);
      press.drawing = true;
      store.update(setStretch(press.metres, metresAt(event, !event.altKey), length));
    }
    const metres = metresAt(event, false);
    hover.update((on) => (on?.what === 'stretch' ? { ...on, at: metres } : { what: 'metre', metres }));
  };
  const up = (): void => {
    // The click that follows a drawing belongs to no block.
    setTimeout(() => (pressed.current = null));
  };
  const scale = { length, width };
  const strip = atHand?.strip;
  // Sides that differ share a row, so rows are taller on a road that has any.
  const halves = strip
    ? [...strip.zones, ...roles.flatMap((role) => strip.rows[role])].some((one) => one.sides !== 'both')
    : false;
  return (
    <div class={`strip ${halves ? 'strip-halves' : ''}`}>
      <div class="strip-labels" aria-hidden="true">
        <div class="strip-crossings" />
        <div class="strip-zones" />
        {roles.map((role) => (
          <RowLabel key={role} role={role} picked={role === plan.role} />
        ))}
        <div class="strip-axis" />
      </div>
      <div
        ref={chart}
        class={`strip-chart ${editable ? 'editable' : ''}`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onPointerLeave={() => rest(null)}
        onKeyDown={(event) => walk(event, chart.current!)}
      >
        <Crossings crossings={atHand?.crossings ?? []} {...scale} />
        <ZoneRow blocks={atHand?.strip?.zones ?? []} {...scale} />
        {roles.map((role, row) => (
          <RoleRow
            key={role}
            role={role}
            row={row}
            blocks={atHand?.strip?.rows[role] ?? null}
            picked={role === plan.role}
            chosen={editable ? [from, to] : null}
            isDrawing={() => pressed.current?.drawing === true}
            {...scale}
          />
        ))}
        <Axis {...scale} />
        {editable && <Brush from={from} to={to} crossings={atHand?.crossings ?? []} length={length} chart={chart} />}
        <MetreMark line={line} />
      </div>
      <div class="strip-totals" aria-hidden="true">
        <div class="strip-crossings" />
        <div class="strip-zones" />
        {roles.map((role) => (
          <RowTotal key={role} strip={atHand?.strip ?? null} role={role} />
        ))}
        <div class="strip-axis" />
      </div>
    </div>
  );
}

/** One stop for Tab, arrows from block to block: left and right within a role, up and down between roles. */
function walk(event: KeyboardEvent, chart: HTMLElement): void {
  const block = (event.target as HTMLElement).closest<HTMLElement>('.block');
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!block || !step) return;
  event.preventDefault();
  const row = Number(block.dataset.row) + step[0]!;
  const inRow = [...chart.querySelectorAll<HTMLElement>(`.block[data-row="${row}"]`)];
  const next =
    step[0] === 0
      ? inRow[inRow.indexOf(block) + step[1]!]
      : inRow.find((one) => Number(one.dataset.to) > Number(block.dataset.from));
  if (!next) return;
  for (const one of chart.querySelectorAll<HTMLElement>('.block')) one.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return width;
}
