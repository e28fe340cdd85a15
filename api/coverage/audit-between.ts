/** The audit of walks over a time in which holders and rules changed. */
import type { Knex } from 'knex';
import { notFound } from '../problems.ts';
import { ensureCurrent } from '../segments/segments.ts';
import { askedRoads, askedTime, type Bindings } from './asked.ts';
import type { CadenceQuery } from './cadence.contract.ts';

type Filters = Pick<CadenceQuery, 'from' | 'to' | 'role' | 'duty' | 'chief_id' | 'zone_id' | 'road_id' | 'known_at'>;

/**
 * Rows of walk_audit for all periods that ended in (from, to], each judged at its last moment. Between two changes of
 * assignments or rules all periods are judged alike, so one question answers for all of them; where nothing has changed
 * since, the kept segments answer.
 */
export async function auditBetween(
  db: Knex,
  query: Filters,
  from: string,
  to: string,
): Promise<{
  audit: (in_time: boolean) => string;
  place: Awaited<ReturnType<typeof askedRoads>>;
  bindings: Bindings;
  any_late: boolean;
}> {
  if (query.chief_id !== undefined && !(await db('chiefs').where({ id: query.chief_id }).first('id'))) {
    throw notFound('chief', query.chief_id, 'The chiefs are at /api/chiefs.');
  }
  await ensureCurrent(db);
  const place = await askedRoads(db, query, 'a');
  const { known } = await askedTime(db, { ...(query.known_at !== undefined && { known_at: query.known_at }) });
  if (query.chief_id !== undefined && place.all) place.bindings.road_ids = await roadsHeld(db, query.chief_id);
  const bindings: Bindings = { known, role: query.role ?? null, chief: query.chief_id ?? null };
  const eras = await erasBetween(db, from, to);
  for (const [i, era] of eras.entries()) {
    bindings[`moment_${i}`] = era.moment;
    bindings[`kept_${i}`] = era.kept && known === null;
    bindings[`since_${i}`] = era.since;
    bindings[`until_${i}`] = era.until;
  }
  const audit = (in_time: boolean): string =>
    eras
      .map(
        (_, i) =>
          `select * from walk_audit(:moment_${i}::timestamptz, :kept_${i}::boolean, ${place.roads}, 'between', :since_${i}::timestamptz, :known::timestamptz, :role::text, :until_${i}::timestamptz, ${in_time})`,
      )
      .join(' union all ');
  const { rows } = await db.raw<{ rows: { late: boolean }[] }>(
    `select exists (
       select from patrols t
       where t.started_at >= :from::timestamptz - interval '40 days' and t.started_at < :to::timestamptz
         and t.received_at::date > t.started_at::date
     ) as late`,
    { from, to },
  );
  return { audit, place, bindings, any_late: rows[0]!.late };
}

type Era = { moment: string; kept: boolean; since: string; until: string };

/**
 * The days whose ends lie in (from, to], gathered as long as no assignment or rule began or ended between their last
 * moments. Weeks and months end where a day does.
 */
async function erasBetween(db: Knex, from: string, to: string): Promise<Era[]> {
  const { rows } = await db.raw<{ rows: { since: string; until: string; moment: string; kept: boolean }[] }>(
    `with
     ends as (
       select day + interval '1 day' as at
       from generate_series(date_trunc('day', :from::timestamptz), :to::timestamptz, interval '1 day') as day
       where day + interval '1 day' > :from::timestamptz and day + interval '1 day' <= :to::timestamptz
     ),
     turns as (
       select lower(validity) as at from assignments where lower(validity) > :from::timestamptz - interval '1 day'
       union select upper(validity) from assignments where upper(validity) > :from::timestamptz - interval '1 day'
       union select lower(validity) from role_rules union select upper(validity) from role_rules
       union select lower(validity) from patrol_rules union select upper(validity) from patrol_rules
       union select lower(validity) from key_points union select upper(validity) from key_points
     ),
     judged as (
       select e.at, (select max(t.at) from turns t where t.at < e.at) as turned from ends e
     )
     select greatest(:from::timestamptz, min(j.at) - interval '1 day')::text as since, max(j.at)::text as until,
       (max(j.at) - interval '1 microsecond')::text as moment,
       not exists (select from turns t where t.at >= max(j.at) and t.at <= now()) as kept
     from judged j
     group by j.turned
     order by max(j.at)`,
    { from, to },
  );
  if (rows.length > 0) return rows;
  return [{ since: to, until: to, moment: to, kept: false }];
}

/** Roads on which a chief ever held anything. */
export async function roadsHeld(db: Knex, chief_id: number): Promise<Knex.RawBinding> {
  const rows = await db('assignments').where({ chief_id }).distinct<{ road_id: number }[]>('road_id');
  return rows.map(({ road_id }) => road_id) as unknown as Knex.RawBinding;
}
