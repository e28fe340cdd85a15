import { expect } from 'chai';
import fc from 'fast-check';
import type { Role } from '../../api/http/shapes.ts';
import { roleKeys } from '../../api/http/shapes.ts';
import { walkedOf } from '../../api/coverage/walked.queries.ts';
import type { Walked, WalkedQuery } from '../../api/patrols/patrols.contract.ts';
import { eachEngine } from '../support/district.ts';
import { addPatrol, type PassRow } from '../support/patrol-rows.ts';
import { addZone, buildTown, type Town } from '../support/town.ts';
import { clearPatrols } from '../support/patrol-tracks.ts';

eachEngine('what was walked', (district) => {
  let town: Town;
  let west: number;
  before(async () => {
    const { db } = district();
    town = await buildTown(db);
    // High Street from 0 to 400 m lies in a town of its own, its southern side to 600 m.
    west = await addZone(db, { code: 'W', level: 'town', name: 'West', box: [0, -500, 400, 500] });
    await db('zone_stretches').insert([
      { zone_id: west, level: 'town', road_id: town.high, span: '[0,40000)', sides: '[0,2)' },
      { zone_id: west, level: 'town', road_id: town.high, span: '[40000,60000)', sides: '[1,2)' },
    ]);
    await db.raw('select refresh_segments(null)');
  });
  afterEach(() => clearPatrols(district().db));

  const ask = (query: Partial<WalkedQuery> = {}): Promise<Walked> =>
    walkedOf(district().db, { from: '2026-05-01', to: '2026-05-04', ...query });
  const of = (walked: Walked, day: string, role: Role) =>
    walked.days.find((one) => one.day === day)?.roles.find((one) => one.role === role);

  it('is nothing on days without patrols, of 1,500 m for the community', async () => {
    const walked = await ask();
    expect(walked.days.map(({ day }) => day)).to.deep.equal(['2026-05-01', '2026-05-02', '2026-05-03']);
    expect(walked.days[0]!.roles.map(({ role }) => role)).to.deep.equal([...roleKeys]);
    const none = { walked_m: 0, walked_percent: 0, elsewhere_m: 0 };
    expect(of(walked, '2026-05-01', 'community_l2')).to.deep.equal({ role: 'community_l2', required_m: 1500, ...none });
    expect(of(walked, '2026-05-01', 'town_l1')).to.deep.equal({ role: 'town_l1', required_m: 1000, ...none });
  });

  it('counts metres once a day, by the day of the district, and apart what the role need not walk', async () => {
    const { db } = district();
    const chief = town.chiefs.town_l1[0];
    await addPatrol(db, chief, [
      { road_id: town.high, span: [0, 20_000], from: '2026-05-01T23:59:00+08:00', to: '2026-05-02T00:05:00+08:00' },
      { road_id: town.high, span: [10_000, 30_001], from: '2026-05-02T00:00:00+08:00' },
      { road_id: town.high, span: [10_000, 30_001], from: '2026-05-02T09:00:00+08:00' },
      { road_id: town.mill, span: [0, 5_000], from: '2026-05-02T10:00:00+08:00' },
      {
        road_id: town.high,
        span: [50_000, 60_000],
        from: '2026-05-02T10:00:00+08:00',
        confidence: 0.2,
        credited: false,
      },
    ]);
    const walked = await ask();
    expect(of(walked, '2026-05-01', 'town_l1')).to.deep.include({ walked_m: 200, walked_percent: 20, elsewhere_m: 0 });
    expect(of(walked, '2026-05-02', 'town_l1')).to.deep.include({
      walked_m: 200.01,
      walked_percent: 20,
      elsewhere_m: 50,
    });
    expect(of(walked, '2026-05-02', 'community_l2')).to.deep.include({ walked_m: 0 });
    expect((await ask({ role: 'town_l1', road_id: town.mill })).days[1]!.roles).to.deep.equal([
      { role: 'town_l1', required_m: 0, walked_m: 0, walked_percent: null, elsewhere_m: 50 },
    ]);
  });

  it('counts one side of a boundary street to each zone', async () => {
    const { db } = district();
    await addPatrol(db, town.chiefs.town_l1[0], [
      { road_id: town.high, span: [30_000, 70_000], from: '2026-05-01T09:00:00+08:00' },
    ]);
    // 100 m on both sides, 200 m on one of them.
    expect(of(await ask({ zone_id: west }), '2026-05-01', 'town_l1')).to.deep.include({
      required_m: 500,
      walked_m: 200,
    });
  });

  it('takes the last seven days when nothing else is asked for, and 92 at most', async () => {
    const { days } = await walkedOf(district().db, {});
    expect(days).to.have.length(7);
    expect(days.at(-1)!.day).to.equal(new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format());
    for (const wrong of [
      { from: '2026-01-01', to: '2026-05-04' },
      { from: '2026-05-04', to: '2026-05-04' },
    ]) {
      try {
        await walkedOf(district().db, wrong);
        expect.fail('was answered');
      } catch (error) {
        expect((error as { kind: string }).kind).to.equal('invalid');
      }
    }
  });

  it('equals an array of centimetres', async function () {
    this.timeout(120_000);
    const { db } = district();
    const roads = { high: 100_000, mill: 20_000, back: 30_000 };
    const anyPass = fc.record({
      road: fc.constantFrom<keyof typeof roads>('high', 'mill', 'back'),
      part: fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 60 })),
      sides: fc.constantFrom<NonNullable<PassRow['sides']>>('[0,1)', '[1,2)', '[0,2)'),
      role: fc.constantFrom<Role>('town_l1', 'community_l2', 'management_l2'),
      hour: fc.integer({ min: 0, max: 71 }),
      credited: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyPass, { minLength: 1, maxLength: 25 }), async (passes) => {
        await clearPatrols(db);
        // day, role, road, side → centimetres
        const truth = new Map<string, Uint8Array>();
        for (const { road, part, sides, role, hour, credited } of passes) {
          const length = roads[road];
          const from = Math.floor((part[0] * length) / 100);
          const to = Math.min(length, from + Math.floor((part[1] * length) / 90) + 1);
          const moment = new Date(Date.UTC(2026, 3, 30, 16 + hour)).toISOString(); // midnight in Shanghai
          await addPatrol(db, town.chiefs[role][0], [
            { road_id: town[road], span: [from, to], sides, from: moment, credited },
          ]);
          if (!credited) continue;
          for (const side of sides === '[0,1)' ? [0] : sides === '[1,2)' ? [1] : [0, 1]) {
            const key = `2026-05-0${1 + Math.floor(hour / 24)} ${role} ${road} ${side}`;
            const row = truth.get(key) ?? new Uint8Array(length);
            truth.set(key, row.fill(1, from, to));
          }
        }
        const walked = await ask();
        for (const { day, roles } of walked.days) {
          for (const { role, walked_m, elsewhere_m } of roles) {
            const sum = (road: keyof typeof roads): number =>
              [0, 1].reduce((total, side) => {
                const row = truth.get(`${day} ${role} ${road} ${side}`);
                return total + (row?.reduce((count, one) => count + one, 0) ?? 0);
              }, 0);
            // Level 1 and the collector have duties on the main road alone, the community everywhere.
            const alleys = sum('mill') + sum('back');
            const due = role === 'community_l2' ? sum('high') + alleys : sum('high');
            expect([walked_m, elsewhere_m]).to.deep.equal([due / 200, role === 'community_l2' ? 0 : alleys / 200]);
          }
        }
      }),
      { numRuns: 15, seed: 7 },
    );
  });
});
