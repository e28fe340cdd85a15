/** The panel: a column beside the map; on a phone a sheet below it that is pulled to one of three heights. */
import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { sheetHeight, sheetHeights, type SheetHeight } from '../state/sheet.ts';
import { useStore, useWords } from './desk.ts';

/** Share of the window that is left to the map at each height. */
const mapShare: Record<SheetHeight, number> = { low: 0.78, middle: 0.44, tall: 0.12 };

export function Sheet({ children }: { children: ComponentChildren }): JSX.Element {
  const { m } = useWords();
  const height = useStore(sheetHeight, (one) => one);
  const pulled = useRef<{ y: number; moved: boolean } | null>(null);
  const step = (by: number): void =>
    sheetHeight.update((at) => sheetHeights[Math.min(Math.max(sheetHeights.indexOf(at) + by, 0), 2)]!);
  return (
    <div class={`sheet sheet-${height}`}>
      <button
        type="button"
        class="sheet-grip"
        aria-label={height === 'tall' ? m.sheet.lower : m.sheet.taller}
        onClick={() => {
          if (!pulled.current?.moved)
            sheetHeight.update((at) => (at === 'tall' ? 'middle' : sheetHeights[sheetHeights.indexOf(at) + 1]!));
          pulled.current = null;
        }}
        onPointerDown={(event) => {
          pulled.current = { y: event.clientY, moved: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={(event) => {
          const pull = pulled.current;
          if (!pull || Math.abs(event.clientY - pull.y) < 12) return;
          pull.moved = true;
          // Where the finger let go decides: the nearest of the three.
          const share = event.clientY / window.innerHeight;
          const nearest = sheetHeights.reduce((best, one) =>
            Math.abs(mapShare[one] - share) < Math.abs(mapShare[best] - share) ? one : best,
          );
          if (nearest === height) step(event.clientY < pull.y ? 1 : -1);
          else sheetHeight.update(() => nearest);
        }}
      >
        <i />
      </button>
      {children}
    </div>
  );
}
