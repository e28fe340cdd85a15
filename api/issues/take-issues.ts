/**
 * Taking issues in, many at once, by external id: snapped in memory, compared with what is there, equal ones not touched.
 * Also puts issues anew on roads that came or were redrawn.
 */
import type { Knex } from 'knex';
import { remember } from '../database/change-log.ts';
import { currentNetwork, type RoadNetwork } from '../roads/road-network.ts';
import type { IssueStatus } from './issues.contract.ts';
import { placeIssues, type Placement } from './place-issues.ts';

export type IssueDraft = {
  row: number;
  external_id: string;
  kind: 'part' | 'matter';
  code: string;
  surface: 'ground' | 'facade' | 'roof';
  text: string;
  status: IssueStatus;
  /** As PostgreSQL reads it; null: now. */
  reported_at: string | null;
  closed_at: string | null;
  /** WGS84. */
  x: number;
  y: number;
  sent_x: number;
  sent_y: number;
  sent_crs: string;
  accuracy_m: number;
};

export type TakenIssues = {
  created: number;
  updated: number;
  unchanged: number;
  refused: { row: number; reason: string }[];
  /** Of those that were placed now. */
  ambiguous: number;
  no_road: number;
};

const BATCH = 5_000;

export async function takeIssues(
  trx: Knex,
  change_id: number,
  drafts: IssueDraft[],
  progress: (done: number) => void,
): Promise<TakenIssues> {
  const roads = await currentNetwork(trx); // once: after a write to the roads it is loaded anew at every call
  const refused = farFromRoads(roads, drafts);
  const far = new Set(refused.map(({ row }) => row));
  const near = drafts.filter(({ row }) => !far.has(row));
  await stage(trx, near);
  await compare(trx);
  const { rows: stale } = await trx.raw<{ rows: { row: number }[] }>(
    'select row from staged_issues where issue_id is null or moved',
  );
  const toPlace = new Set(stale.map(({ row }) => row));
  const placed = near.filter(({ row }) => toPlace.has(row));
  for (let start = 0; start < placed.length; start += BATCH) {
    const batch = placed.slice(start, start + BATCH);
    await keepPlacements(
      trx,
      batch.map(({ row }) => row),
      await placeIssues(trx, batch, roads),
    );
    progress(Math.min(start + BATCH, placed.length));
  }
  return { ...(await write(trx, change_id)), refused };
}

/** As for a single report (roads/read-position.ts): what lies 50 km from the district's roads is not about them. */
const FARTHEST_M = 50_000;

function farFromRoads({ place }: RoadNetwork, drafts: IssueDraft[]): TakenIssues['refused'] {
  const { extent, fromWgs84 } = place;
  if (!extent) return [];
  return drafts.flatMap(({ row, x, y }) => {
    const [east, north] = fromWgs84([x, y]);
    const beyond = Math.hypot(
      Math.max(extent[0] - east, 0, east - extent[2]),
      Math.max(extent[1] - north, 0, north - extent[3]),
    );
    if (beyond <= FARTHEST_M) return [];
    const away = Number.isFinite(beyond) ? `${Math.round(beyond / 1000).toLocaleString('en')} km` : 'half the world';
    return [{ row, reason: `the position ${x.toFixed(6)}, ${y.toFixed(6)} lies ${away} from the district's roads` }];
  });
}

async function stage(trx: Knex, drafts: IssueDraft[]): Promise<void> {
  const { srid } = (await trx('district').first<{ srid: number }>('srid'))!;
  await trx.raw(`
    drop table if exists staged_issues;
    create temporary table staged_issues (
      row integer primary key, external_id text, kind text, code text, surface text, text text, status text,
      reported_at timestamptz, closed_at timestamptz, geom geometry(Point, ${srid}), sent_x double precision,
      sent_y double precision, sent_crs text, accuracy_m real, verdict text, road_id integer, measure_cm integer,
      side text, offset_cm integer, candidates jsonb, issue_id bigint, changed boolean, moved boolean
    ) on commit drop`);
  for (let start = 0; start < drafts.length; start += BATCH) {
    await trx.raw(
      `insert into staged_issues (row, external_id, kind, code, surface, text, status, reported_at, closed_at, geom,
         sent_x, sent_y, sent_crs, accuracy_m)
       select row, external_id, kind, code, surface, text, status, reported_at::timestamptz, closed_at::timestamptz,
         st_transform(st_setsrid(st_point(x, y), 4326), ${srid}), sent_x, sent_y, sent_crs, accuracy_m
       from jsonb_to_recordset(?::jsonb) as d (
         row integer, external_id text, kind text, code text, surface text, text text, status text, reported_at text,
         closed_at text, x double precision, y double precision, sent_x double precision, sent_y double precision,
         sent_crs text, accuracy_m real
       )`,
      [JSON.stringify(drafts.slice(start, start + BATCH))],
    );
  }
}

/**
 * An import never takes an issue back: where people here have brought it further than the file says, their status stays.
 * So a register can be sent again while it is being worked on.
 */
async function compare(trx: Knex): Promise<void> {
  await trx.raw(`
    create index on staged_issues (external_id);
    analyze staged_issues;
    update staged_issues s
    set issue_id = c.id, moved = c.moved,
      status = case when c.further then c.status else s.status end,
      closed_at = case when c.further then c.closed_at else s.closed_at end,
      reported_at = coalesce(s.reported_at, c.reported_at)
    from (
      select i.id, i.external_id, i.status, i.closed_at, i.reported_at,
        st_distance(i.geom, n.geom) > 0.001 or i.accuracy_m <> n.accuracy_m as moved,
        array_position(steps, i.status) > array_position(steps, n.status) as further
      from issues i join staged_issues n using (external_id),
        (values (array['reported', 'filed', 'dispatched', 'resolved', 'closed', 'void'])) as life (steps)
    ) c
    where c.external_id = s.external_id;
    update staged_issues s
    set changed = moved or (i.kind, i.code, i.surface, i.text, i.status, i.reported_at, i.closed_at)
      is distinct from (s.kind, s.code, s.surface, s.text, s.status, s.reported_at, s.closed_at)
    from issues i where i.id = s.issue_id`);
}

async function keepPlacements(trx: Knex, rows: number[], placements: Placement[]): Promise<void> {
  const kept = placements.map(({ candidates, ...placement }, index) => ({
    row: rows[index],
    ...placement,
    candidates,
  }));
  await trx.raw(
    `update staged_issues s
     set verdict = p.verdict, road_id = p.road_id, measure_cm = p.measure_cm, side = p.side, offset_cm = p.offset_cm, candidates = p.candidates
     from jsonb_populate_recordset(null::staged_issues, ?::jsonb) p where p.row = s.row`,
    [JSON.stringify(kept)],
  );
}

async function write(trx: Knex, change_id: number): Promise<Omit<TakenIssues, 'refused'>> {
  const { rows: changed } = await trx.raw<{ rows: { id: number }[] }>(
    'select issue_id as id from staged_issues where changed order by id',
  );
  await remember(
    trx,
    change_id,
    'issues',
    changed.map(({ id }) => id),
  );
  await trx.raw(
    `update issues i set kind = s.kind, code = s.code, surface = s.surface, text = s.text, status = s.status,
       reported_at = s.reported_at, closed_at = s.closed_at, change_id = ?
     from staged_issues s where s.issue_id = i.id and s.changed`,
    [change_id],
  );
  await trx.raw(
    `update issues i set geom = s.geom, sent_x = s.sent_x, sent_y = s.sent_y, sent_crs = s.sent_crs, accuracy_m = s.accuracy_m,
       verdict = s.verdict, road_id = s.road_id, measure_cm = s.measure_cm, side = s.side, offset_cm = s.offset_cm, candidates = s.candidates
     from staged_issues s where s.issue_id = i.id and s.moved`,
  );
  const { rowCount: created } = await trx.raw<{ rowCount: number }>(
    `insert into issues (external_id, kind, code, surface, text, status, reported_at, closed_at, geom, sent_x, sent_y,
       sent_crs, accuracy_m, verdict, road_id, measure_cm, side, offset_cm, candidates, change_id)
     select external_id, kind, code, surface, text, status, coalesce(reported_at, now()), closed_at, geom, sent_x, sent_y,
       sent_crs, accuracy_m, verdict, road_id, measure_cm, side, offset_cm, candidates, ?
     from staged_issues where issue_id is null order by row`,
    [change_id],
  );
  const { rows } = await trx.raw<{ rows: Pick<TakenIssues, 'unchanged' | 'ambiguous' | 'no_road'>[] }>(
    `select count(*) filter (where issue_id is not null and not changed) as unchanged,
       count(*) filter (where verdict = 'ambiguous') as ambiguous, count(*) filter (where verdict = 'no_road') as no_road
     from staged_issues`,
  );
  return { created, updated: changed.length, ...rows[0]! };
}

type Waiting = { id: number; x: number; y: number; accuracy_m: number; text: string };

/**
 * Snaps issues anew that lie within 60 m of roads that came or changed, or stand on one of them. What a person chose stays
 * on its road, at the place nearest to it.
 * @returns how many were put somewhere else.
 */
export async function replaceIssues(trx: Knex, change_id: number, road_ids: number[]): Promise<number> {
  const { rows: waiting } = await trx.raw<{ rows: Waiting[] }>(
    `select i.id, st_x(p) as x, st_y(p) as y, i.accuracy_m, i.text
     from issues i, lateral (select st_transform(i.geom, 4326) as p) wgs84
     where i.verdict <> 'chosen' and (i.road_id = any (:ids)
       or exists (select from roads r where r.id = any (:ids) and st_dwithin(r.geom, i.geom, 60)))`,
    { ids: road_ids },
  );
  if (waiting.length === 0) return measureChosen(trx, change_id, road_ids);
  // Read once: what this very transaction wrote is never kept, so every batch would read it anew.
  const roads = await currentNetwork(trx);
  let moved = 0;
  for (let start = 0; start < waiting.length; start += BATCH) {
    const batch = waiting.slice(start, start + BATCH);
    const placements = await placeIssues(trx, batch, roads);
    moved += await putElsewhere(
      trx,
      change_id,
      batch.map(({ id }, index) => ({ id, ...placements[index]! })),
    );
  }
  return moved + (await measureChosen(trx, change_id, road_ids));
}

async function putElsewhere(trx: Knex, change_id: number, placed: ({ id: number } & Placement)[]): Promise<number> {
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `select i.id from issues i join jsonb_populate_recordset(null::issues, ?::jsonb) p using (id)
     where (i.verdict, i.road_id, i.measure_cm, i.side, i.offset_cm) is distinct from (p.verdict, p.road_id, p.measure_cm, p.side, p.offset_cm)`,
    [JSON.stringify(placed)],
  );
  const elsewhere = new Set(rows.map(({ id }) => id));
  await remember(trx, change_id, 'issues', [...elsewhere]);
  await trx.raw(
    `update issues i set verdict = p.verdict, road_id = p.road_id, measure_cm = p.measure_cm, side = p.side, offset_cm = p.offset_cm,
       candidates = p.candidates, change_id = ?
     from jsonb_populate_recordset(null::issues, ?::jsonb) p where p.id = i.id`,
    [change_id, JSON.stringify(placed.filter(({ id }) => elsewhere.has(id)))],
  );
  return elsewhere.size;
}

/** What a person chose stays on its road; where along it, on which side and how far off is read from the line anew. */
async function measureChosen(trx: Knex, change_id: number, road_ids: number[]): Promise<number> {
  const { rows } = await trx.raw<{ rows: { id: number; measure_cm: number; side: string; offset_cm: number }[] }>(
    `with
     placed as (
       select i.id, i.measure_cm as old_cm, i.side as old_side, i.geom, r.geom as line, r.length_cm,
         st_linelocatepoint(r.geom, i.geom) as share
       from issues i join roads r on r.id = i.road_id
       where i.verdict = 'chosen' and i.road_id = any (?)
     ),
     -- The line's direction there, over a metre to either side.
     aimed as (
       select p.*,
         st_lineinterpolatepoint(line, greatest(0, share - 100.0 / length_cm)) as behind,
         st_lineinterpolatepoint(line, least(1, share + 100.0 / length_cm)) as ahead
       from placed p
     ),
     read as (
       select id, old_cm, old_side, round(share * length_cm)::integer as measure_cm,
         round(st_distance(line, geom) * 100)::integer as offset_cm,
         case when (st_x(ahead) - st_x(behind)) * (st_y(geom) - st_y(behind))
           >= (st_y(ahead) - st_y(behind)) * (st_x(geom) - st_x(behind)) then 'left' else 'right' end as side
       from aimed
     )
     select id, measure_cm, side, offset_cm from read where measure_cm <> old_cm or side <> old_side`,
    [road_ids],
  );
  await remember(
    trx,
    change_id,
    'issues',
    rows.map(({ id }) => id),
  );
  await trx.raw(
    `update issues i set measure_cm = m.measure_cm, side = m.side, offset_cm = m.offset_cm, change_id = ?
     from jsonb_to_recordset(?::jsonb) as m (id bigint, measure_cm integer, side text, offset_cm integer) where i.id = m.id`,
    [change_id, JSON.stringify(rows)],
  );
  return rows.length;
}
