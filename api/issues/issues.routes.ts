/** POST /api/snap, the issues, and the categories they fall into. */
import { z } from 'zod';
import { operation, type Operation } from '../http/operation.ts';
import { idText } from '../http/shapes.ts';
import {
  categoryList,
  issue,
  issueChange,
  issueList,
  issueQuery,
  newIssue,
  snapRequest,
  snapResult,
} from './issues.contract.ts';
import { findIssue, listCategories, listIssues } from './issues.queries.ts';
import { changeIssue, reportIssue, snapPosition } from './issues.ts';

const byId = z.object({ id: idText });

export const issueOperations: Operation[] = [
  operation(
    {
      method: 'post',
      path: '/api/snap',
      tag: 'issues',
      summary: 'On which road, where on it and on which side a position is',
      description:
        'Ranked candidates with their probabilities, and an honest verdict: ambiguous when the first two cannot be told apart, no_road when it is more likely on none. Planned roads are not snapped to. Nothing is kept.',
      body: snapRequest,
      answer: snapResult,
    },
    ({ body, context }) => snapPosition(context.db, body),
  ),
  operation(
    {
      method: 'get',
      path: '/api/issues',
      tag: 'issues',
      summary: 'Issues, the latest first',
      description: '`count` is the number of all issues that the filters ask for, not of the page.',
      query: issueQuery,
      answer: issueList,
      problems: [404],
    },
    ({ query, context }) => listIssues(context.db, query),
  ),
  operation(
    {
      method: 'post',
      path: '/api/issues',
      tag: 'issues',
      summary: 'Report an issue',
      description:
        'Answers 201 with the new issue. A report whose external_id and content were sent before answers 200 with the issue it became; other content under the same external_id answers 409. An ambiguous issue is kept on its first candidate until a person chooses.',
      body: newIssue,
      answer: issue,
      status: 201,
      alsoOk: { status: 200, description: 'The issue that the same report became before' },
      problems: [409],
    },
    async ({ body, actor, context, response }) => {
      const { issue: kept, made } = await reportIssue(context.db, actor, body);
      response.location(`/api/issues/${kept.id}`);
      if (made) return kept;
      response.status(200).json(kept);
      return undefined;
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/issues/{id}',
      tag: 'issues',
      summary: 'One issue',
      params: byId,
      answer: issue,
      problems: [404],
    },
    ({ params, context }) => findIssue(context.db, params.id),
  ),
  operation(
    {
      method: 'patch',
      path: '/api/issues/{id}',
      tag: 'issues',
      summary: 'Move an issue on, correct its text, or choose its road',
      description:
        'reported → filed → dispatched → resolved → closed, with returns; a step that is not possible answers 409 with the ones that are in `possible`. road_id must be one of the candidates, or null for "on no road".',
      params: byId,
      body: issueChange,
      answer: issue,
      problems: [404, 409],
    },
    ({ params, body, actor, context }) => changeIssue(context.db, actor, params.id, body),
  ),
  operation(
    {
      method: 'get',
      path: '/api/categories',
      tag: 'issues',
      summary: 'The code list of parts (部件) and matters (事项), each with its surface',
      answer: categoryList,
    },
    async ({ context }) => ({ categories: await listCategories(context.db) }),
  ),
];
