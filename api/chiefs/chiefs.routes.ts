/** GET and POST /api/chiefs, GET and PATCH /api/chiefs/{id}. */
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { idText } from '../http/shapes.ts';
import { chief, chiefChange, chiefList, chiefQuery, newChief } from './chiefs.contract.ts';
import { findChief, listChiefs } from './chiefs.queries.ts';
import { changeChief, createChief } from './chiefs.ts';

const one = z.object({ id: idText });

export const chiefOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/chiefs',
      tag: 'chiefs',
      summary: 'Chiefs by role, zone or name, with the metres they hold now',
      query: chiefQuery,
      answer: chiefList,
      problems: [404],
    },
    ({ query, context }) => listChiefs(context.db, query),
  ),
  operation(
    {
      method: 'post',
      path: '/api/chiefs',
      tag: 'chiefs',
      summary: 'Enter a chief in one of the six role slots',
      body: newChief,
      answer: chief,
      status: 201,
      problems: [409],
    },
    ({ body, actor, context }) => createChief(context.db, actor, body),
  ),
  operation(
    {
      method: 'get',
      path: '/api/chiefs/{id}',
      tag: 'chiefs',
      summary: 'One chief',
      params: one,
      answer: chief,
      problems: [404],
    },
    ({ params, context }) => findChief(context.db, params.id),
  ),
  operation(
    {
      method: 'patch',
      path: '/api/chiefs/{id}',
      tag: 'chiefs',
      summary: 'Change a chief; the role stays, because another role is another slot',
      params: one,
      body: chiefChange,
      answer: chief,
      problems: [404],
    },
    ({ params, body, actor, context }) => changeChief(context.db, actor, params.id, body),
  ),
];
