/** Which stretches of which roads lie in which zones: derived rows, made anew whenever roads or zones change. */
import type { Knex } from 'knex';
import type { FlatLine } from '../geometry/line.ts';
import { readWkbLine, readWkbMultiPolygon } from '../geometry/read-wkb.ts';
import { zonesAlong } from '../geometry/zones-along.ts';
import type { ZoneSource } from '../geometry/zones-beside.ts';
import { zoneLevel, type RoadClass, type ZoneLevel } from '../http/shapes.ts';
import { sidesRange } from '../http/units.ts';
import { createZoneIndex } from '../network/zone-index.ts';

// 2,000 roads of some ten points are 0.3 MB to read, and at five levels about 15,000 stretches, 1 MB of JSON, to write.
// Between two batches other requests get their turn.
const BATCH = 2_000;

/**
 * Derives `zone_stretches` of roads (null: all) on every level, by the rule of geometry/zones-along.ts. Call it in the
 * transaction that wrote roads or zones, before the segments are refreshed.
 */
export async function deriveZoneStretches(trx: Knex, roadIds: number[] | null): Promise<void> {
  const levels = await readLevels(trx);
  if (roadIds) await trx.raw('delete from zone_stretches where road_id = any (?)', [roadIds]);
  else await trx('zone_stretches').delete();
  if (levels.length === 0) return;
  let after = 0;
  for (;;) {
    const roads = await readRoads(trx, roadIds, after);
    if (roads.length === 0) return;
    await insertStretches(
      trx,
      roads.flatMap((road) => levels.flatMap((level) => stretchesOf(road, level))),
    );
    after = roads.at(-1)!.id;
  }
}

type Level = { level: ZoneLevel; zone_ids: number[]; index: ZoneSource };
type Road = { id: number; class: RoadClass; length_cm: number; line: FlatLine };
type StretchRow = { zone_id: number; level: ZoneLevel; road_id: number; from_cm: number; to_cm: number; sides: string };

async function readLevels(trx: Knex): Promise<Level[]> {
  const zones = await trx('zones')
    .orderBy('id')
    .select<{ id: number; level: ZoneLevel; wkb: Buffer }[]>('id', 'level', trx.raw(`st_asbinary(geom, 'NDR') as wkb`));
  return zoneLevel.options.flatMap((level) => {
    const here = zones.filter((zone) => zone.level === level);
    if (here.length === 0) return [];
    const index = createZoneIndex(here.map(({ wkb }) => readWkbMultiPolygon(wkb)));
    return [{ level, zone_ids: here.map(({ id }) => id), index }];
  });
}

async function readRoads(trx: Knex, roadIds: number[] | null, after: number): Promise<Road[]> {
  const { rows } = await trx.raw<{ rows: (Omit<Road, 'line'> & { wkb: Buffer })[] }>(
    `select id, class, length_cm, st_asbinary(geom, 'NDR') as wkb
     from roads where id > ? and (?::integer[] is null or id = any (?::integer[]))
     order by id limit ?`,
    [after, roadIds, roadIds, BATCH],
  );
  return rows.map(({ wkb, ...road }) => ({ ...road, line: readWkbLine(wkb) }));
}

/** How far from the centreline one is beside the road, in metres: 15 m beside an alley is behind its houses. */
const besideOf: Record<RoadClass, number> = {
  main: 15,
  secondary: 15,
  branch: 15,
  alley: 10,
  service: 10,
  path: 10,
  other: 15,
};

/** Metres in no zone make no row: they are the blind spot "unzoned". */
function stretchesOf(road: Road, { level, zone_ids, index }: Level): StretchRow[] {
  return zonesAlong(road.line, road.length_cm, index, besideOf[road.class]).flatMap(
    ({ zone, from_cm, to_cm, sides }) => {
      const zone_id = zone_ids[zone];
      return zone_id === undefined
        ? []
        : [{ zone_id, level, road_id: road.id, from_cm, to_cm, sides: sidesRange(sides) }];
    },
  );
}

async function insertStretches(trx: Knex, rows: StretchRow[]): Promise<void> {
  await trx.raw(
    `insert into zone_stretches (zone_id, level, road_id, span, sides)
     select zone_id, level, road_id, int4range(from_cm, to_cm), sides
     from jsonb_to_recordset(?::jsonb) as row (zone_id integer, level text, road_id integer, from_cm integer, to_cm integer, sides int4range)`,
    [JSON.stringify(rows)],
  );
}
