import { expect } from 'chai';
import fc from 'fast-check';
import type { Role } from '../../api/http/shapes.ts';
import { readRange } from '../../api/http/units.ts';
import { eachEngine } from '../support/district.ts';
import { addPatrol, type PassRow } from '../support/patrol-rows.ts';
import { buildTown, type Town } from '../support/town.ts';
import { clearPatrols } from '../support/patrol-tracks.ts';

type AuditRow = {
  road_id: number;
  span: string;
  sides: string;
  role: Role;
  duty: string;
  chief_id: number | null;
  period: string;
  required_cm: number;
  walked_cm: number;
  is_met: boolean;
};
type Rule = {
  duty: string;
  role: Role;
  times: number | null;
  per: 'day' | 'week' | 'month';
  share_percent: number;
  from_time: string | null;
  to_time: string | null;
  joint_role: Role | null;
  joint_minutes: number | null;
  class: string | null;
};

/** Midnight in Shanghai at the beginning of a day of May 2026; the fourth is a Monday. */
const midnight = (day: number): number => Date.UTC(2026, 4, day) - 8 * 3_600_000;
const at = (day: number, hour = 0, minute = 0): string =>
  new Date(midnight(day) + (60 * hour + minute) * 60_000).toISOString();

eachEngine('the audit of walks', (district) => {
  let town: Town;
  before(async () => {
    town = await buildTown(district().db);
    await district().db.raw('select refresh_segments(null)');
  });
  afterEach(async () => {
    await clearPatrols(district().db);
    await district().db('key_points').delete();
    await district().db('calendar_days').delete();
  });

  async function audit(
    moment: string,
    more: { asked?: string; kept?: boolean; known?: string } = {},
  ): Promise<AuditRow[]> {
    const { rows } = await district().db.raw<{ rows: AuditRow[] }>(
      `select * from walk_audit(?::timestamptz, ?::boolean, null, ?, null, ?::timestamptz, null) order by duty, road_id, span, sides`,
      [moment, more.kept ?? false, more.asked ?? 'ended', more.known ?? null],
    );
    return rows;
  }
  const sums = (rows: AuditRow[], duty: string): { required: number; walked: number; met: number } => {
    const own = rows.filter((row) => row.duty === duty);
    const sum = (of: (row: AuditRow) => number): number => own.reduce((total, row) => total + of(row), 0);
    return {
      required: sum((row) => row.required_cm),
      walked: sum((row) => row.walked_cm),
      met: sum((row) => (row.is_met ? row.required_cm : row.walked_cm)),
    };
  };

  it('looks at yesterday, last week from Monday, and last month, in the time zone of the district', async () => {
    const periods = new Map((await audit(at(6, 0, 30))).map(({ duty, period }) => [duty, period]));
    const text = (from: string, to: string): string => `["${from} 00:00:00+08","${to} 00:00:00+08")`;
    expect(periods.get('community_patrol')).to.equal(text('2026-05-05', '2026-05-06'));
    expect(periods.get('check')).to.equal(text('2026-04-27', '2026-05-04'));
    expect([...periods.keys()]).to.not.include('inspection'); // no key points, so nothing is required
    const running = new Map((await audit(at(6, 0, 30), { asked: 'running' })).map((row) => [row.duty, row.period]));
    expect(running.get('community_patrol')).to.equal(text('2026-05-06', '2026-05-07'));
    expect(running.get('check')).to.equal(text('2026-05-04', '2026-05-11'));
  });

  it('tolerates what is left when nine tenths of a segment were walked, and not a centimetre less', async () => {
    const { db } = district();
    const chief = town.chiefs.community_l2[0];
    const [segment] = (await audit(at(6))).filter(
      ({ duty, road_id }) => duty === 'community_patrol' && road_id === town.high,
    );
    const [from, to] = readRange(segment!.span);
    const enough = Math.ceil(((to - from) * 9) / 10);
    await addPatrol(db, chief, [{ road_id: town.high, span: [from, from + enough - 1], from: at(5, 9) }]);
    const find = (rows: AuditRow[]): AuditRow =>
      rows.find(
        ({ duty, road_id, span }) => duty === 'community_patrol' && road_id === town.high && span === segment!.span,
      )!;
    expect(find(await audit(at(6)))).to.include({ walked_cm: 2 * (enough - 1), is_met: false });
    await addPatrol(db, chief, [{ road_id: town.high, span: [from + enough - 1, from + enough], from: at(5, 23, 59) }]);
    expect(find(await audit(at(6)))).to.include({ walked_cm: 2 * enough, is_met: true });
  });

  it('counts a patrol that passes twice as one visit, and two patrols as two', async () => {
    const { db } = district();
    const chief = town.chiefs.management_l2[0];
    const whole: PassRow = { road_id: town.high, span: [0, 100_000], from: at(5, 9) };
    await addPatrol(db, chief, [whole, { ...whole, from: at(5, 10) }]);
    expect(sums(await audit(at(6)), 'collection')).to.include({ required: 200_000, walked: 0 });
    await addPatrol(db, chief, [{ ...whole, span: [0, 30_000], from: at(5, 15) }]);
    expect(sums(await audit(at(6)), 'collection')).to.include({ walked: 60_000 });
  });

  it('counts a joint check only where both walked at the same time, give or take half an hour', async () => {
    const { db } = district();
    const walk = (role: Role, span: [number, number], hour: number, minute: number): Promise<number> =>
      addPatrol(db, town.chiefs[role][0], [
        { road_id: town.high, span, from: at(5, hour, minute), to: at(5, hour, minute + 10) },
      ]);
    await walk('town_l1', [0, 50_000], 9, 0);
    await walk('management_l1', [40_000, 100_000], 9, 40); // begins 30 minutes after the other ended
    await walk('management_l1', [0, 20_000], 9, 41);
    expect(sums(await audit(at(11)), 'joint_check')).to.include({ walked: 20_000 });
    expect(sums(await audit(at(11)), 'check')).to.include({ walked: 100_000 });
  });

  it('asks the general chief for key points alone, once a month', async () => {
    const { db } = district();
    const { rows } = await db.raw<{ rows: { id: number }[] }>(
      `insert into key_points (name, geom, road_id, measure_cm, reach_cm, validity, change_id)
       select '菜市', st_lineinterpolatepoint(geom, 0), id, 1000, 2500, '[2026-01-01,)', change_id from roads where id = ? returning id`,
      [town.high],
    );
    expect(rows).to.have.length(1);
    // 10 m from the start and 25 m around it: 0 to 35 m, on two sides.
    expect(sums(await audit('2026-06-02T00:00:00+08:00'), 'inspection')).to.include({ required: 7_000, walked: 0 });
    await addPatrol(db, town.chiefs.general[0], [{ road_id: town.high, span: [0, 3_500], from: at(31, 23) }]);
    expect(sums(await audit('2026-06-02T00:00:00+08:00'), 'inspection')).to.include({ required: 7_000, walked: 7_000 });
  });

  it('leaves out what came in later, when it is asked what was known', async () => {
    const { db } = district();
    await addPatrol(db, town.chiefs.community_l2[0], [{ road_id: town.mill, span: [0, 20_000], from: at(5, 9) }]);
    await db('patrols').update({ received_at: at(8) });
    expect(sums(await audit(at(6)), 'community_patrol')).to.include({ walked: 40_000 });
    const known = async (moment: string): Promise<number> =>
      sums(await audit(at(6), { known: moment }), 'community_patrol').walked;
    expect(await known(at(7))).to.equal(0);
    expect(await known(at(8))).to.equal(40_000);
  });

  it('follows the calendar where a rule is for working days', async () => {
    const { db } = district();
    await db
      .transaction(async (trx) => {
        await trx('patrol_rules').where({ duty: 'community_patrol' }).update({ days: 'working' });
        const { rows } = await trx.raw<{ rows: { at: string; period: string }[] }>(
          `select day::text as at, (select lower(period)::date::text from period_ended_last('day', 'working', day) as period) as period
         from unnest(array['2026-05-10', '2026-05-11', '2026-05-12']::timestamptz[]) as day`,
        );
        expect(rows.map(({ period }) => period)).to.deep.equal(['2026-05-08', '2026-05-08', '2026-05-11']);
        await trx('calendar_days').insert([
          { day: '2026-05-08', working: false, note: '节日', change_id: trx('change_log').min('id') },
          { day: '2026-05-09', working: true, note: '调休', change_id: trx('change_log').min('id') },
        ]);
        const after = await trx.raw<{ rows: { period: string }[] }>(
          `select (select lower(period)::date::text from period_ended_last('day', 'working', day) as period) as period
         from unnest(array['2026-05-09', '2026-05-10']::timestamptz[]) as day`,
        );
        expect(after.rows.map(({ period }) => period)).to.deep.equal(['2026-05-07', '2026-05-09']);
        await trx.rollback();
      })
      .catch((error: unknown) => {
        if (!String(error).includes('Transaction rejected')) throw error;
      });
  });

  it('equals an array of centimetres, for random rules, walks and moments', async function () {
    this.timeout(180_000);
    const { db } = district();
    const roads = { high: 100_000, mill: 20_000, back: 30_000 };
    const anyRole = fc.constantFrom<Role>('town_l1', 'management_l1', 'community_l2');
    const anyPass = fc.record({
      patrol: fc.integer({ min: 0, max: 5 }),
      road: fc.constantFrom<keyof typeof roads>('high', 'mill', 'back'),
      part: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 10 })),
      sides: fc.constantFrom<NonNullable<PassRow['sides']>>('[0,1)', '[1,2)', '[0,2)', '[0,2)'),
      minute: fc.integer({ min: 0, max: 9 * 24 * 60 }),
      minutes: fc.integer({ min: 0, max: 30 }),
      credited: fc.boolean(),
    });
    const anyRule = fc.record({
      times: fc.constantFrom(1, 1, 2, 3, null),
      per: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      share_percent: fc.constantFrom(1, 50, 90, 100),
      hours: fc.constantFrom<[string, string] | null>(null, null, ['06:00', '12:00'], ['12:00', '23:59']),
      joint: fc.boolean(),
      class: fc.constantFrom('main', 'alley', null),
    });
    const scene = fc.record({
      passes: fc.array(anyPass, { maxLength: 30 }),
      walkers: fc.array(anyRole, { minLength: 6, maxLength: 6 }),
      rules: fc.dictionary(
        fc.constantFrom('one', 'two', 'three'),
        fc.tuple(anyRole, fc.array(anyRule, { minLength: 1, maxLength: 2 })),
      ),
      hour: fc.integer({ min: 0, max: 12 * 24 }),
      asked: fc.constantFrom('ended', 'running'),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ passes, walkers, rules, hour, asked }) => {
        await clearPatrols(db);
        await db('patrol_rules').delete();
        const made: Rule[] = Object.entries(rules).flatMap(([duty, [role, list]]) =>
          list
            .filter((rule, i) => list.findIndex((other) => other.class === rule.class) === i)
            .map(({ hours, joint, times, ...rule }) => {
              const partner = joint && times === 1 ? (role === 'town_l1' ? 'management_l1' : 'town_l1') : null;
              return {
                ...rule,
                duty,
                role,
                times,
                from_time: hours?.[0] ?? null,
                to_time: hours?.[1] ?? null,
                joint_role: partner,
                joint_minutes: partner && 20,
              };
            }),
        );
        if (made.length > 0) await db('patrol_rules').insert(made);
        const walks = passes.map(({ road, part, minute, minutes, ...pass }) => {
          const length = roads[road];
          const from = Math.floor((part[0] * length) / 10);
          return {
            ...pass,
            road,
            from,
            to: Math.min(length, from + Math.floor((part[1] * length) / 10)),
            began: midnight(1) + 60_000 * minute,
            ended: midnight(1) + 60_000 * (minute + minutes),
            role: walkers[pass.patrol]!,
          };
        });
        for (let patrol = 0; patrol < 6; patrol++) {
          const own = walks.filter((walk) => walk.patrol === patrol && walk.from < walk.to);
          if (own.length === 0) continue;
          const rows = own.map(({ road, from, to, sides, began, ended, credited }) => ({
            road_id: town[road],
            span: [from, to] as [number, number],
            sides,
            from: new Date(began).toISOString(),
            to: new Date(ended).toISOString(),
            credited,
          }));
          await addPatrol(db, town.chiefs[walkers[patrol]!][0], rows);
        }
        const now = midnight(1) + hour * 3_600_000;
        const rows = await audit(new Date(now).toISOString(), { asked });
        const { rows: segments } = await db.raw<{
          rows: { road_id: number; span: string; sides: string; class: string; required: Role[] }[];
        }>(`select s.*, r.class from segments_at(?::timestamptz, null) s join roads r on r.id = s.road_id`, [
          new Date(now).toISOString(),
        ]);
        const expected: string[] = [];
        for (const segment of segments) {
          for (const duty of Object.keys(rules)) {
            const fitting = made.filter(
              (rule) => rule.duty === duty && (rule.class === null || rule.class === segment.class),
            );
            const rule = fitting.find((one) => one.class !== null) ?? fitting[0];
            if (!rule || rule.times === null || !segment.required.includes(rule.role)) continue;
            const [begins, ends] = periodOf(rule.per, now, asked);
            const [from, to] = readRange(segment.span);
            const road = (Object.keys(roads) as (keyof typeof roads)[]).find((one) => town[one] === segment.road_id)!;
            let walked = 0;
            for (const side of segment.sides === '[0,2)' ? [0, 1] : segment.sides === '[0,1)' ? [0] : [1]) {
              const covers = (walk: (typeof walks)[number]): boolean =>
                walk.credited &&
                walk.road === road &&
                (walk.sides === '[0,2)' || walk.sides === (side === 0 ? '[0,1)' : '[1,2)'));
              const own = walks.filter(
                (walk) =>
                  covers(walk) &&
                  walk.role === rule.role &&
                  walk.began >= begins &&
                  walk.began < ends &&
                  inHours(rule, walk.began),
              );
              const visits = Array.from({ length: 6 }, () => new Uint8Array(roads[road]));
              for (const walk of own) {
                if (rule.joint_role === null) visits[walk.patrol]!.fill(1, walk.from, walk.to);
                else {
                  for (const other of walks.filter((one) => covers(one) && one.role === rule.joint_role)) {
                    const apart = 20 * 60_000;
                    if (other.began > walk.ended + apart || other.ended < walk.began - apart) continue;
                    const [a, b] = [Math.max(walk.from, other.from), Math.min(walk.to, other.to)];
                    if (a < b) visits[0]!.fill(1, a, b);
                  }
                }
              }
              for (let cm = from; cm < to; cm++) {
                if (visits.reduce((count, visit) => count + visit[cm]!, 0) >= rule.times) walked += 1;
              }
            }
            const required = (to - from) * (segment.sides === '[0,2)' ? 2 : 1);
            expected.push(
              [
                segment.road_id,
                segment.span,
                segment.sides,
                duty,
                required,
                walked,
                100 * walked >= rule.share_percent * required,
              ].join(' '),
            );
          }
        }
        const got = rows.map((row) =>
          [row.road_id, row.span, row.sides, row.duty, row.required_cm, row.walked_cm, row.is_met].join(' '),
        );
        expect(got.toSorted()).to.deep.equal(expected.toSorted());
      }),
      { numRuns: 25, seed: 20260501 },
    );
  });
});

function inHours({ from_time, to_time }: Rule, began: number): boolean {
  if (from_time === null || to_time === null) return true;
  const minutes = ((((began + 8 * 3_600_000) / 60_000) % 1440) + 1440) % 1440;
  const of = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return minutes >= of(from_time) && minutes < of(to_time);
}

/** Of May 2026, by plain arithmetic: days from midnight, weeks from Monday the fourth, months as they are named. */
function periodOf(per: Rule['per'], now: number, asked: string): [begins: number, ends: number] {
  const day = Math.floor((now - midnight(1)) / 86_400_000) + 1;
  if (per === 'month')
    return asked === 'running' ? [midnight(1), midnight(32)] : [Date.UTC(2026, 3, 1) - 8 * 3_600_000, midnight(1)];
  const length = per === 'day' ? 1 : 7;
  const first = per === 'day' ? day : day - ((((day - 4) % 7) + 7) % 7);
  return asked === 'running'
    ? [midnight(first), midnight(first + length)]
    : [midnight(first - length), midnight(first)];
}
