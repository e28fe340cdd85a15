/** Questions about zones: the nested areas with the roads in them, and whether they tile. */
import type { Knex } from 'knex';
import { sqlFile } from '../database/sql-file.ts';
import { roadMetres } from '../http/units.ts';
import { notFound } from '../problems.ts';
import type { Zone, ZoneCheck, ZoneList, ZoneQuery } from './zones.contract.ts';

type Row = { id: number; geometry: Zone['geometry']; road_cm: number } & Omit<Zone['properties'], 'road_m'>;

/** Zones from the district down to the grid, the bureau-led area last, each level in the order of codes. */
export async function listZones(db: Knex, query: ZoneQuery): Promise<ZoneList> {
  if (query.parent_id !== undefined && !(await db('zones').where({ id: query.parent_id }).first('id'))) {
    throw notFound('zone', query.parent_id, 'The zones are at /api/zones.');
  }
  const asked = db('zones as z')
    .leftJoin(roadsInZones(db), 'inside.zone_id', 'z.id')
    .orderByRaw(`array_position(array['district', 'town', 'community', 'grid', 'bureau'], z.level), z.code`)
    .select<Row[]>(
      ...['id', 'code', 'level', 'name', 'parent_id'].map((column) => `z.${column}`),
      // Hectares to two decimals. Areas of a 3-degree zone are at most 0.06 % too large.
      db.raw('round(st_area(z.geom)::numeric / 1000000, 4) as area_km2'),
      db.raw('coalesce(inside.road_count, 0) as road_count'),
      db.raw('coalesce(inside.road_cm, 0) as road_cm'),
      query.geometry === 'true'
        ? db.raw('st_asgeojson(st_transform(z.geom, 4326), 7)::json as geometry')
        : db.raw('null as geometry'),
    );
  if (query.level) void asked.where('z.level', query.level);
  if (query.parent_id !== undefined) void asked.where('z.parent_id', query.parent_id);
  return { type: 'FeatureCollection', features: (await asked).map(feature) };
}

/** A road is in a zone when at least a metre of one of its sides is: less is how a line was drawn, not where it lies. */
const roadsInZones = (db: Knex): Knex.Raw =>
  db.raw(`(
    select zone_id, count(*) filter (where side_cm >= 100) as road_count, sum(side_cm) as road_cm
    from (
      select zone_id, road_id, sum(side_cm(span, sides)) as side_cm from zone_stretches group by zone_id, road_id
    ) roads
    group by zone_id
  ) inside`);

function feature({ id, geometry, road_cm, ...properties }: Row): Zone {
  return { type: 'Feature', id, geometry, properties: { ...properties, road_m: roadMetres(road_cm) } };
}

type ZoneFault = ZoneCheck['faults'][number];

/** A fault with where it is: hexadecimal well-known binary of polygons, in the district's CRS. */
type PlacedZoneFault = ZoneFault & { wkb: string };

const zoneFaults = sqlFile<PlacedZoneFault>(new URL('./zone-faults.sql', import.meta.url));

/**
 * Overlaps, holes and overhangs, largest first. Thinner than half a metre is the noise of borders drawn twice: a
 * district's outlines are digitised from 1:2000 sheets, on which half a metre is a quarter of a millimetre.
 */
export const placedZoneFaults = (db: Knex): Promise<PlacedZoneFault[]> =>
  zoneFaults(db, { min_width_m: 0.5, min_area_m2: 1 });

/** The same as it is told: without where. */
export async function checkZones(db: Knex): Promise<ZoneCheck> {
  const faults = await placedZoneFaults(db);
  return { faults: faults.map(({ wkb: _wkb, ...fault }) => fault) };
}
