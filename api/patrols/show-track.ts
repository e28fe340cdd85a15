/** A track as JSON text: a short one at once, a long one in the thread. */
import type { Knex } from 'knex';
import { crsDefinition } from '../roads/read-position.ts';
import { askThread } from './ask-thread.ts';
import { findRawTrack } from './patrols.queries.ts';
import { trackOnWire } from './track-on-wire.ts';

/** 5,000 fixes take 10 ms to transform and write. */
const MOST_AT_ONCE = 5_000;

/** @throws Problem `not_found`. */
export async function showTrack(db: Knex, id: number): Promise<string> {
  const { fixes, ...raw } = await findRawTrack(db, id);
  const crs = await crsDefinition(db, raw.sent_crs);
  if (fixes > MOST_AT_ONCE) return askThread('show', { id, raw, crs });
  return JSON.stringify(trackOnWire(id, raw, crs));
}
