/** GET /api/coverage, /api/coverage/gaps, /api/coverage/changes and /api/coverage/walked. */
import { operation, type Operation } from '../http/operation.ts';
import { changesBetween } from './changes.queries.ts';
import { changesQuery, coverage, coverageChanges, coverageQuery, gapList, gapQuery } from './coverage.contract.ts';
import { coverageOf } from './coverage.queries.ts';
import { listGaps } from './gaps.queries.ts';
import { walked, walkedQuery } from '../patrols/patrols.contract.ts';
import { walkedOf } from './walked.queries.ts';

export const coverageOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/coverage',
      tag: 'coverage',
      summary: 'Metres required, met and missing, by role and by town, community, class, road or chief',
      description:
        'required = met + missing, to the centimetre. kind=unheld: roles that the rules ask for and nobody holds; kind=unwalked: duties of the last day, week and month (or of those running), of which a segment is kept when the share of its metres that the rule names was walked; kind=unzoned: metres in no community. Rules, holders and passes are those of `at`; the rules stand at /api/rules. Only handed-over roads are in scope (R5).',
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
      summary: 'Every blind spot: where, how long, which kind, since when, and whose it is to mend; longest first',
      query: gapQuery,
      answer: gapList,
      problems: [404],
    },
    ({ query, context }) => listGaps(context.db, query),
  ),
  operation(
    {
      method: 'get',
      path: '/api/coverage/changes',
      tag: 'coverage',
      summary: 'What opened, what closed and what stayed missing between two dates',
      description:
        'By set algebra on the gaps of both dates, each judged by its own holders, rules and last periods. With known_at both dates are judged by what was known then; asked once with it and once without, late records show.',
      query: changesQuery,
      answer: coverageChanges,
      problems: [404],
    },
    ({ query, context }) => changesBetween(context.db, query),
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
