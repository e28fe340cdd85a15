/** Narrows a question about segments to one zone, by the column that its level has there. */
import type { Knex } from 'knex';
import type { ZoneLevel } from '../http/shapes.ts';
import { notFound, Problem } from '../problems.ts';

export type ZoneFilter = { sql: string; bindings: number[] };

/**
 * A condition on `alias`, a row of segments.
 * @throws Problem `not_found` for an unknown zone, `invalid` for a grid cell, by which segments are not cut.
 */
export async function inZone(db: Knex, zoneId: number | undefined, alias: string): Promise<ZoneFilter> {
  if (zoneId === undefined) return { sql: 'true', bindings: [] };
  const zone = await db('zones').where({ id: zoneId }).first<{ level: ZoneLevel } | undefined>('level');
  if (!zone) throw notFound('zone', zoneId, 'The zones are at /api/zones.');
  const conditions: Record<ZoneLevel, ZoneFilter | null> = {
    district: { sql: 'true', bindings: [] },
    town: { sql: `${alias}.town_id = ?`, bindings: [zoneId] },
    community: { sql: `${alias}.community_id = ?`, bindings: [zoneId] },
    bureau: { sql: `${alias}.bureau_led`, bindings: [] },
    grid: null,
  };
  const condition = conditions[zone.level];
  if (!condition) {
    throw new Problem('invalid', `Zone ${zoneId} is a grid cell; roads are not cut by grid cells.`, {
      hint: 'Ask by its community.',
    });
  }
  return condition;
}
