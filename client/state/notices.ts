/** What has to be said: shown for a while, and read out by a screen reader. */
import { createStore } from './store.ts';

export type Notice = { id: number; kind: 'done' | 'fault'; text: string; hint?: string; undo?: boolean };

export const notices = createStore<Notice[]>([]);
/** Said to a screen reader only, such as the effect of a dragged handle. */
export const spoken = createStore('');

let last = 0;
/** A fault stays until it is closed; what was done goes by itself. */
const shown_ms = 7000;

export function notify(notice: Omit<Notice, 'id'>): void {
  const id = ++last;
  notices.update((all) => [...all.filter((one) => one.kind !== notice.kind), { ...notice, id }]);
  if (notice.kind === 'done') setTimeout(() => dismiss(id), shown_ms);
}

export function dismiss(id: number): void {
  notices.update((all) => (all.some((one) => one.id === id) ? all.filter((one) => one.id !== id) : all));
}

export const say = (text: string): void => spoken.update(() => text);
