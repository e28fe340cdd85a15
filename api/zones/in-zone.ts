/** Narrows a question about segments to one zone, by the column that its level has there. */
import type { Knex } from 'knex';
import type { ZoneLevel } from '../http/shapes.ts';
import { notFound, Problem } from '../problems.ts';

export type ZoneFilter = { sql: string; bindings: number[] };

/**
 * A condition on `alias`, a row of segments. A district that is the only one has every metre, also those in no town: they
 * are its blind spots. Of several each has the metres of its own towns and communities.
 * @throws Problem `not_found` for an unknown zone, `invalid` for a grid cell, by which segments are not cut.
 */
export async function inZone(db: Knex, zoneId: number | undefined, alias: string): Promise<ZoneFilter> {
  if (zoneId === undefined) return { sql: 'true', bindings: [] };
  const zone = await db('zones').where({ id: zoneId }).first<{ level: ZoneLevel } | undefined>('level');
  if (!zone) throw notFound('zone', zoneId, 'The zones are at /api/zones.');
  const several =
    zone.level === 'district' &&
    (await db('zones').where({ level: 'district' }).whereNot({ id: zoneId }).first('id')) !== undefined;
  const conditions: Record<ZoneLevel, ZoneFilter | null> = {
    district: several
      ? {
          // A subquery of its own, answered once.
          sql: `coalesce(${alias}.town_id, ${alias}.community_id) = any ((select zones_within(?))::integer[])`,
          bindings: [zoneId],
        }
      : { sql: 'true', bindings: [] },
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
