/** The patrols: a track in, what it proves out. */
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { receiveUpload } from '../http/receive-upload.ts';
import { idText } from '../http/shapes.ts';
import { passList, patrol, patrolList, patrolQuery, patrolTrack, patrolUpload } from './patrols.contract.ts';
import { findPatrol, listPasses, listPatrols } from './patrols.queries.ts';
import { receivePatrol } from './patrols.ts';
import { contentTypes, formatOf } from './read-track/read-track.ts';
import { showTrack } from './show-track.ts';

const byId = z.object({ id: idText });
const hints = {
  tooLarge:
    'Send each patrol by itself: a day with a fix each second has 13 MB. The limit is the setting MAX_UPLOAD_MB.',
  empty: 'With curl: --data-binary @track.gpx.',
};

export const patrolOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/patrols',
      tag: 'patrols',
      summary: 'Patrols, the latest first',
      description: '`count` is the number of all patrols that the filters ask for, not of the page.',
      query: patrolQuery,
      answer: patrolList,
    },
    ({ query, context }) => listPatrols(context.db, query),
  ),
  operation(
    {
      method: 'post',
      path: '/api/patrols',
      tag: 'patrols',
      summary: 'Send the track of a patrol',
      description:
        'The body is the track: GeoJSON (Points with `time`, or lines with `coordTimes`), GPX, or one JSON object a line: {"time", "position": [x, y], "accuracy_m"?, "heading_deg"?, "speed_m_s"?}. Times are ISO 8601 with an offset, or seconds or milliseconds since 1970. Kept as it is and matched to the roads in one go: the answer says what was walked. The same track sent again under its external_id answers 200 with the patrol that is there; another one answers 409. At most 1,000,000 fixes and 48 hours; fixes that cannot be used are left out and counted in `dropped`.',
      query: patrolUpload,
      rawBody: Object.values(contentTypes).flat(),
      answer: patrol,
      status: 201,
      alsoOk: { status: 200, description: 'The patrol that the same track became before' },
      problems: [409, 413, 415, 503],
    },
    async ({ query, actor, context, request, response }) => {
      const format = formatOf(request.get('content-type'));
      const { path, sha256 } = await receiveUpload(request, context.config, hints);
      try {
        const { patrol: kept, made } = await receivePatrol(context.db, actor, { ...query, path, sha256, format });
        response.location(`/api/patrols/${kept.id}`);
        if (made) return kept;
        response.status(200).json(kept);
        return undefined;
      } finally {
        await rm(path, { force: true });
      }
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/patrols/{id}',
      tag: 'patrols',
      summary: 'One patrol: what was walked, what could not be matched, reasons to doubt it',
      params: byId,
      answer: patrol,
      problems: [404],
    },
    ({ params, context }) => findPatrol(context.db, params.id),
  ),
  operation(
    {
      method: 'get',
      path: '/api/patrols/{id}/track',
      tag: 'patrols',
      summary: 'The track as it was sent, in WGS84 and in the order of time',
      params: byId,
      answer: patrolTrack,
      problems: [404],
    },
    async ({ params, context, response }) => {
      response.type('json').send(await showTrack(context.db, params.id));
      return undefined;
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/patrols/{id}/passes',
      tag: 'patrols',
      summary: 'The stretches that a patrol walked, in the order of time, with how sure that is',
      params: byId,
      answer: passList,
      problems: [404],
    },
    ({ params, context }) => listPasses(context.db, params.id),
  ),
];
