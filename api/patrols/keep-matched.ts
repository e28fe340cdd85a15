/** Looks for roads that changed, at start and from then on, and has the patrols on them matched anew in the background. */
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { dataVersions } from '../database/change-log.ts';
import { matchAnew } from './match-anew.ts';

/** One row is read that often; a person who has redrawn a road sees its patrols follow within seconds. */
const LOOK_EVERY_MS = 2_000;

/** @returns a function that stops it, at the latest when the patrol at hand is done. */
export function keepMatched(db: Knex, log: Logger): () => Promise<void> {
  let stopped = false;
  let seen: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let working = look();

  async function look(): Promise<void> {
    try {
      const { roads } = await dataVersions(db);
      if (roads !== seen) {
        const matched = await matchAnew(db, () => stopped);
        if (matched > 0) log.info({ matched }, 'patrols were matched anew');
        if (!stopped) seen = roads;
      }
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'patrols could not be matched anew; will be tried again');
    }
    if (stopped) return;
    timer = setTimeout(() => {
      working = look();
    }, LOOK_EVERY_MS).unref();
  }

  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}
