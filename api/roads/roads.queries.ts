/** Questions about roads, each one query shaped like its answer. */
import type { Knex } from 'knex';
import { page, readCursor } from '../http/paging.ts';
import { metres } from '../http/units.ts';
import { notFound } from '../problems.ts';
import type { Road, RoadList, RoadQuery } from './roads.contract.ts';

type Row = { id: number; length_cm: number; geometry: Road['geometry'] } & Omit<Road['properties'], 'length_m'>;

const columns = [
  'id',
  'external_id',
  'name',
  'other_names',
  'class',
  'status',
  'layer',
  'oneway',
  'length_cm',
  'geometry_version',
];

/** Roads in the order of their ids. */
export async function listRoads(db: Knex, query: RoadQuery): Promise<RoadList> {
  if (query.zone_id !== undefined && !(await db('zones').where({ id: query.zone_id }).first('id'))) {
    throw notFound('zone', query.zone_id, 'The zones are at /api/zones.');
  }
  const asked = roadsAsked(db, query);
  const { rows, next_cursor } = page(await asked, query.limit, (row) => [row.id]);
  return { type: 'FeatureCollection', features: rows.map(feature), next_cursor };
}

/** The question of a list, one row more than the page: exported so that a test can EXPLAIN it. */
export function roadsAsked(db: Knex, query: RoadQuery): Knex.QueryBuilder<object, Row[]> {
  const after = readCursor(query.cursor, ['number']);
  const asked = roads(db)
    .orderBy('id')
    .limit(query.limit + 1);
  if (after) void asked.where('id', '>', after[0]!);
  if (query.class) void asked.where({ class: query.class });
  if (query.status) void asked.where({ status: query.status });
  if (query.bbox) void asked.whereRaw('st_intersects(geom, (select asked_area(?, ?, ?, ?)))', query.bbox);
  if (query.zone_id !== undefined) {
    void asked.whereIn('id', db('zone_stretches').where({ zone_id: query.zone_id }).select('road_id'));
  }
  if (query.q !== undefined) {
    const part = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`;
    void asked.where((either) => {
      void either
        .whereILike('name', part)
        .orWhere({ external_id: query.q })
        .orWhereRaw('exists (select from unnest(other_names) as other where other ilike ?)', [part]);
    });
  }
  return asked;
}

/** @throws Problem `not_found`. */
export async function findRoad(db: Knex, id: number): Promise<Road> {
  const row = await roads(db).where({ id }).first();
  if (!row) throw notFound('road', id, 'The roads are at /api/roads.');
  return feature(row);
}

const roads = (db: Knex): Knex.QueryBuilder<object, Row[]> =>
  // Seven decimals of a degree are a centimetre.
  db('roads').select<Row[]>(...columns, db.raw('st_asgeojson(st_transform(geom, 4326), 7)::json as geometry'));

function feature({ id, geometry, length_cm, ...properties }: Row): Road {
  return { type: 'Feature', id, geometry, properties: { ...properties, length_m: metres(length_cm) } };
}
