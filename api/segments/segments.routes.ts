/** GET /api/segments. */
import { operation, type Operation } from '../http/operation.ts';
import { segmentList, segmentQuery } from './segments.contract.ts';
import { listSegments } from './segments.queries.ts';

export const segmentOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/segments',
      tag: 'segments',
      summary: 'Stretches on which zone, community and all six holders are constant, now or at a moment',
      description:
        'Derived, never edited. The segments of a road partition both its sides exactly; where a boundary runs along a road its two sides lie in different zones.',
      query: segmentQuery,
      answer: segmentList,
      problems: [404],
    },
    ({ query, context }) => listSegments(context.db, query),
  ),
];
