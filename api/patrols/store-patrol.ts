/** Writes a patrol: the raw track and what was matched in one transaction, so that nothing is half there. */
import type { Knex } from 'knex';
import { openChange, touch } from '../database/change-log.ts';
import type { Role } from '../http/shapes.ts';
import { CREDITED } from '../network/credit.ts';
import { momentText, type MatchedRows } from './matched.ts';
import type { PatrolFlag } from './patrols.contract.ts';
import type { Dropped } from './read-track/gather-fixes.ts';
import type { RawTrack } from './raw-track.ts';

/** The least confidence with which a pass counts as walked. What was credited by another one is credited anew at start. */
export const LEAST_CONFIDENCE = CREDITED;

export type NewPatrol = {
  external_id: string;
  chief: { id: number; role: Role };
  content_sha256: Buffer;
  raw: RawTrack;
  fixes: number;
  started_s: number;
  ended_s: number;
  extent: [number, number, number, number];
  dropped: Dropped[];
  flags: PatrolFlag[];
  sketch: number[];
  matched: MatchedRows;
  /** Version of the roads it was matched with. */
  network_version: number;
};

/** @returns the id; null when there is a patrol of this external_id by now, and nothing was written. */
export async function storePatrol(trx: Knex, actor: string, patrol: NewPatrol): Promise<number | null> {
  const { external_id, chief } = patrol;
  const change_id = await openChange(trx, {
    actor,
    kind: 'receive_patrol',
    details: { external_id, chief_id: chief.id, fixes: patrol.fixes },
  });
  const [minx, miny, maxx, maxy] = patrol.extent;
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `insert into patrols (external_id, chief_id, role, started_at, ended_at, change_id, content_sha256, sent_crs, fixes,
       sent_times, sent_positions, sent_accuracies_m, sent_headings_deg, sent_speeds_m_s, dropped, extent, flags, sketch,
       network_version, least_confidence)
     values (:external_id, :chief_id, :role, :started_at, :ended_at, :change_id, :content_sha256, :sent_crs, :fixes,
       :sent_times, :sent_positions, :sent_accuracies_m, :sent_headings_deg, :sent_speeds_m_s, :dropped::jsonb,
       -- Never flat: a walk due east has an extent too.
       st_expand(st_makeenvelope(:minx, :miny, :maxx, :maxy, (select srid from district)), 0.01), :flags::jsonb,
       :sketch::bigint[], :network_version, :least_confidence)
     on conflict (external_id) do nothing
     returning id`,
    {
      external_id,
      chief_id: chief.id,
      role: chief.role,
      started_at: momentText(patrol.started_s),
      ended_at: momentText(patrol.ended_s),
      change_id,
      content_sha256: patrol.content_sha256,
      ...buffers(patrol.raw),
      fixes: patrol.fixes,
      dropped: JSON.stringify(patrol.dropped),
      minx,
      miny,
      maxx,
      maxy,
      flags: JSON.stringify(patrol.flags),
      sketch: `{${patrol.sketch.join(',')}}`,
      network_version: patrol.network_version,
      least_confidence: LEAST_CONFIDENCE,
    },
  );
  if (!rows[0]) {
    await trx('change_log').where({ id: change_id }).delete();
    return null;
  }
  await writePasses(trx, rows[0].id, patrol.matched, patrol.network_version);
  await touch(trx, 'patrols');
  return rows[0].id;
}

/** `pg` sends a Buffer as it is; of a plain Uint8Array it would make one too, by way of a copy. */
function buffers({ sent_crs, ...columns }: RawTrack): { sent_crs: string } & Record<string, Buffer | string | null> {
  const entries = Object.entries(columns).map(([name, bytes]): [string, Buffer | null] => [
    name,
    bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ]);
  return { ...Object.fromEntries(entries), sent_crs };
}

/**
 * Puts what was matched in the place of what was there. When the roads have changed since they were read, no digest is
 * kept, and the patrol is matched once more. Passes of roads that are gone by now are left out.
 */
export async function writePasses(
  trx: Knex,
  patrol_id: number,
  { passes, estimate, unmatched, off_road }: MatchedRows,
  network_version: number,
): Promise<void> {
  await trx('passes').where({ patrol_id }).delete();
  await trx.raw(
    `insert into passes (patrol_id, role, number, road_id, span, walked, direction, confidence, credited)
     select :patrol_id, (select role from patrols where id = :patrol_id), p.number, p.road_id, int4range(p.from_cm, p.to_cm),
       tstzrange(to_timestamp(p.from_s), to_timestamp(p.to_s), '[]'), p.direction, p.confidence, p.confidence >= :least
     from jsonb_to_recordset(:passes::jsonb) as p (
       number integer, road_id integer, from_cm integer, to_cm integer, from_s double precision, to_s double precision,
       direction text, confidence real
     )
     join roads r on r.id = p.road_id`,
    { patrol_id, passes, least: LEAST_CONFIDENCE },
  );
  await trx('off_road_walks').where({ patrol_id }).delete();
  await trx.raw(
    `insert into off_road_walks (patrol_id, number, walked, geom)
     select :patrol_id, w.number, tstzrange(to_timestamp(w.from_s), to_timestamp(w.to_s), '[]'),
       st_setsrid(w.wkb::geometry, d.srid)
     from jsonb_to_recordset(:off_road::jsonb) as w (
       number integer, from_s double precision, to_s double precision, wkb text
     ), district d`,
    { patrol_id, off_road },
  );
  await trx.raw(
    `update patrols t
     set network_version = :network_version, estimate = :estimate::jsonb, unmatched = :unmatched::jsonb,
       least_confidence = :least,
       walked_cm = totals.walked_cm, matched_cm = totals.matched_cm,
       -- One statement sees one state: the version and the roads belong together.
       roads_digest = case
         when (select version from data_versions where kind = 'roads') = :network_version then roads_digest(t.extent)
       end
     from pass_totals(:patrol_id) totals
     where t.id = :patrol_id`,
    { patrol_id, network_version, estimate, unmatched, least: LEAST_CONFIDENCE },
  );
}
