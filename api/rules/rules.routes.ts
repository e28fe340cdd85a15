/** GET /api/rules and POST /api/rules/changes. */
import { operation, type Operation } from '../http/operation.ts';
import { ruleChanges, ruleChangesResult, rules, rulesQuery } from './rules.contract.ts';
import { listRules } from './rules.queries.ts';
import { changeRules } from './rules.ts';

export const ruleOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/rules',
      tag: 'rules',
      summary: 'Which roles a road needs and how often each walks it, now, at a moment or of all times',
      description:
        'The rules of the plan are there from the beginning. Of the rules that fit a place the most particular one decides: town before kind of zone, before bureau-led, before class.',
      query: rulesQuery,
      answer: rules,
    },
    ({ query, context }) => listRules(context.db, query),
  ),
  operation(
    {
      method: 'post',
      path: '/api/rules/changes',
      tag: 'rules',
      summary: 'Change rules from today or a later day on, as a whole; dry_run shows what it would do',
      description:
        'A rule with the same conditions is ended and replaced, so that every audit follows the rules of its date.',
      body: ruleChanges,
      answer: ruleChangesResult,
      problems: [404, 409],
    },
    ({ body, actor, context }) => changeRules(context.db, actor, body),
  ),
];
