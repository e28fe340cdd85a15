/** Key points: registered where a road is near, ended but never erased. */
import type { Knex } from 'knex';
import { openChange, touch } from '../database/change-log.ts';
import { centimetres, metres } from '../http/units.ts';
import { nearest } from '../network/nearest.ts';
import { notFound, Problem } from '../problems.ts';
import { readPosition } from '../roads/read-position.ts';
import { currentNetwork } from '../roads/road-network.ts';
import type { KeyPoint, KeyPointList, KeyPointQuery, NewKeyPoint } from './key-points.contract.ts';

/** A gate or a market lies beside its street; farther away, another street may be meant. */
const farthest_m = 50;

type Row = Omit<KeyPoint, 'measure_m' | 'reach_m' | 'from_m' | 'to_m' | 'sides' | 'valid_from' | 'valid_to'> & {
  measure_cm: number;
  reach_cm: number;
  length_cm: number;
  valid_from: Date;
  valid_to: Date | null;
};

const asked = `select k.id, k.external_id, k.name, k.road_id, r.name as road_name, k.measure_cm, k.reach_cm, r.length_cm,
    lower(k.validity) as valid_from, upper(k.validity) as valid_to, st_asgeojson(st_transform(k.geom, 4326), 7)::json as geometry
  from key_points k join roads r on r.id = k.road_id`;

/** @throws Problem `not_found` for an unknown zone. */
export async function listKeyPoints(db: Knex, query: KeyPointQuery): Promise<KeyPointList> {
  if (query.zone_id !== undefined && !(await db('zones').where({ id: query.zone_id }).first('id'))) {
    throw notFound('zone', query.zone_id, 'The zones are at /api/zones.');
  }
  const { rows } = await db.raw<{ rows: Row[] }>(
    `${asked}
     where k.validity @> coalesce(:at::timestamptz, now())
       and (:zone::integer is null or st_intersects(k.geom, (select z.geom from zones z where z.id = :zone::integer)))
     order by k.name, k.id`,
    { at: query.at ?? null, zone: query.zone_id ?? null } as Record<string, Knex.RawBinding>,
  );
  return { key_points: rows.map(onWire) };
}

/**
 * @param from since when it is one; null: from now on.
 * @throws Problem `invalid` for a position that cannot be meant or has no road within 50 m, `conflict` for a known external_id.
 */
export async function createKeyPoint(
  db: Knex,
  actor: string,
  given: NewKeyPoint,
  from: string | null = null,
): Promise<KeyPoint> {
  const { network, place } = await currentNetwork(db);
  const { metric } = await readPosition(db, place, given);
  const foot = nearest(network, metric[0], metric[1], farthest_m);
  if (!foot) {
    throw new Problem('invalid', `No road lies within ${farthest_m} m of ${given.name}.`, {
      hint: 'Put the point on the road that is to be inspected.',
      errors: [{ path: 'position', message: `within ${farthest_m} m of a road`, came: given.position }],
    });
  }
  return db.transaction(async (trx) => {
    const change_id = await openChange(trx, { actor, kind: 'create_key_point', details: given });
    const { rows } = await trx.raw<{ rows: { id: number }[] }>(
      `insert into key_points (external_id, name, geom, road_id, measure_cm, reach_cm, validity, change_id)
       select :external_id, :name, st_setsrid(st_point(:x, :y), (select srid from district)), r.id, :measure_cm, :reach_cm,
         tstzrange(coalesce(:from::timestamptz, now()), null), :change_id
       from roads r where r.id = :road_id
       on conflict (external_id) do nothing
       returning id`,
      {
        external_id: given.external_id,
        name: given.name,
        x: metric[0],
        y: metric[1],
        road_id: network.roadIds[foot.road]!,
        measure_cm: Math.round(foot.measure_cm),
        reach_cm: centimetres(given.reach_m),
        from,
        change_id,
      } as Record<string, Knex.RawBinding>,
    );
    if (!rows[0]) {
      // There are two reasons for no row: the network in memory may know a road that was deleted a moment ago.
      const gone = !(await trx('roads').where({ id: network.roadIds[foot.road]! }).first('id'));
      if (gone) {
        throw new Problem('conflict', `The road nearest to "${given.external_id}" was deleted at this moment.`, {
          hint: 'Send it again: it will find the road that is nearest now.',
        });
      }
      throw new Problem('conflict', `There is a key point "${given.external_id}" already.`, {
        hint: 'End that one first, or use another external_id.',
      });
    }
    await touch(trx, 'rules');
    return find(trx, rows[0].id);
  });
}

/** What was judged with a key point stays judged with it. */
async function requireToday(trx: Knex, at: string | undefined): Promise<void> {
  const { rows } = await trx.raw<{ rows: { past: boolean }[] }>(
    `select ?::timestamptz < date_trunc('day', now()) as past`,
    [at ?? 'now'],
  );
  if (!rows[0]!.past) return;
  throw new Problem('invalid', `A key point cannot end at ${at}, before today: audits of its time stand on it.`, {
    hint: 'Let it end today or later.',
    errors: [{ path: 'at', message: 'today or later', came: at }],
  });
}

/** @throws Problem `invalid` for a day before today, `not_found`, or `conflict` for one that has ended by then or not begun. */
export async function endKeyPoint(db: Knex, actor: string, id: number, at: string | undefined): Promise<KeyPoint> {
  return db.transaction(async (trx) => {
    const before = await find(trx, id);
    await requireToday(trx, at);
    const change_id = await openChange(trx, { actor, kind: 'end_key_point', details: { id, at } });
    const { rows } = await trx.raw<{ rows: { id: number }[] }>(
      `update key_points k set validity = tstzrange(lower(validity), coalesce(:at::timestamptz, now())), ended_change_id = :change_id
       where id = :id and lower(validity) < coalesce(:at::timestamptz, now())
         and (upper_inf(validity) or upper(validity) > coalesce(:at::timestamptz, now()))
       returning id`,
      { id, at: at ?? null, change_id } as Record<string, Knex.RawBinding>,
    );
    if (rows.length === 0) {
      throw new Problem(
        'conflict',
        `${before.name} is registered from ${before.valid_from} to ${before.valid_to ?? 'now'}; it cannot end at ${at ?? 'this moment'}.`,
        {
          hint: 'Name a moment in between.',
        },
      );
    }
    await touch(trx, 'rules');
    return find(trx, id);
  });
}

/** Key points stay with their place when roads are redrawn. Call it in the transaction that redrew them. */
export async function carryKeyPoints(trx: Knex, roadIds: number[]): Promise<void> {
  await trx.raw(
    `update key_points k set measure_cm = round(st_linelocatepoint(r.geom, k.geom) * r.length_cm)
     from roads r where r.id = k.road_id and r.id = any (?::integer[])`,
    [roadIds],
  );
}

async function find(db: Knex, id: number): Promise<KeyPoint> {
  const { rows } = await db.raw<{ rows: Row[] }>(`${asked} where k.id = ?`, [id]);
  if (!rows[0]) throw notFound('key point', id, 'The key points are at /api/key-points.');
  return onWire(rows[0]);
}

function onWire({ measure_cm, reach_cm, length_cm, valid_from, valid_to, ...row }: Row): KeyPoint {
  return {
    ...row,
    measure_m: metres(measure_cm),
    reach_m: metres(reach_cm),
    from_m: metres(Math.max(0, measure_cm - reach_cm)),
    to_m: metres(Math.min(length_cm, measure_cm + reach_cm)),
    sides: 'both',
    valid_from: valid_from.toISOString(),
    valid_to: valid_to?.toISOString() ?? null,
  };
}
