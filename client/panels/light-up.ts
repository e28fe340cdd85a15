/** Lights something up on the map while the pointer or the focus rests on it. A finger does not rest, it taps. */
import { rest, type Hover } from '../state/hover.ts';

export function lightUp(on: Hover) {
  const light = (): void => rest(on);
  const dark = (): void => rest(null);
  return {
    onPointerEnter: (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') light();
    },
    onPointerLeave: dark,
    onFocus: (event: FocusEvent): void => {
      if ((event.target as HTMLElement).matches(':focus-visible')) light();
    },
    onBlur: dark,
  };
}
