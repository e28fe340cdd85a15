/** Puts a patrol and its passes into a test district as rows, without a track that would have to be matched. */
import type { Knex } from 'knex';
import { openChange } from '../../api/database/change-log.ts';

export type PassRow = {
  road_id: number;
  /** Centimetres. */
  span: [from: number, to: number];
  from: string;
  to?: string;
  sides?: '[0,1)' | '[1,2)' | '[0,2)';
  confidence?: number;
  credited?: boolean;
};

let patrols = 0;

/** @returns the patrol's id. */
export async function addPatrol(db: Knex, chief_id: number, passes: PassRow[]): Promise<number> {
  const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
  const bytes = (count: number): Buffer => Buffer.alloc(count);
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `insert into patrols (external_id, chief_id, role, started_at, ended_at, change_id, content_sha256, sent_crs, fixes,
       sent_times, sent_positions, extent, network_version, least_confidence)
     select ?, c.id, c.role, ?::timestamptz, ?::timestamptz + interval '1 hour', ?, ?, 'wgs84', 2, ?, ?,
       st_makeenvelope(499000, 3499000, 502000, 3501000, (select srid from district)), 1, 0.5
     from chiefs c where c.id = ? returning id`,
    [
      `patrol ${(patrols += 1)}`,
      passes[0]?.from ?? '2026-05-01T08:00:00+08:00',
      passes[0]?.from ?? '2026-05-01T08:00:00+08:00',
      change_id,
      bytes(32),
      bytes(16),
      bytes(32),
      chief_id,
    ],
  );
  const patrol_id = rows[0]!.id;
  // All at once: a walked district has thousands.
  const walks = passes.map(
    ({ span, from, to = from, sides = '[0,2)', confidence = 0.9, credited = true, road_id }, number) => ({
      number,
      road_id,
      span: `[${span.join()})`,
      sides,
      walked: `[${from},${to}]`,
      confidence,
      credited,
    }),
  );
  await db.raw(
    `insert into passes (patrol_id, role, number, road_id, span, sides, walked, direction, confidence, credited)
     select t.id, t.role, p.number, p.road_id, p.span, p.sides, p.walked, 'forward', p.confidence, p.credited
     from patrols t, jsonb_to_recordset(?::jsonb) as p (
       number integer, road_id integer, span int4range, sides int4range, walked tstzrange, confidence real, credited boolean
     )
     where t.id = ?`,
    [JSON.stringify(walks), patrol_id],
  );
  return patrol_id;
}
