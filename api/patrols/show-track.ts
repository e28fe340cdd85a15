/** A track as JSON text: a short one at once, a long one in the thread. */
import { askThread } from './ask-thread.ts';
import type { RawTrack } from './raw-track.ts';
import { trackOnWire } from './track-on-wire.ts';

/** 5,000 fixes take 10 ms to transform and write. */
const MOST_AT_ONCE = 5_000;

export async function showTrack(id: number, { fixes, ...raw }: RawTrack & { fixes: number }): Promise<string> {
  return fixes <= MOST_AT_ONCE ? JSON.stringify(trackOnWire(id, raw)) : askThread('show', { id, raw });
}
