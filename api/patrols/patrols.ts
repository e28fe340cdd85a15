/** Rules of patrols: how a file becomes one, and when two are the same. */
import type { Knex } from 'knex';
import { readCrs } from '../geometry/crs.ts';
import type { Role } from '../http/shapes.ts';
import { Problem } from '../problems.ts';
import { crsDefinition } from '../roads/read-position.ts';
import { currentNetwork, type RoadNetwork } from '../roads/road-network.ts';
import { askWithNetwork } from './ask-thread.ts';
import type { Doubt } from './genuineness.ts';
import { momentText } from './matched.ts';
import type { Patrol, PatrolFlag, PatrolUpload } from './patrols.contract.ts';
import { findPatrol, patrolsLike } from './patrols.queries.ts';
import type { TrackFormat } from './read-track/read-track.ts';
import { storePatrol } from './store-patrol.ts';

export type Upload = PatrolUpload & { path: string; sha256: Buffer; format: TrackFormat };

/**
 * Keeps a track as a patrol of a chief, and what it proves. The same body under the same external_id is the same patrol.
 * @param roads to match it with, for a caller who has them; else those of now.
 * @returns the patrol, and whether it was made now.
 * @throws Problem `invalid` for an unknown chief or CRS and a track that cannot be used, `unreadable`, `too_large`,
 * `conflict` for another track under a known external_id.
 */
export async function receivePatrol(
  db: Knex,
  actor: string,
  upload: Upload,
  roads?: RoadNetwork,
): Promise<{ patrol: Patrol; made: boolean }> {
  const known = await knownPatrol(db, upload);
  if (known !== null) return { patrol: await findPatrol(db, known), made: false };
  const chief = await requireChief(db, upload.chief_id);
  const crs = await crsDefinition(db, upload.crs);
  const { network, place, version } = roads ?? (await currentNetwork(db));
  const { srid, definition, extent } = place;
  const { doubts, raw, ...track } = await askWithNetwork(network, 'upload', {
    path: upload.path,
    format: upload.format,
    crs,
    place: { srid, definition, extent },
    now: Date.now(),
  });
  // Written the same way always: `gcj02` for GCJ02.
  const sent_crs = crs === upload.crs ? readCrs(crs).name : upload.crs;

  const id = await db.transaction(async (trx) => {
    const copies = await patrolsLike(trx, track.sketch);
    const flags = [...doubts.map(flagOf), ...copies.map((copy) => repeated(copy, track))];
    return storePatrol(trx, actor, {
      ...track,
      raw: { ...raw, sent_crs },
      external_id: upload.external_id,
      chief,
      content_sha256: upload.sha256,
      flags,
      network_version: version,
    });
  });
  if (id !== null) return { patrol: await findPatrol(db, id), made: true };
  // The same came twice at the same moment.
  return { patrol: await findPatrol(db, (await knownPatrol(db, upload))!), made: false };
}

/** @throws Problem `conflict` when what came under this external_id was something else. */
async function knownPatrol(db: Knex, { external_id, chief_id, crs, sha256 }: Upload): Promise<number | null> {
  const known = await db('patrols')
    .where({ external_id })
    .first<{ id: number; chief_id: number; sent_crs: string; content_sha256: Buffer } | undefined>(
      'id',
      'chief_id',
      'sent_crs',
      'content_sha256',
    );
  if (!known) return null;
  const differs = [
    known.chief_id !== chief_id && `it was walked by chief ${known.chief_id}, not ${chief_id}`,
    known.sent_crs.toLowerCase() !== crs.toLowerCase() && `its crs was ${known.sent_crs}, not ${crs}`,
    !known.content_sha256.equals(sha256) && 'its track was another one',
  ].filter((difference) => difference !== false);
  if (differs.length === 0) return known.id;
  throw new Problem(
    'conflict',
    `Patrol ${known.id} has the external_id "${external_id}" already, and ${differs.join(', ')}.`,
    {
      hint: 'A patrol that was received is never changed. Give a new one an external_id of its own.',
      more: { patrol_id: known.id },
    },
  );
}

async function requireChief(db: Knex, id: number): Promise<{ id: number; role: Role }> {
  const chief = await db('chiefs').where({ id }).first<{ id: number; role: Role } | undefined>('id', 'role');
  if (chief) return chief;
  throw new Problem('invalid', `There is no chief ${id}.`, {
    hint: 'The chiefs are at /api/chiefs.',
    errors: [{ path: 'chief_id', message: 'the id of a chief', came: id }],
  });
}

const flagOf = ({ kind, from_s, to_s, fixes, detail, figures }: Doubt): PatrolFlag => ({
  kind,
  from: momentText(from_s),
  to: momentText(to_s),
  fixes,
  detail,
  figures,
  patrol_id: null,
});

type Copy = { id: number; started_at: Date; shared: number; of: number };

function repeated(copy: Copy, track: { started_s: number; ended_s: number; fixes: number }): PatrolFlag {
  const later_s = Math.round(track.started_s - copy.started_at.getTime() / 1000);
  const shift =
    Math.abs(later_s) < 1 ? 'at the same time' : `${Math.abs(later_s)} s ${later_s > 0 ? 'later' : 'earlier'}`;
  return {
    kind: 'repeated_track',
    from: momentText(track.started_s),
    to: momentText(track.ended_s),
    fixes: track.fixes,
    detail: `${copy.shared} of ${copy.of} hashes of its moves are those of patrol ${copy.id}, which it repeats ${shift}; tracks that were walked share none.`,
    figures: { shared: copy.shared, of: copy.of, later_s },
    patrol_id: copy.id,
  };
}
