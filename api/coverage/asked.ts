/** What the questions of this folder have in common: when, which roads, which zone. */
import type { Knex } from 'knex';
import { utcText } from '../database/utc-text.ts';
import { notFound, Problem } from '../problems.ts';
import { ensureCurrent } from '../segments/segments.ts';
import { inZone } from '../zones/in-zone.ts';

export type Bindings = Record<string, Knex.RawBinding>;
export type Sql = { sql: string; bindings: Bindings };

export type AskedTime = {
  /** ISO 8601, to the microsecond as the database keeps time: what came in the same millisecond is told apart. */
  moment: string;
  /** Whether the kept segments answer: for now, as known now. */
  kept: boolean;
  known: string | null;
};

/** @throws Problem `invalid` for what should have been known before it was. */
export async function askedTime(db: Knex, asked: { at?: string; known_at?: string }): Promise<AskedTime> {
  const kept = asked.at === undefined && asked.known_at === undefined;
  if (kept) await ensureCurrent(db);
  const { rows } = await db.raw<{ rows: { moment: string; known: string | null; ahead: boolean }[] }>(
    `select ${utcText('coalesce(:at::timestamptz, now())')} as moment, ${utcText(':known::timestamptz')} as known,
       :known::timestamptz > now() + interval '1 minute' as ahead`,
    { at: asked.at ?? null, known: asked.known_at ?? null } as Bindings,
  );
  const { moment, known, ahead } = rows[0]!;
  if (ahead) {
    throw new Problem('invalid', `known_at is ${known!}, which is still to come.`, {
      hint: 'Leave it out to ask by what is known now.',
      errors: [{ path: 'known_at', message: 'lies in the future', came: asked.known_at }],
    });
  }
  return { moment, kept, known };
}

export type AskedPlace = {
  zone_id?: number;
  road_id?: number;
  bbox?: [number, number, number, number];
};

/**
 * Which roads a place touches, as a bound array (null for all); and, on rows named `alias`, which of their stretches lie
 * in the zone. The array is asked for first and sent as a value: given as a subquery, functions of the database are not
 * taken apart by the planner, and read the whole city (2.4 s instead of 30 ms).
 * @throws Problem `not_found` for an unknown zone or road, `invalid` for a grid cell.
 */
export async function askedRoads(
  db: Knex,
  place: AskedPlace,
  alias: string,
): Promise<{ roads: string; all: boolean; inZone: string; bindings: Bindings }> {
  const zone = await inZone(db, place.zone_id, alias);
  const bindings: Bindings = {};
  if (zone.bindings[0] !== undefined) bindings.zone_id = zone.bindings[0];
  if (place.road_id !== undefined && !(await db('roads').where({ id: place.road_id }).first('id'))) {
    throw notFound('road', place.road_id, 'The roads are at /api/roads.');
  }
  const roads = await roadsOf(db, place, zone.bindings[0]);
  bindings.road_ids = roads as unknown as Knex.RawBinding;
  return {
    roads: ':road_ids::integer[]',
    all: roads === null,
    inZone: zone.sql.replace('?', ':zone_id'),
    bindings,
  };
}

async function roadsOf(
  db: Knex,
  { road_id, bbox }: AskedPlace,
  zone_id: Knex.RawBinding | undefined,
): Promise<number[] | null> {
  if (road_id !== undefined) return [road_id];
  if (zone_id === undefined && !bbox) return null;
  // Only the conditions that hold: beside an "or" the planner would look at every road there is (15 ms of a city).
  const zoneHas = zone_id !== undefined && 'r.id in (select z.road_id from zone_stretches z where z.zone_id = :zone)';
  const boxMeets =
    bbox &&
    'r.geom && (select asked_area(:west::double precision, :south::double precision, :east::double precision, :north::double precision))';
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select r.id from roads r where ${[zoneHas, boxMeets].filter(Boolean).join(' and ')}`,
    {
      ...(zone_id !== undefined && { zone: zone_id }),
      ...(bbox && { west: bbox[0], south: bbox[1], east: bbox[2], north: bbox[3] }),
    } as Bindings,
  );
  return rows.map(({ id }) => id);
}
