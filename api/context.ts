/** What every request may use: the database, the settings, a log. Made once in main.ts (or by a test), passed to createApp. */
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './database/connect.ts';

export type Context = {
  db: Database;
  engine: 'embedded' | 'server';
  config: Config;
  log: Logger;
};
