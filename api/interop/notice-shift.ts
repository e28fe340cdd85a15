/**
 * Notices a whole file that is shifted as GCJ-02 or BD-09 is from WGS84: by 100-700 m, on another street. Told in the
 * notes, never corrected: which of the two is wrong, the file or what is here, only a person can know.
 */
import type { Knex } from 'knex';
import { fromWgs84, readCrs, toWgs84, type Position } from '../geometry/crs.ts';

const systems = ['wgs84', 'gcj02', 'bd09'];

/**
 * Compares how near the positions lie to the roads that are here, as they stand and as they would in another system.
 * @param positions WGS84, a sample of some hundred.
 * @param used the system that they were read in.
 */
export async function noticeShiftFromRoads(trx: Knex, positions: Position[], used: string): Promise<string | null> {
  const sample = evenly(positions, 300);
  if (sample.length < 10 || !(await trx('roads').first('id'))) return null;
  const readings = [{ name: used, positions: sample }, ...otherReadings(sample, used)];
  const { rows } = await trx.raw<{ rows: { reading: number; median_m: number }[] }>(
    `select reading, percentile_cont(0.5) within group (order by distance) as median_m
     from (
       select p.reading, near.distance
       from (
         select (p->>0)::integer as reading,
           st_transform(st_setsrid(st_point((p->>1)::double precision, (p->>2)::double precision), 4326), (select srid from district)) as geom
         from jsonb_array_elements(?::jsonb) as p
       ) p, lateral (
         select st_distance(r.geom, p.geom) as distance from roads r order by r.geom <-> p.geom limit 1
       ) near
     ) distances
     group by reading order by reading`,
    [JSON.stringify(readings.flatMap((reading, index) => reading.positions.map(([x, y]) => [index, x, y])))],
  );
  const stands = rows[0]?.median_m;
  const best = rows
    .slice(1)
    .reduce<(typeof rows)[number] | null>(
      (nearest, row) => (!nearest || row.median_m < nearest.median_m ? row : nearest),
      null,
    );
  // In a dense town some road is always near: a third of the distance, and at least 8 m won, is beyond chance for 10 positions and more.
  if (stands === undefined || !best || best.median_m * 3 > stands || stands - best.median_m < 8) return null;
  const { name } = readings[best.reading]!;
  return (
    `The file looks as if it were in ${name}, but it was read as ${used}: half of its positions lie more than ${metres(stands)} from ` +
    `a road that is here, and read as ${name} it would be ${metres(best.median_m)}. If so, import it again with --crs ${name} (over HTTP crs=${name}).`
  );
}

/**
 * Compares where things were with where the file puts them now: a shift like that between two systems, the same for all, is
 * no survey.
 * @param moved WGS84.
 */
export function noticeShiftOfMoved(moved: { from: Position; to: Position }[], used: string): string | null {
  if (moved.length === 0) return null;
  const fits = (name: string): boolean =>
    moved.filter(
      ({ from, to }) =>
        distance(reread([to], used, name)[0]!, from) * 4 < distance(to, from) && distance(to, from) > 50,
    ).length *
      2 >
    moved.length;
  const meant = systems.filter((name) => name !== plain(used)).find(fits);
  if (!meant) return null;
  const far = moved.map(({ from, to }) => distance(from, to)).toSorted((a, b) => a - b)[Math.floor(moved.length / 2)]!;
  return (
    `What is here already moves by ${metres(far)}, as it does between ${meant} and ${plain(used)}: either the file is in ${meant} ` +
    `(then import it again with --crs ${meant}, over HTTP crs=${meant}), or what was here before came in the wrong system.`
  );
}

function otherReadings(sample: Position[], used: string): { name: string; positions: Position[] }[] {
  return systems
    .filter((name) => name !== plain(used))
    .map((name) => ({ name, positions: reread(sample, used, name) }));
}

/** What the numbers of the file would mean in another system. A projected file is in degrees by now, as if of wgs84. */
function reread(positions: Position[], used: string, name: string): Position[] {
  const written = fromWgs84(plain(used));
  const meant = toWgs84(name);
  return positions.map((position) => meant(written(position)));
}

const plain = (used: string): string => (['gcj02', 'bd09'].includes(used.toLowerCase()) ? readCrs(used).name : 'wgs84');

const evenly = <Item>(items: Item[], most: number): Item[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]!);

/** Metres, good to a percent over some kilometres. */
function distance([ax, ay]: Position, [bx, by]: Position): number {
  return Math.hypot((bx - ax) * 111_320 * Math.cos((ay * Math.PI) / 180), (by - ay) * 110_950);
}

const metres = (value: number): string => `${Math.round(value)} m`;
