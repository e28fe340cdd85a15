/** Questions about chiefs: each row with the metres it holds now. */
import type { Knex } from 'knex';
import { page, readCursor } from '../http/paging.ts';
import { roadMetres } from '../http/units.ts';
import { notFound } from '../problems.ts';
import type { Chief, ChiefList, ChiefQuery } from './chiefs.contract.ts';

type Row = Omit<Chief, 'held_m'> & { held_cm: number; position: number };

/** Chiefs in the order of the six roles, then as they were entered. */
export async function listChiefs(db: Knex, query: ChiefQuery): Promise<ChiefList> {
  if (query.zone_id !== undefined && !(await db('zones').where({ id: query.zone_id }).first('id'))) {
    throw notFound('zone', query.zone_id, 'The zones are at /api/zones.');
  }
  const after = readCursor(query.cursor, ['number', 'number']);
  const asked = chiefs(db)
    .orderBy('slot.position')
    .orderBy('c.id')
    .limit(query.limit + 1);
  if (after) void asked.whereRaw('(slot.position, c.id) > (?, ?)', [after[0]!, after[1]!]);
  if (query.role) void asked.where('c.role', query.role);
  if (query.zone_id !== undefined) void asked.whereRaw(`c.zone_id in (${inside})`, [query.zone_id]);
  if (query.q !== undefined) {
    const part = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`;
    void asked.where((either) => {
      void either
        .whereILike('c.name', part)
        .orWhereILike('c.organisation', part)
        .orWhereILike('c.phone', part)
        .orWhere('c.external_id', query.q!);
    });
  }
  const { rows, next_cursor } = page(await asked, query.limit, (row) => [row.position, row.id]);
  return { chiefs: rows.map(chief), next_cursor };
}

/** @throws Problem `not_found`. */
export async function findChief(db: Knex, id: number): Promise<Chief> {
  const row = await chiefs(db).where('c.id', id).first();
  if (!row) throw notFound('chief', id, 'The chiefs are at /api/chiefs.');
  return chief(row);
}

const chiefs = (db: Knex): Knex.QueryBuilder<object, Row[]> =>
  db('chiefs as c')
    .join('roles as slot', 'slot.role', 'c.role')
    .leftJoin('zones as z', 'z.id', 'c.zone_id')
    .joinRaw(
      `cross join lateral (
         select coalesce(sum(side_cm(a.span, a.sides)), 0) as held_cm, count(distinct a.road_id) as held_roads
         from assignments a where a.chief_id = c.id and a.validity @> now()
       ) held`,
    )
    .select<Row[]>(
      ...['id', 'external_id', 'name', 'role', 'organisation', 'phone', 'party_branch', 'party_member', 'zone_id'].map(
        (column) => `c.${column}`,
      ),
      'z.name as zone_name',
      'held.held_cm',
      'held.held_roads',
      'slot.position',
    );

/** A zone and every zone inside it. */
const inside = `
  with recursive inside as (
    select z.id from zones z where z.id = ?
    union select z.id from zones z join inside on z.parent_id = inside.id
  )
  select id from inside`;

function chief(row: Row): Chief {
  const { position: _position, held_cm, ...facts } = row;
  return { ...facts, held_m: roadMetres(held_cm) };
}
