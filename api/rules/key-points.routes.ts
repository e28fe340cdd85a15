/** GET and POST /api/key-points, POST /api/key-points/{id}/end. */
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { idText } from '../http/shapes.ts';
import { endKeyPoint as ending, keyPoint, keyPointList, keyPointQuery, newKeyPoint } from './key-points.contract.ts';
import { createKeyPoint, endKeyPoint, listKeyPoints } from './key-points.ts';

export const keyPointOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/key-points',
      tag: 'rules',
      summary: 'The places that the general chief inspects (R21), now or at a moment',
      query: keyPointQuery,
      answer: keyPointList,
      problems: [404],
    },
    ({ query, context }) => listKeyPoints(context.db, query),
  ),
  operation(
    {
      method: 'post',
      path: '/api/key-points',
      tag: 'rules',
      summary: 'Register a key point on the road beside it',
      body: newKeyPoint,
      answer: keyPoint,
      status: 201,
      problems: [409],
    },
    ({ body, actor, context }) => createKeyPoint(context.db, actor, body),
  ),
  operation(
    {
      method: 'post',
      path: '/api/key-points/{id}/end',
      tag: 'rules',
      summary: 'End a key point; it stays in the audits of its time',
      params: z.object({ id: idText }),
      body: ending,
      answer: keyPoint,
      problems: [404, 409],
    },
    ({ params, body, actor, context }) => endKeyPoint(context.db, actor, params.id, body.at),
  ),
];
