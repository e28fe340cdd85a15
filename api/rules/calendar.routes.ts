/** GET and POST /api/calendar. */
import type { Knex } from 'knex';
import { openChange, touch } from '../database/change-log.ts';
import { operation, type Operation } from '../http/operation.ts';
import { Problem } from '../problems.ts';
import { calendar, calendarChange, calendarQuery, type Calendar, type CalendarChange } from './calendar.contract.ts';

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

async function readCalendar(db: Knex, year: number | undefined): Promise<Calendar> {
  const days = await db('calendar_days')
    .modify((days) => (year === undefined ? days : days.whereRaw('extract(year from day) = ?', [year])))
    .orderBy('day')
    .select<Calendar['days']>('day', 'working', 'note');
  return { days };
}

/** @throws Problem `invalid` for a day that comes twice. */
async function setDays(db: Knex, actor: string, { days }: CalendarChange): Promise<Calendar> {
  const twice = days.findIndex(({ day }, i) => days.findIndex((other) => other.day === day) < i);
  if (twice >= 0) {
    throw new Problem('invalid', `${days[twice]!.day} comes twice.`, {
      hint: 'Name every day once.',
      errors: [{ path: `days.${twice}.day`, message: 'comes twice', came: days[twice]!.day }],
    });
  }
  return db.transaction(async (trx) => {
    const change_id = await openChange(trx, { actor, kind: 'calendar', details: { days } });
    await trx('calendar_days')
      .insert(days.map((day) => ({ ...day, change_id })))
      .onConflict('day')
      .merge();
    await touch(trx, 'rules');
    return readCalendar(trx, undefined);
  });
}
