/** GET and POST /api/calendar. */
import { operation, type Operation } from '../http/operation.ts';
import { calendar, calendarChange, calendarQuery } from './calendar.contract.ts';
import { readCalendar, setDays } from './calendar.ts';

export const calendarOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/calendar',
      tag: 'rules',
      summary: 'Holidays, and the days that make up for them',
      query: calendarQuery,
      answer: calendar,
    },
    ({ query, context }) => readCalendar(context.db, query.year),
  ),
  operation(
    {
      method: 'post',
      path: '/api/calendar',
      tag: 'rules',
      summary: 'Set days of the working calendar',
      description: 'Rules for working days alone follow it, of past days too: a calendar states a fact.',
      body: calendarChange,
      answer: calendar,
    },
    ({ body, actor, context }) => setDays(context.db, actor, body),
  ),
];
