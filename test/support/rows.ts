/** Puts single rows into a test district, in metres of its CRS, so that the numbers of a test can be checked in the head. */
import type { Knex } from 'knex';
import { openChange } from '../../api/database/change-log.ts';

/** The corner from which tests measure: on the 120th meridian, 30.5° north. */
export const origin: [x: number, y: number] = [500_000, 3_375_000];

type Point = [x: number, y: number];
type RoadRow = {
  name?: string | null;
  class?: string;
  status?: string;
  layer?: number;
  external_id?: string;
  other_names?: string[];
};
type ZoneRow = { level: string; name: string; parent_id?: number | null };
type ChiefRow = { name: string; role: string; zone_id?: number };

let codes = 0;
const change = (db: Knex): Promise<number> => openChange(db, { actor: 'tester', kind: 'test' });
const shifted = (points: Point[]): string => points.map(([x, y]) => `${origin[0] + x} ${origin[1] + y}`).join(', ');

/** @param points metres from `origin`. @returns the road's id. */
export async function addRoad(db: Knex, points: Point[], row: RoadRow = {}): Promise<number> {
  const [road] = await db('roads')
    .insert({
      name: null,
      class: 'branch',
      ...row,
      geom: db.raw(`st_geomfromtext(?, (select srid from district))`, [`linestring(${shifted(points)})`]),
      change_id: await change(db),
    })
    .returning<{ id: number }[]>('id');
  return road!.id;
}

/** @param ring metres from `origin`, not closed. @returns the zone's id. */
export async function addZone(db: Knex, ring: Point[], row: ZoneRow): Promise<number> {
  const [zone] = await db('zones')
    .insert({
      parent_id: null,
      ...row,
      code: `Z${(codes += 1)}`,
      geom: db.raw(`st_geomfromtext(?, (select srid from district))`, [
        `multipolygon(((${shifted([...ring, ring[0]!])})))`,
      ]),
      change_id: await change(db),
    })
    .returning<{ id: number }[]>('id');
  return zone!.id;
}

/** A rectangle as a ring for `addZone`. */
export const rectangle = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

/** @returns the chief's id. */
export async function addChief(db: Knex, row: ChiefRow): Promise<number> {
  const [chief] = await db('chiefs')
    .insert({ ...row, change_id: await change(db) })
    .returning<{ id: number }[]>('id');
  return chief!.id;
}

/** Gives a stretch (metres, side as a range) to a chief from a day on. */
export async function assign(
  db: Knex,
  chief_id: number,
  road_id: number,
  [from_m, to_m]: [number, number],
  sides = '[0,2)',
  validity = '[2020-01-01,)',
): Promise<void> {
  await db.raw(
    `insert into assignments (road_id, road_length_cm, span, sides, role, chief_id, validity, change_id)
     select r.id, r.length_cm, int4range(?, ?), ?, c.role, c.id, ?, ?
     from roads r, chiefs c where r.id = ? and c.id = ?`,
    [from_m * 100, to_m * 100, sides, validity, await change(db), road_id, chief_id],
  );
}
