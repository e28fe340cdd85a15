/** Taking zones in, many at once, by their code; the stretches of road in them are derived by the caller afterwards. */
import type { MultiPolygon, Polygon } from 'geojson';
import type { Knex } from 'knex';
import { remember } from '../database/change-log.ts';
import type { ZoneLevel } from '../http/shapes.ts';

export type ZoneDraft = {
  row: number;
  code: string;
  parent_code: string | null;
  level: ZoneLevel;
  name: string;
  /** WGS84. */
  geometry: Polygon | MultiPolygon;
  properties: Record<string, unknown>;
};

export type TakenZones = {
  created: number;
  updated: number;
  unchanged: number;
  refused: { row: number; reason: string }[];
  notes: string[];
  /** Of zones that were here and moved: where their middle was and is, in WGS84, for noticing a shifted file. */
  moved: { from: [x: number, y: number]; to: [x: number, y: number] }[];
};

// Outlines are long: 500 communities of some 1,000 points are about 20 MB of JSON.
const BATCH_POINTS = 300_000;

/** A zone's parent is of a level above; the bureau-led area lies in the district (R7). */
const ranks: Record<ZoneLevel, number> = { district: 0, town: 1, bureau: 1, community: 2, grid: 3 };

export async function takeZones(
  trx: Knex,
  change_id: number,
  drafts: ZoneDraft[],
  progress: (done: number) => void,
): Promise<TakenZones> {
  await stage(trx, drafts, progress);
  const refused = [...(await refuseEmpty(trx)), ...(await refuseWrongParents(trx, drafts))];
  const notes = await repairedNotes(trx);
  await compare(trx);
  const moved = await movedZones(trx);
  const { rows: changed } = await trx.raw<{ rows: { zone_id: number }[] }>(
    'select zone_id from staged_zones where changed',
  );
  await remember(
    trx,
    change_id,
    'zones',
    changed.map(({ zone_id }) => zone_id),
  );
  await trx.raw(
    `update zones z set level = s.level, name = s.name, properties = s.properties, change_id = ?,
       geom = case when s.redrawn then s.geom else z.geom end
     from staged_zones s where s.zone_id = z.id and s.changed`,
    [change_id],
  );
  const { rows: created } = await trx.raw<{ rows: { id: number }[] }>(
    `insert into zones (code, level, name, properties, geom, change_id)
     select code, level, name, properties, geom, ? from staged_zones where zone_id is null order by row returning id`,
    [change_id],
  );
  // After all are there, because a file may name a child before its parent.
  await trx.raw(`
    update zones z set parent_id = p.id
    from staged_zones s join zones p on p.code = s.parent_code
    where z.code = s.code and z.parent_id is distinct from p.id`);
  notes.push(...(await orphanNotes(trx)));
  const { rows } = await trx.raw<{ rows: { unchanged: number }[] }>(
    'select count(*) filter (where zone_id is not null and not changed) as unchanged from staged_zones',
  );
  return { created: created.length, updated: changed.length, unchanged: rows[0]!.unchanged, refused, notes, moved };
}

async function stage(trx: Knex, drafts: ZoneDraft[], progress: (done: number) => void): Promise<void> {
  const { srid } = (await trx('district').first<{ srid: number }>('srid'))!;
  await trx.raw(`
    drop table if exists staged_zones;
    create temporary table staged_zones (
      row integer, code text, parent_code text, level text, name text, properties jsonb,
      geom geometry(MultiPolygon, ${srid}), fault text, zone_id integer, changed boolean, redrawn boolean
    ) on commit drop`);
  let batch: ZoneDraft[] = [];
  let points = 0;
  for (const [index, draft] of drafts.entries()) {
    batch.push(draft);
    points += pointsOf(draft.geometry);
    if (points < BATCH_POINTS && index < drafts.length - 1) continue;
    await trx.raw(
      `insert into staged_zones
       select d.row, d.code, d.parent_code, d.level, d.name, d.properties,
         case when st_isvalid(g.geom) then st_multi(g.geom) else st_multi(st_collectionextract(st_makevalid(g.geom), 3)) end,
         case when not st_isvalid(g.geom) then st_isvalidreason(g.geom) end
       from jsonb_to_recordset(?::jsonb) as d (
         row integer, code text, parent_code text, level text, name text, properties jsonb, geometry jsonb
       ), lateral (
         select st_snaptogrid(st_transform(st_setsrid(st_geomfromgeojson(d.geometry), 4326), ${srid}), 0.0001) as geom
       ) g`,
      [JSON.stringify(batch)],
    );
    batch = [];
    points = 0;
    progress(index + 1);
  }
}

const pointsOf = ({ type, coordinates }: Polygon | MultiPolygon): number =>
  (type === 'Polygon' ? [coordinates] : coordinates).flat().reduce((sum, ring) => sum + ring.length, 0);

async function refuseEmpty(trx: Knex): Promise<TakenZones['refused']> {
  const { rows } = await trx.raw<{ rows: { row: number }[] }>(
    'delete from staged_zones where geom is null or st_isempty(geom) or st_area(geom) < 1 returning row',
  );
  return rows.map(({ row }) => ({ row, reason: 'the outline encloses less than a square metre' }));
}

async function refuseWrongParents(trx: Knex, drafts: ZoneDraft[]): Promise<TakenZones['refused']> {
  const { rows: kept } = await trx.raw<{ rows: { code: string; level: ZoneLevel }[] }>('select code, level from zones');
  const levels = new Map([...kept, ...drafts].map(({ code, level }) => [code, level]));
  const refused = drafts.flatMap(({ row, level, parent_code }) => {
    const above = parent_code === null ? undefined : levels.get(parent_code);
    if (above === undefined || ranks[above] < ranks[level]) return [];
    return [
      { row, reason: `its parent ${parent_code} is a ${above}; the parent of a ${level} must be of a level above it` },
    ];
  });
  await trx.raw('delete from staged_zones where row = any (?)', [refused.map(({ row }) => row)]);
  return refused;
}

async function repairedNotes(trx: Knex): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { row: number; name: string; fault: string }[] }>(
    'select row, name, fault from staged_zones where fault is not null order by row',
  );
  return rows
    .slice(0, 20)
    .map(
      ({ row, name, fault }) =>
        `Row ${row}: the outline of ${name} was not valid (${fault}) and was made valid; compare it with the original.`,
    )
    .concat(rows.length > 20 ? [`The outlines of ${rows.length - 20} more zones were made valid.`] : []);
}

async function compare(trx: Knex): Promise<void> {
  await trx.raw(`
    create index on staged_zones (code);
    analyze staged_zones;
    update staged_zones s set zone_id = c.id, redrawn = not c.same_outline, changed = not c.same_outline or not c.same_facts
    from (
      select z.id, z.code,
        (z.level, z.name, z.properties) is not distinct from (n.level, n.name, n.properties)
          and (n.parent_code is null or n.parent_code is not distinct from p.code or not exists (select from zones e where e.code = n.parent_code))
          as same_facts,
        case
          when st_orderingequals(z.geom, n.geom) then true
          when st_npoints(z.geom) <> st_npoints(n.geom) then false
          else (
            select bool_and(st_dwithin(a.geom, b.geom, 0.001))
            from st_dumppoints(z.geom) a join st_dumppoints(n.geom) b using (path)
          )
        end as same_outline
      from zones z join staged_zones n using (code) left join zones p on p.id = z.parent_id
    ) c
    where c.code = s.code`);
}

async function movedZones(trx: Knex): Promise<TakenZones['moved']> {
  const { rows } = await trx.raw<{ rows: TakenZones['moved'] }>(`
    select array[st_x(old), st_y(old)] as "from", array[st_x(new), st_y(new)] as "to"
    from (
      select st_transform(st_centroid(z.geom), 4326) as old, st_transform(st_centroid(s.geom), 4326) as new
      from staged_zones s join zones z on z.id = s.zone_id where s.redrawn
    ) middles`);
  return rows;
}

async function orphanNotes(trx: Knex): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { parent_code: string; zones: number; name: string }[] }>(`
    select s.parent_code, count(*) as zones, min(s.name) as name from staged_zones s
    where s.parent_code is not null and not exists (select from zones z where z.code = s.parent_code)
    group by s.parent_code order by s.parent_code limit 10`);
  return rows.map(({ parent_code, zones, name }) => {
    const who = zones === 1 ? `${name} lies` : `${zones} zones (such as ${name}) lie`;
    return `${who} in ${parent_code}, which is not here yet; import that zone and then this file again.`;
  });
}
