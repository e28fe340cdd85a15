/** GET /api/assignments, POST /api/assignments/changes. */
import { operation, type Operation } from '../http/operation.ts';
import { assignmentList, assignmentQuery, changeSet, changeSetResult } from './assignments.contract.ts';
import { listAssignments } from './assignments.queries.ts';
import { applyChangeSet } from './assignments.ts';

export const assignmentOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/assignments',
      tag: 'assignments',
      summary: 'Who holds which stretch in which role, now, at a moment, or ever',
      query: assignmentQuery,
      answer: assignmentList,
    },
    ({ query, context }) => listAssignments(context.db, query),
  ),
  operation(
    {
      method: 'post',
      path: '/api/assignments/changes',
      tag: 'assignments',
      summary: 'Give, release or end stretches: an atomic change set that can be tried first',
      description:
        'With dry_run the answer tells the effect (metres gained and lost, gaps closed and opened, conflicts) and nothing is changed. Applied, a set that meets another holder is answered 409 with the conflicts and changes nothing. `undo` is the set that takes it back.',
      body: changeSet,
      answer: changeSetResult,
      problems: [404, 409],
    },
    ({ body, actor, context }) => applyChangeSet(context.db, actor, body),
  ),
];
