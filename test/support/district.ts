/**
 * Real PostGIS for tests: the embedded one always, and the server of DATABASE_URL too when there is one.
 *
 * `eachEngine` runs a suite on every engine at hand, each in a fresh schema of its own, so that a test may commit.
 * Databases are opened on first use: kernel tests need none.
 */
import fc from 'fast-check';
import { after, before, describe } from 'mocha';
import { connect, type Connection, type Database, quote } from '../../api/database/connect.ts';
import { migrate } from '../../api/database/migrate.ts';

export type Engine = 'embedded' | 'server';
export const serverUrl = process.env.DATABASE_URL || null;
export const engines: Engine[] = serverUrl ? ['embedded', 'server'] : ['embedded'];

export type TestDistrict = { db: Database; schema: string; srid: number; time_zone: string; engine: Engine };

// A run that failed can be run again: properties draw from one seed, unless PROPERTY_SEED says another (or `random`).
const seed = process.env.PROPERTY_SEED ?? '20261126';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });

let embedded: Promise<Connection> | undefined;
let schemas = 0;

/** The metric CRS of tests: CGCS2000 / 3-degree Gauss-Krüger 120°E, so that x = 500,000 m is the 120th meridian. */
export const srid = 4549;
const time_zone = 'Asia/Shanghai';

/** Opens an engine with an empty, migrated schema. The caller closes what it gets. */
export async function openDistrict(
  engine: Engine,
  metricSrid = srid,
): Promise<TestDistrict & { close: () => Promise<void> }> {
  const schema = `test_${process.pid}_${(schemas += 1)}`;
  const district = { schema, srid: metricSrid, time_zone };
  if (engine === 'server') {
    const connection = await connect({ database_url: serverUrl, folder: null, schema, time_zone });
    await migrate(connection.db, district);
    return {
      ...district,
      db: connection.db,
      engine,
      close: async () => {
        await connection.db.raw(`drop schema ${quote(schema)} cascade`);
        await connection.close();
      },
    };
  }
  // One embedded engine serves the whole run (opening it costs 3 s); each suite moves it to a schema of its own.
  embedded ??= connect({ database_url: null, folder: null, schema: 'public', time_zone });
  const { db } = await embedded;
  await db.raw(`create schema ${quote(schema)}; set search_path to ${quote(schema)}, public`);
  await migrate(db, district);
  return {
    ...district,
    db,
    engine,
    close: async () => {
      await db.raw(`set search_path to public; drop schema ${quote(schema)} cascade`);
    },
  };
}

/** Declares a suite once per engine at hand. `district()` is there from the first `before` on. */
export function eachEngine(title: string, suite: (district: () => TestDistrict) => void, metricSrid = srid): void {
  for (const engine of engines) {
    describe(`${title} (${engine})`, () => {
      let opened: (TestDistrict & { close: () => Promise<void> }) | undefined;
      before(async () => {
        opened = await openDistrict(engine, metricSrid);
      });
      after(async () => {
        await opened?.close();
      });
      suite(() => opened!);
    });
  }
}

export const mochaHooks = {
  async afterAll() {
    if (embedded) await (await embedded).close();
  },
};
