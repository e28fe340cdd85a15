/** GET /api/roads and /api/roads/{id}. */
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { idText } from '../http/shapes.ts';
import { road, roadList, roadQuery } from './roads.contract.ts';
import { findRoad, listRoads } from './roads.queries.ts';

export const roadOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/roads',
      tag: 'roads',
      summary: 'Roads by area, name, class, status or zone',
      description: 'A road is in a zone when at least a metre of one of its sides is.',
      query: roadQuery,
      answer: roadList,
      problems: [404],
    },
    ({ query, context }) => listRoads(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/roads/{id}',
      tag: 'roads',
      summary: 'One road',
      params: z.object({ id: idText }),
      answer: road,
      problems: [404],
    },
    ({ params, context }) => findRoad(context.db, params.id),
  ),
];
