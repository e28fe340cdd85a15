/** Where trouble recurs: issues per segment, and the planar heat map. */
import type { Knex } from 'knex';
import { sqlFile, sqlText } from '../database/sql-file.ts';
import type { RoadClass } from '../http/shapes.ts';
import { stretchOnWire } from '../http/units.ts';
import { askedIssues, notVoid } from '../issues/asked-issues.ts';
import { Problem } from '../problems.ts';
import { ensureCurrent } from '../segments/segments.ts';
import { inZone } from '../zones/in-zone.ts';
import type { Heat, HeatQuery, Hotspot, HotspotList, HotspotQuery } from './hotspots.contract.ts';

type HotspotRow = {
  road_id: number;
  span: string;
  sides: string;
  length_cm: number;
  issues: number;
  open: number;
  relapses: number;
  last_reported_at: Date;
  top_code: string;
  top_category_zh: string;
  top_category_en: string;
  road_name: string | null;
  class: RoadClass;
  community: { id: number; name: string } | null;
  geometry: Hotspot['geometry'];
};

const hotspotsFile = sqlText(new URL('./hotspots.sql', import.meta.url));

/**
 * The segments with the most issues, most first. A zone asks for its segments (they are whose duty the trouble is);
 * `off_road` counts the issues on no road that lie in it.
 */
export async function listHotspots(db: Knex, query: HotspotQuery): Promise<HotspotList> {
  await ensureCurrent(db);
  const asked = await askedIssues(db, query);
  const zone = await inZone(db, query.zone_id, 's');
  const bindings = { ...asked, statuses: asked.statuses ?? notVoid };
  const { rows } = await db.raw<{ rows: HotspotRow[] }>(
    hotspotsFile.replace(':zone:', () => zone.sql.replace('?', ':segments_of')),
    {
      ...bindings,
      ...(zone.bindings.length > 0 && { segments_of: zone.bindings[0] }),
      min_issues: query.min_issues,
      limit: query.limit,
    } as Record<string, Knex.RawBinding>,
  );
  const off = await db.raw<{ rows: { off_road: number }[] }>(
    `select count(*) as off_road
     from asked_issues(:kind, :codes, :surface, :statuses, :from, :to, :zone_id) i where i.road_id is null`,
    bindings as Record<string, Knex.RawBinding>,
  );
  return { type: 'FeatureCollection', features: rows.map(hotspotFeature), off_road: off.rows[0]!.off_road };
}

function hotspotFeature(row: HotspotRow): Hotspot {
  return {
    type: 'Feature',
    geometry: row.geometry,
    properties: {
      road_id: row.road_id,
      road_name: row.road_name,
      class: row.class,
      ...stretchOnWire(row),
      community: row.community,
      issues: row.issues,
      open: row.open,
      relapses: row.relapses,
      per_100_m: Math.round((row.issues / row.length_cm) * 1_000_000) / 100,
      top_code: row.top_code,
      top_category_zh: row.top_category_zh,
      top_category_en: row.top_category_en,
      last_reported_at: row.last_reported_at.toISOString(),
    },
  };
}

const heatCells = sqlFile<{ longitude: number; latitude: number; issues: number }>(
  new URL('./heat.sql', import.meta.url),
);

/** 200,000 cells are 6 MB of JSON, 1 MB on the wire; more are no picture on any screen. */
const mostCells = 200_000;

/** Issues per cell of a grid. @throws Problem `too_large` for a map of too many cells. */
export async function heatMap(db: Knex, query: HeatQuery): Promise<Heat> {
  const asked = await askedIssues(db, query);
  const rows = await heatCells(db, {
    ...asked,
    statuses: asked.statuses ?? notVoid,
    cell_m: query.cell_m,
    most: mostCells + 1,
  });
  if (rows.length > mostCells) {
    throw new Problem('too_large', `The heat map would have more than ${mostCells} cells of ${query.cell_m} m.`, {
      hint: 'Ask with a larger cell_m, or for a shorter time or one zone.',
    });
  }
  const counts = rows.map(({ issues }) => issues);
  return {
    cell_m: query.cell_m,
    issues: counts.reduce((total, count) => total + count, 0),
    busiest: counts.reduce((most, count) => Math.max(most, count), 0),
    cells: rows.map(({ longitude, latitude, issues }) => [longitude, latitude, issues]),
  };
}
