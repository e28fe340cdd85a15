/** The working calendar: days that differ from Monday to Friday working, Saturday and Sunday not. */
import type { Knex } from 'knex';
import { openChange, touch } from '../database/change-log.ts';
import { Problem } from '../problems.ts';
import type { Calendar, CalendarChange } from './calendar.contract.ts';

export async function readCalendar(db: Knex, year: number | undefined): Promise<Calendar> {
  const days = await db('calendar_days')
    .whereRaw('extract(year from day) = coalesce(?::integer, extract(year from day))', [year ?? null])
    .orderBy('day')
    .select<Calendar['days']>('day', 'working', 'note');
  return { days };
}

/** @throws Problem `invalid` for a day that comes twice. */
export async function setDays(db: Knex, actor: string, { days }: CalendarChange): Promise<Calendar> {
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
