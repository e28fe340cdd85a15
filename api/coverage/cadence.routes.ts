/** GET /api/coverage/cadence, /api/coverage/cadence/segments and /api/coverage/due. */
import { operation, type Operation } from '../http/operation.ts';
import { cadence, cadenceQuery, cadenceSegments, cadenceSegmentsQuery, due, dueQuery } from './cadence.contract.ts';
import { cadenceOf, listCadence, stillDue } from './cadence.queries.ts';

export const cadenceOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/coverage/cadence',
      tag: 'coverage',
      summary: 'Which duties were due, kept and missed, by town, chief, role, duty or period',
      description:
        'Periods are half-open days, weeks from Monday and months in the time zone of the district. Each is judged by the holders and rules of its last moment; late_m tells what is known only from uploads after it was over. The least kept comes first.',
      query: cadenceQuery,
      answer: cadence,
      problems: [404],
    },
    ({ query, context }) => cadenceOf(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/cadence/segments',
      tag: 'coverage',
      summary: 'The same segment by segment: due, met or missed, and how many metres short',
      query: cadenceSegmentsQuery,
      answer: cadenceSegments,
      problems: [404],
    },
    ({ query, context }) => listCadence(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/due',
      tag: 'coverage',
      summary: 'What one chief still has to walk in the day, week and month that are running',
      query: dueQuery,
      answer: due,
      problems: [404],
    },
    ({ query, context }) => stillDue(context.db, query),
  ),
];
