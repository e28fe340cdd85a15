/**
 * Brings a district's schema up to date: extensions, the numbered migrations of `migrations/`, then every function of
 * `migrations/functions/` again (they are stateless, so the newest text is the truth).
 *
 * A migration is one .sql file whose part below `-- @down` undoes it. `:srid:` in it stands for the district's CRS,
 * because a geometry column's type carries its SRID.
 */
import { readdir, readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { type Database, DatabaseUnusable, quote } from './connect.ts';

const folder = new URL('../../migrations/', import.meta.url);

export type District = { schema: string; srid: number; time_zone: string };

/**
 * @returns the names of the migrations that were applied now.
 * @throws DatabaseUnusable for a database without PostGIS, an unknown SRID, one in degrees, or a district kept in another.
 */
export async function migrate(db: Database, district: District): Promise<string[]> {
  await requirePostgis(db);
  await requireMetricSrid(db, district.srid);
  await db.raw(`create schema if not exists ${quote(district.schema)}`);
  await dropEmptyInAnotherSystem(db, district);
  const [, applied] = (await db.migrate.latest({ migrationSource: source(district) })) as [number, string[]];
  await applyFunctions(db);
  await rememberDistrict(db, district);
  return applied;
}

/** Undoes all migrations of the schema: functions first, because they stand on the tables. */
export async function migrateDown(db: Database, district: District): Promise<void> {
  const { rows } = await db.raw<{ rows: { signature: string }[] }>(
    `select oid::regprocedure::text as signature from pg_proc where pronamespace = current_schema()::regnamespace order by oid desc`,
  );
  for (const { signature } of rows) await db.raw(`drop function if exists ${signature.replaceAll('?', '\\?')} cascade`);
  await db.migrate.rollback({ migrationSource: source(district) }, true);
}

function source({ srid }: District): Knex.MigrationSource<string> {
  return {
    getMigrations: async () => (await readdir(folder)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).toSorted(),
    getMigrationName: (name) => name,
    getMigration: async (name) => {
      const text = (await readFile(new URL(name, folder), 'utf8')).replaceAll(':srid:', String(srid));
      const [up, down] = text.split(/^-- @down$/m);
      if (!down) throw new Error(`${name} has no "-- @down" part`);
      return { up: (trx) => run(trx, up!), down: (trx) => run(trx, down) };
    },
  };
}

async function applyFunctions(db: Database): Promise<void> {
  const functions = new URL('functions/', folder);
  const names = (await readdir(functions)).filter((name) => name.endsWith('.sql')).toSorted();
  await db.transaction(async (trx) => {
    for (const name of names) await run(trx, await readFile(new URL(name, functions), 'utf8'));
  });
}

/** Runs a file of several statements as it stands; knex would otherwise take `?` and `:name` in it for bindings. */
async function run(trx: Knex, text: string): Promise<void> {
  await trx.raw(text.replaceAll('?', '\\?'));
}

async function requirePostgis(db: Database): Promise<void> {
  try {
    await db.raw('create extension if not exists postgis with schema public');
    await db.raw('create extension if not exists btree_gist with schema public');
  } catch (error) {
    throw new DatabaseUnusable(
      `This database has no PostGIS and it cannot be added here (${(error as Error).message}); install PostGIS 3.3 or later on the server and run "create extension postgis; create extension btree_gist" as its owner.`,
      { cause: error },
    );
  }
  const { rows } = await db.raw<{ rows: { version: string }[] }>('select postgis_lib_version() as version');
  const version = rows[0]!.version;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major * 100 + minor < 303) {
    throw new DatabaseUnusable(`The database has PostGIS ${version}; Luzhang needs 3.3 or later.`);
  }
}

async function requireMetricSrid(db: Database, srid: number): Promise<void> {
  const { rows } = await db.raw<{ rows: { srtext: string }[] }>('select srtext from spatial_ref_sys where srid = ?', [
    srid,
  ]);
  const srtext = rows[0]?.srtext;
  const wanted =
    'expected a projected system in metres, such as 4549 (CGCS2000 / 3-degree Gauss-Krüger, 120°E; 4547 is 114°E, 4548 is 117°E)';
  if (!srtext) throw new DatabaseUnusable(`DISTRICT_SRID is ${srid}, which PostGIS does not know; ${wanted}.`);
  if (
    !srtext.startsWith('PROJCS') ||
    !/UNIT\["met(re|er)",1[,\]]/i.test(srtext.slice(srtext.lastIndexOf('PARAMETER')))
  ) {
    throw new DatabaseUnusable(`DISTRICT_SRID is ${srid}, which is not in metres; ${wanted}.`);
  }
  // Web maps' Mercator (3857) calls its units metres, but at 32° N 1.18 of them are one.
  if (/PROJECTION\["Mercator|pseudo.mercator/i.test(srtext))
    throw new DatabaseUnusable(
      `DISTRICT_SRID is ${srid}, a Mercator whose metres are too short off the equator; ${wanted}.`,
    );
}

/** A wrong SRID at the very first start is mended by the right one at the next: nothing was written in it yet. */
async function dropEmptyInAnotherSystem(db: Database, district: District): Promise<void> {
  if (!(await db.schema.hasTable('district')) || !(await db.schema.hasTable('change_log'))) return;
  const kept = await db('district').first<{ srid: number } | undefined>('srid');
  if (!kept || kept.srid === district.srid || (await db('change_log').first('id'))) return;
  await migrateDown(db, district);
}

/** The district row says in what the schema was made; another SRID later would silently mix coordinates. */
async function rememberDistrict(db: Database, { schema, srid, time_zone }: District): Promise<void> {
  const kept = await db('district').first<{ srid: number } | undefined>('srid');
  if (!kept) {
    await db('district').insert({ srid, time_zone });
  } else if (kept.srid !== srid) {
    throw new DatabaseUnusable(
      `District "${schema}" is kept in EPSG:${kept.srid} but DISTRICT_SRID is ${srid}; set DISTRICT_SRID=${kept.srid}, or name another DISTRICT and import its data anew.`,
    );
  } else {
    await db('district').update({ time_zone });
  }
}
