/** The chosen stretch over the strip: what lies outside is veiled, and both ends are handles for pointer and keyboard. */
import type { JSX, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { crossingNear, type Crossing } from '../../road/crossings.ts';
import { setStretch } from '../../state/transitions.ts';
import { useDesk, useWords } from '../desk.ts';

type Props = {
  from: number;
  to: number;
  crossings: readonly Crossing[];
  length: number;
  chart: RefObject<HTMLDivElement | null>;
};

export function Brush({ from, to, crossings, length, chart }: Props): JSX.Element {
  const share = (metres: number): string => `${(metres / length) * 100}%`;
  return (
    <div class="brush">
      <div class="veil" style={{ left: 0, width: share(from) }} />
      <div class="veil" style={{ left: share(to), right: 0 }} />
      <div class="brush-frame" style={{ left: share(from), width: share(to - from) }} />
      <Handle end="from" metres={from} other={to} {...{ crossings, length, chart }} />
      <Handle end="to" metres={to} other={from} {...{ crossings, length, chart }} />
    </div>
  );
}

const crossing_px = 7;

function Handle({
  end,
  metres,
  other,
  crossings,
  length,
  chart,
}: { end: 'from' | 'to'; metres: number; other: number } & Omit<Props, 'from' | 'to'>): JSX.Element {
  const { m, metres: text } = useWords();
  const { store } = useDesk();
  /** The end that stays, fixed when the drag begins: handles may pass each other. */
  const fixed = useRef<number | null>(null);
  const here = crossingNear(crossings, metres, 0.5);
  const set = (value: number): void => {
    const low = end === 'from' ? 0 : other + 0.01;
    const high = end === 'from' ? other - 0.01 : length;
    const held = Math.min(Math.max(value, low), high);
    store.update(end === 'from' ? setStretch(held, other, length) : setStretch(other, held, length));
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 10 : 1;
    const further = (by: 1 | -1): number => {
      const ahead = crossings.filter((one) => (by > 0 ? one.metres > metres + 0.5 : one.metres < metres - 0.5));
      return (by > 0 ? ahead[0] : ahead.at(-1))?.metres ?? (by > 0 ? length : 0);
    };
    // From a measure such as 120.37 the first step goes on to whole metres.
    const to = {
      ArrowLeft: Math.ceil(metres) - step,
      ArrowDown: Math.ceil(metres) - step,
      ArrowRight: Math.floor(metres) + step,
      ArrowUp: Math.floor(metres) + step,
      PageDown: further(-1),
      PageUp: further(1),
      Home: 0,
      End: length,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(to);
  };
  return (
    <div
      class={`handle handle-${end}`}
      style={{ left: `${(metres / length) * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-label={end === 'from' ? m.strip.fromHandle : m.strip.toHandle}
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={metres}
      aria-valuetext={m.strip.handleValue(text(metres), here?.name ?? null)}
      title={m.strip.keys}
      onKeyDown={key}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        fixed.current = other;
      }}
      onPointerMove={(event) => {
        if (fixed.current === null) return;
        event.stopPropagation();
        const box = chart.current!.getBoundingClientRect();
        const at = ((event.clientX - box.left) / box.width) * length;
        const crossing = event.altKey ? null : crossingNear(crossings, at, (crossing_px / box.width) * length);
        const to = crossing?.metres ?? at;
        if (Math.abs(to - fixed.current) > 0.01) store.update(setStretch(fixed.current, to, length));
      }}
      onPointerUp={() => (fixed.current = null)}
      onPointerCancel={() => (fixed.current = null)}
    >
      <output>{text(metres)}</output>
    </div>
  );
}
