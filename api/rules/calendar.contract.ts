/** The working calendar on the wire: days that differ from Monday to Friday working, Saturday and Sunday not. */
import { z } from 'zod';

const day = z.object({
  day: z.iso.date(),
  working: z.boolean(),
  note: z.string().max(200).nullable().default(null).meta({ description: 'Such as 国庆节 or 调休.' }),
});
export const calendar = z.object({ days: z.array(day.required()) }).meta({ id: 'Calendar' });
export type Calendar = z.infer<typeof calendar>;
export const calendarQuery = z.object({ year: z.coerce.number().int().min(2000).max(2200).optional() });
export const calendarChange = z
  .object({ days: z.array(day).min(1).max(400) })
  .meta({ id: 'CalendarChange', description: 'Days that are named are set; others stay as they are.' });
export type CalendarChange = z.infer<typeof calendarChange>;
