/**
 * A district small enough to check in the head, on the 120th meridian (x 500,000 m) in EPSG:4549:
 *
 *   High Street   main    0 → 1,000 m east,  y = 3,500,000
 *   Mill Lane     alley   0 →   200 m north, from the middle of High Street
 *   Back Alley    alley   0 →   300 m east,  y = 3,500,100, planned roads and others as a test adds them
 */
import type { Database } from '../../api/database/connect.ts';
import { openChange, touch } from '../../api/database/change-log.ts';
import type { Role } from '../../api/http/shapes.ts';
import { roleKeys } from '../../api/http/shapes.ts';

export const east = 500_000;
export const north = 3_500_000;

export type Town = { high: number; mill: number; back: number; chiefs: Record<Role, [number, number]> };

export async function addRoad(
  db: Database,
  road: {
    external_id: string;
    name: string | null;
    class: string;
    line: [number, number][];
    status?: string;
    layer?: number;
  },
): Promise<number> {
  const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
  const wkt = `LINESTRING(${road.line.map(([x, y]) => `${east + x} ${north + y}`).join(',')})`;
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `insert into roads (external_id, name, class, status, layer, geom, change_id)
     values (?, ?, ?, ?, ?, st_geomfromtext(?, (select srid from district)), ?) returning id`,
    [road.external_id, road.name, road.class, road.status ?? 'handed_over', road.layer ?? 0, wkt, change_id],
  );
  await db.raw('select refresh_segments(array[?::integer])', [rows[0]!.id]);
  await touch(db, 'roads');
  return rows[0]!.id;
}

export async function addChief(db: Database, name: string, role: Role): Promise<number> {
  const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
  const [row] = await db('chiefs').insert({ name, role, change_id }).returning<{ id: number }[]>('id');
  return row!.id;
}

export async function buildTown(db: Database): Promise<Town> {
  const high = await addRoad(db, {
    external_id: 'high',
    name: 'High Street',
    class: 'main',
    line: [
      [0, 0],
      [500, 0],
      [1000, 0],
    ],
  });
  const mill = await addRoad(db, {
    external_id: 'mill',
    name: 'Mill Lane',
    class: 'alley',
    line: [
      [500, 0],
      [500, 200],
    ],
  });
  const back = await addRoad(db, {
    external_id: 'back',
    name: 'Back Alley',
    class: 'alley',
    line: [
      [0, 100],
      [300, 100],
    ],
  });
  const chiefs = {} as Town['chiefs'];
  for (const role of roleKeys) {
    chiefs[role] = [await addChief(db, `First ${role}`, role), await addChief(db, `Second ${role}`, role)];
  }
  return { high, mill, back, chiefs };
}

/** A zone as a rectangle in metres from (east, north). Stretches are derived by the caller. */
export async function addZone(
  db: Database,
  zone: { code: string; level: string; name: string; parent_id?: number | null; box: [number, number, number, number] },
): Promise<number> {
  const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
  const [minx, miny, maxx, maxy] = zone.box;
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `insert into zones (code, level, name, parent_id, geom, change_id)
     values (?, ?, ?, ?, st_multi(st_makeenvelope(?, ?, ?, ?, (select srid from district))), ?) returning id`,
    [
      zone.code,
      zone.level,
      zone.name,
      zone.parent_id ?? null,
      east + minx,
      north + miny,
      east + maxx,
      north + maxy,
      change_id,
    ],
  );
  return rows[0]!.id;
}
