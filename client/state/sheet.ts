/** How much of a phone the panel takes: what is chosen in a tall sheet is to be seen on the map above it. */
import { createStore } from './store.ts';

export const sheetHeights = ['low', 'middle', 'tall'] as const;
export type SheetHeight = (typeof sheetHeights)[number];

export const sheetHeight = createStore<SheetHeight>('middle');

export const giveMapRoom = (): void => sheetHeight.update((height) => (height === 'tall' ? 'middle' : height));
