/**
 * Taking roads in: many at once, by external id. New ones are added, changed ones updated with their history kept,
 * equal ones not touched. In two steps, because what stands on a road that is redrawn has to be moved in between.
 */
import type { Knex } from 'knex';
import { remember } from '../database/change-log.ts';
import { sqlFile } from '../database/sql-file.ts';
import { lineToWkb } from '../geometry/wkb.ts';
import type { RoadClass } from '../http/shapes.ts';

export type RoadStatus = 'planned' | 'built' | 'handed_over';

export type RoadDraft = {
  /** Where it came from: the row of a file. */
  row: number;
  external_id: string;
  name: string | null;
  other_names: string[];
  class: RoadClass;
  status: RoadStatus;
  layer: number;
  oneway: boolean;
  /** WGS84. */
  line: [x: number, y: number][];
  properties: Record<string, unknown>;
};

export type StagedRoads = {
  refused: { row: number; reason: string }[];
  unchanged: number;
  /** Of all that were not refused. */
  length_cm: number;
  redrawn: RedrawnRoad[];
  /** Of those the middle as it was and as it came, in WGS84, for noticing a shifted file. */
  moved: { from: [x: number, y: number]; to: [x: number, y: number] }[];
};

export type RedrawnRoad = {
  id: number;
  name: string | null;
  old_cm: number;
  new_cm: number;
  /** In the district's CRS. */
  old_line: [x: number, y: number][];
  new_line: [x: number, y: number][];
};

export type WrittenRoads = { created: number[]; updated: number[] };

// A batch of 2,000 roads of some ten points is about 1 MB of JSON; the embedded engine takes 30 MB.
const BATCH = 2_000;

/**
 * Brings roads into the district's CRS beside the table and compares them with it. Coordinates are kept to a tenth of a
 * millimetre, so that the same file gives the same line whichever version of PROJ computes it.
 */
export async function stageRoads(
  trx: Knex,
  drafts: RoadDraft[],
  progress: (done: number) => void,
): Promise<StagedRoads> {
  const { srid } = (await trx('district').first<{ srid: number }>('srid'))!;
  await trx.raw(`
    drop table if exists staged_roads;
    create temporary table staged_roads (
      row integer, external_id text, name text, other_names text[], class text, status text, layer smallint, oneway boolean,
      properties jsonb, geom geometry(LineString, ${srid}), road_id integer, changed boolean, redrawn boolean
    ) on commit drop`);
  for (let start = 0; start < drafts.length; start += BATCH) {
    const batch = drafts.slice(start, start + BATCH).map(({ line, ...draft }) => ({ ...draft, wkb: lineToWkb(line) }));
    await trx.raw(
      `insert into staged_roads
       select row, external_id, name, other_names, class, status, layer, oneway, properties,
         st_removerepeatedpoints(st_snaptogrid(st_transform(st_setsrid(wkb::geometry, 4326), ${srid}), 0.0001))
       from jsonb_to_recordset(?::jsonb) as draft (
         row integer, external_id text, name text, other_names text[], class text, status text, layer smallint,
         oneway boolean, properties jsonb, wkb text
       )`,
      [JSON.stringify(batch)],
    );
    progress(Math.min(start + BATCH, drafts.length));
  }
  const refused = await refuseTooShort(trx);
  await compare(trx);
  const { rows } = await trx.raw<{ rows: { unchanged: number; length_cm: number }[] }>(
    `select count(*) filter (where road_id is not null and not changed) as unchanged,
       coalesce(sum(round(st_length(geom) * 100)), 0) as length_cm
     from staged_roads`,
  );
  return { refused, ...rows[0]!, redrawn: await redrawnRoads(trx), moved: await movedRoads(trx) };
}

async function refuseTooShort(trx: Knex): Promise<StagedRoads['refused']> {
  const { rows } = await trx.raw<{ rows: { row: number }[] }>(
    `delete from staged_roads where geom is null or round(st_length(geom) * 100) < 1 returning row`,
  );
  return rows.map(({ row }) => ({
    row,
    reason: 'the line is shorter than a centimetre: all its points are one place',
  }));
}

/** A line is another one when a point of it moved by more than a millimetre, or it has more or fewer points. */
async function compare(trx: Knex): Promise<void> {
  await trx.raw(`
    create index on staged_roads (external_id);
    analyze staged_roads;
    update staged_roads s
    set road_id = c.id, redrawn = not c.same_line, changed = not c.same_line or not c.same_facts
    from (
      select r.id, r.external_id,
        (r.name, r.other_names, r.class, r.status, r.layer, r.oneway, r.properties)
          is not distinct from (n.name, n.other_names, n.class, n.status, n.layer, n.oneway, n.properties) as same_facts,
        case
          when st_orderingequals(r.geom, n.geom) then true
          when st_npoints(r.geom) <> st_npoints(n.geom) then false
          else (
            select bool_and(st_dwithin(a.geom, b.geom, 0.001))
            from st_dumppoints(r.geom) a join st_dumppoints(n.geom) b using (path)
          )
        end as same_line
      from roads r join staged_roads n using (external_id)
    ) c
    where c.external_id = s.external_id`);
}

async function redrawnRoads(trx: Knex): Promise<RedrawnRoad[]> {
  const { rows } = await trx.raw<{ rows: RedrawnRoad[] }>(
    `select r.id, coalesce(s.name, r.name) as name, r.length_cm as old_cm, round(st_length(s.geom) * 100)::integer as new_cm,
       st_asgeojson(r.geom, 4)::json->'coordinates' as old_line, st_asgeojson(s.geom, 4)::json->'coordinates' as new_line
     from staged_roads s join roads r on r.id = s.road_id
     where s.redrawn order by r.id`,
  );
  return rows;
}

async function movedRoads(trx: Knex): Promise<StagedRoads['moved']> {
  const { rows } = await trx.raw<{ rows: StagedRoads['moved'] }>(`
    select array[st_x(old), st_y(old)] as "from", array[st_x(new), st_y(new)] as "to"
    from (
      select st_transform(st_lineinterpolatepoint(r.geom, 0.5), 4326) as old,
        st_transform(st_lineinterpolatepoint(s.geom, 0.5), 4326) as new
      from staged_roads s join roads r on r.id = s.road_id where s.redrawn
    ) middles`);
  return rows;
}

/** Writes what `stageRoads` laid out. A road that is redrawn gets the next geometry version. */
export async function writeStagedRoads(trx: Knex, change_id: number): Promise<WrittenRoads> {
  const { rows: changed } = await trx.raw<{ rows: { id: number }[] }>(
    `select road_id as id from staged_roads where changed order by road_id`,
  );
  const updated = changed.map(({ id }) => id);
  await remember(trx, change_id, 'roads', updated);
  await trx.raw(
    `update roads r
     set name = s.name, other_names = s.other_names, class = s.class, status = s.status, layer = s.layer, oneway = s.oneway,
       properties = s.properties, change_id = ?,
       geom = case when s.redrawn then s.geom else r.geom end,
       geometry_version = r.geometry_version + case when s.redrawn then 1 else 0 end
     from staged_roads s where s.road_id = r.id and s.changed`,
    [change_id],
  );
  const { rows: created } = await trx.raw<{ rows: { id: number }[] }>(
    `insert into roads (external_id, name, other_names, class, status, layer, oneway, properties, geom, change_id)
     select external_id, name, other_names, class, status, layer, oneway, properties, geom, ?
     from staged_roads where road_id is null order by row, external_id returning id`,
    [change_id],
  );
  return { created: created.map(({ id }) => id), updated };
}

const roadNodes = sqlFile(new URL('./road-nodes.sql', import.meta.url));

/** Derives the nodes of the road network anew (100,000 points: a second). Call it in the transaction that changed roads. */
export async function refreshRoadNodes(trx: Knex): Promise<void> {
  await trx('road_nodes').delete();
  await roadNodes(trx, {});
}
