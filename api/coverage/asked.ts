/** What the questions of this folder have in common: when, which roads, which zone. */
import type { Knex } from 'knex';
import { notFound, Problem } from '../problems.ts';
import { ensureCurrent } from '../segments/segments.ts';
import { inZone } from '../zones/in-zone.ts';

export type Bindings = Record<string, Knex.RawBinding>;
export type Sql = { sql: string; bindings: Bindings };

export type AskedTime = {
  /** ISO 8601. */
  moment: string;
  /** Whether the kept segments answer: for now, as known now. */
  kept: boolean;
  known: string | null;
};

/** @throws Problem `invalid` for what should have been known before it was. */
export async function askedTime(db: Knex, asked: { at?: string; known_at?: string }): Promise<AskedTime> {
  const kept = asked.at === undefined && asked.known_at === undefined;
  if (kept) await ensureCurrent(db);
  const { rows } = await db.raw<{ rows: { moment: Date; known: Date | null; ahead: boolean }[] }>(
    `select coalesce(:at::timestamptz, now()) as moment, :known::timestamptz as known,
       :known::timestamptz > now() + interval '1 minute' as ahead`,
    { at: asked.at ?? null, known: asked.known_at ?? null } as Bindings,
  );
  const { moment, known, ahead } = rows[0]!;
  if (ahead) {
    throw new Problem('invalid', `known_at is ${known!.toISOString()}, which is still to come.`, {
      hint: 'Leave it out to ask by what is known now.',
      errors: [{ path: 'known_at', message: 'lies in the future', came: asked.known_at }],
    });
  }
  return { moment: moment.toISOString(), kept, known: known?.toISOString() ?? null };
}

export type AskedPlace = {
  zone_id?: number;
  road_id?: number;
  bbox?: [number, number, number, number];
};

/**
 * Which roads a place touches, as an array expression (`null` for all), so that functions of the database can go by their
 * indexes; and, on rows named `alias`, which of their stretches lie in the zone.
 * @throws Problem `not_found` for an unknown zone or road, `invalid` for a grid cell.
 */
export async function askedRoads(
  db: Knex,
  place: AskedPlace,
  alias: string,
): Promise<{ roads: string; inZone: string; bindings: Bindings }> {
  const zone = await inZone(db, place.zone_id, alias);
  const bindings: Bindings = {};
  if (zone.bindings[0] !== undefined) bindings.zone_id = zone.bindings[0];
  if (place.road_id !== undefined) {
    if (!(await db('roads').where({ id: place.road_id }).first('id'))) {
      throw notFound('road', place.road_id, 'The roads are at /api/roads.');
    }
    bindings.road_id = place.road_id;
  }
  if (place.bbox) {
    const [west, south, east, north] = place.bbox;
    Object.assign(bindings, { west, south, east, north });
  }
  return { roads: roadsOf(place, bindings), inZone: zone.sql.replace('?', ':zone_id'), bindings };
}

function roadsOf({ road_id, bbox }: AskedPlace, bindings: Bindings): string {
  if (road_id !== undefined) return 'array[:road_id::integer]';
  const parts: string[] = [];
  if (bindings.zone_id !== undefined) parts.push('select z.road_id from zone_stretches z where z.zone_id = :zone_id');
  if (bbox) {
    parts.push(
      'select r.id from roads r where r.geom && (select asked_area(:west::double precision, :south::double precision, :east::double precision, :north::double precision))',
    );
  }
  return parts.length === 0 ? 'null::integer[]' : `array(${parts.join(' intersect ')})`;
}
