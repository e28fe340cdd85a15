/**
 * One way to a database for both engines: knex on `pg`, to a PostgreSQL server or to the embedded PostGIS.
 * Every connection has the district's schema first in its search path, so that no statement names a schema.
 */
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { withoutPassword } from '../config.ts';
import { startEmbedded } from './embedded.ts';
import { templateFile } from './template-file.ts';

export type Database = Knex;

export type Connection = {
  db: Database;
  engine: 'embedded' | 'server';
  /** Opens all connections there may be, so that the first requests do not wait for them to be made. */
  openAll: () => Promise<void>;
  close: () => Promise<void>;
};

export type ConnectOptions = {
  database_url: string | null;
  /** Folder of the embedded cluster; null keeps it in memory. */
  folder: string | null;
  schema: string;
  time_zone: string;
  tell?: (step: string) => void;
};

/** The database cannot be used as it is; the message is one sentence for the operator. */
export class DatabaseUnusable extends Error {}

/** Of this process to a server: it works at that many questions at once, and each connection costs the server some 15 MB. */
const CONNECTIONS = 8;

// Ids and counts are bigint in SQL and far below 2^53 here, so they are numbers in TypeScript too.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// numeric only comes out of sums of integers (metres are made in TypeScript), so a double holds it exactly.
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
// A date is a day, not a moment: keep it as text, or the server's time zone would move it.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** @throws DatabaseUnusable when the server or folder cannot be used. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  return options.database_url ? connectServer(options, options.database_url) : connectEmbedded(options);
}

async function connectServer(options: ConnectOptions, url: string): Promise<Connection> {
  const db = knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'luzhang' },
    // All are kept: to make one costs 150 ms of CPU, so a burst of requests that has several made is slower than with one.
    pool: { min: CONNECTIONS, max: CONNECTIONS, afterCreate: prepare(options, warmUp) },
    acquireConnectionTimeout: 15_000,
    // What cannot be reached is thrown and told once, in our words; knex would print its stack besides.
    log: { warn: () => {} },
  });
  try {
    await requireServer(db);
  } catch (error) {
    await db.destroy();
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(
      `DATABASE_URL ${withoutPassword(url)} cannot be reached (${reason(error)}); start that server, correct the address, or leave DATABASE_URL out to use the embedded database.`,
      { cause: error },
    );
  }
  return { db, engine: 'server', openAll: () => openAll(db), close: () => db.destroy() };
}

async function openAll(db: Knex): Promise<void> {
  const held: unknown[] = [];
  try {
    while (held.length < CONNECTIONS) held.push(await db.client.acquireConnection());
  } catch {
    // A server that gives fewer is enough to work with; one that is gone is told by whoever asks next.
  } finally {
    for (const connection of held) await db.client.releaseConnection(connection);
  }
}

async function connectEmbedded(options: ConnectOptions): Promise<Connection> {
  const folder = options.folder && join(options.folder, 'postgres');
  let embedded;
  try {
    embedded = await startEmbedded({ folder, template: templateFile }, options.tell ?? (() => {}));
  } catch (error) {
    throw new DatabaseUnusable(
      `The embedded database${folder ? ` in ${folder}` : ''} cannot be opened (${reason(error)}); if the folder was made by another version, move it away and import your data again.`,
      { cause: error },
    );
  }
  const db = knex({
    client: 'pg',
    connection: { stream: embedded.stream, user: 'postgres', database: 'postgres' } as Knex.PgConnectionConfig,
    // One connection: PGlite is one backend. min 1 keeps it, and with it the search path.
    pool: { min: 1, max: 1, afterCreate: prepare(options) },
    // A long import holds the one connection; a reader waits for it rather than fail.
    acquireConnectionTimeout: 300_000,
  });
  await db.raw('select 1');
  return {
    db,
    engine: 'embedded',
    openAll: async () => {},
    close: async () => {
      await db.destroy();
      await embedded.close();
    },
  };
}

type Prepared = (client: pg.Client, done: (error: Error | null, client: pg.Client) => void) => void;

/**
 * The first transformations on a new connection cost 50 ms each way, PROJ reading its tables, and one report in a hundred
 * waited for that. Here they are done before the connection is given to anybody: who asked for it takes whichever comes first,
 * most often one that another request gives back. Longitude 105 and latitude 35 are the middle of China.
 */
const warmUp = `do $$
  declare metric integer;
  begin
    if to_regclass('district') is null then return; end if;
    perform set_config('lock_timeout', '100ms', true);
    select srid into metric from district;
    perform st_transform(st_transform(st_setsrid(st_point(105, 35), 4326), metric), 4326);
  -- Whoever asks will be told; what only warms up does not decide whether one may connect.
  exception when query_canceled or others then return;
  end
$$`;

function prepare({ schema, time_zone }: ConnectOptions, then = ''): Prepared {
  return (client, done) => {
    // jit off: our questions are many and short, and compiling one costs more than running it (0.4 s against 30 ms for a tile).
    // work_mem: an audit of a city joins 350,000 duties with what was walked; at 4 MB that goes through files.
    const text = `set search_path to ${quote(schema)}, public; set time zone '${time_zone.replaceAll("'", "''")}'; set jit to off; set work_mem to '64MB'; ${then}`;
    client.query(text, (error: Error | null) => done(error, client));
  };
}

async function requireServer(db: Database): Promise<void> {
  const { rows } = await db.raw<{ rows: { version: number }[] }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const version = rows[0]!.version;
  if (version < 150000) {
    throw new DatabaseUnusable(
      `The database is PostgreSQL ${Math.floor(version / 10000)}; Luzhang needs 15 or later (multiranges and "nulls not distinct").`,
    );
  }
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0]) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
