/** GET /api/coverage, /api/coverage/gaps and /api/coverage/walked. */
import { operation, type Operation } from '../http/operation.ts';
import { coverage, coverageQuery, gapList, gapQuery } from './coverage.contract.ts';
import { coverageOf, listGaps } from './coverage.queries.ts';
import { walked, walkedQuery } from '../patrols/patrols.contract.ts';
import { walkedOf } from './walked.queries.ts';

export const coverageOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/coverage',
      tag: 'coverage',
      summary: 'Metres required, held and missing, per role and per town, community, class or road',
      description:
        'held + gap = required, to the centimetre. Which roles a class of road needs is the rule table of /api/settings; only handed-over roads are in scope (R5).',
      query: coverageQuery,
      answer: coverage,
      problems: [404],
    },
    ({ query, context }) => coverageOf(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/gaps',
      tag: 'coverage',
      summary: 'Every stretch that lacks a required role, longest first',
      query: gapQuery,
      answer: gapList,
      problems: [404],
    },
    ({ query, context }) => listGaps(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/walked',
      tag: 'coverage',
      summary: 'Metres walked by day and role, of those that the role has to walk',
      description:
        'From the credited passes of the patrols. A pass counts on the day on which it began (district time zone) and for the role its chief had then; what is required is what the rules ask for now. Exact to the centimetre.',
      query: walkedQuery,
      answer: walked,
      problems: [404],
    },
    ({ query, context }) => walkedOf(context.db, query),
  ),
];
