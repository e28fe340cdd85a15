import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import { coverageOf } from '../../api/coverage/coverage.queries.ts';
import { coverageQuery } from '../../api/coverage/coverage.contract.ts';
import type { RuleChangesResult, Rules } from '../../api/rules/rules.contract.ts';
import { eachEngine } from '../support/district.ts';
import { contextOf } from '../support/server.ts';
import { addZone, buildTown, type Town } from '../support/town.ts';

eachEngine('rules over HTTP', (district) => {
  let api: ReturnType<typeof request>;
  let town: Town;
  let west: number;
  const today = (): string => new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format();
  const change = (changes: object[], more: object = {}) => api.post('/api/rules/changes').send({ changes, ...more });
  const required = async (at?: string): Promise<number> =>
    (await coverageOf(district().db, coverageQuery.parse({ role: 'management_l2', group: 'none', ...(at && { at }) })))
      .total.required_m;

  before(async () => {
    const { db } = district();
    town = await buildTown(db);
    // Mill Lane lies in a town 镇, the rest in no zone.
    west = await addZone(db, { code: 'W', level: 'town', name: '西镇', box: [450, 10, 550, 500] });
    await db('zone_stretches').insert({
      zone_id: west,
      level: 'town',
      road_id: town.mill,
      span: '[0,20000)',
      sides: '[0,2)',
    });
    await db.raw('select refresh_segments(null)');
    api = request(createApp(contextOf(district())));
  });

  it('begins with the rules of the plan, each with where it comes from', async () => {
    const { body } = await api.get('/api/rules').expect(200);
    const { roles, patrols, zone_kinds } = body as Rules;
    expect(roles).to.have.length(42);
    expect(zone_kinds).to.deep.equal(['town']);
    expect(patrols.map(({ duty, role, times, per, source }) => [duty, role, times, per, source])).to.deep.equal([
      ['inspection', 'general', 1, 'month', 'R21'],
      ['check', 'town_l1', 1, 'week', 'R24'],
      ['joint_check', 'management_l1', 1, 'week', 'R29'],
      ['patrol', 'management_l1', 1, 'day', 'R28'],
      ['community_patrol', 'community_l2', 1, 'day', 'R36'],
      ['collection', 'management_l2', 2, 'day', 'R39'],
      ['sweeping', 'sanitation_l2', 1, 'day', 'R42'],
    ]);
    expect(patrols.find(({ duty }) => duty === 'joint_check')!.joint).to.deep.equal({ role: 'town_l1', minutes: 30 });
  });

  it('shows what a change would do before it is made', async () => {
    const before = await required();
    const set = [{ op: 'require', role: 'management_l2', class: 'alley', zone_kind: 'town', required: true }];
    const { body } = await change(set, { dry_run: true }).expect(200);
    const { applied, effect } = body as RuleChangesResult;
    expect(applied).to.equal(false);
    // High Street, 1,000 m, needs a collector; Mill Lane, 200 m of alley in a 镇, would too.
    expect(effect.find(({ role }) => role === 'management_l2')).to.deep.equal({
      role: 'management_l2',
      required_before_m: 1000,
      required_after_m: 1200,
    });
    expect(await required()).to.equal(before);
    expect(((await api.get('/api/rules')).body as Rules).roles).to.have.length(42);
  });

  it('lets the more particular rule decide, from its day on, and keeps what was before', async () => {
    const { body } = await change([
      { op: 'require', role: 'management_l2', class: 'alley', zone_kind: 'town', required: true },
    ]).expect(200);
    expect((body as RuleChangesResult).applied).to.equal(true);
    expect(await required()).to.equal(1200);
    expect(await required(new Date(Date.now() - 60_000).toISOString())).to.equal(1000);
    await change([{ op: 'require', role: 'management_l2', town_id: west, required: false }]).expect(200);
    expect(await required()).to.equal(1000);
    const { roles } = (await api.get('/api/rules?history=true')).body as Rules;
    expect(roles.filter(({ role }) => role === 'management_l2')).to.have.length(9);
  });

  it('replaces a cadence: the old one ends where the new one begins', async () => {
    await change([
      {
        op: 'patrol',
        duty: 'community_patrol',
        role: 'community_l2',
        times: 2,
        per: 'day',
        hours: { from: '06:00', to: '20:00' },
      },
    ]).expect(200);
    const { patrols } = (await api.get('/api/rules?history=true')).body as Rules;
    const own = patrols.filter(({ duty }) => duty === 'community_patrol');
    expect(own.map(({ times }) => times)).to.deep.equal([1, 2]);
    expect(own[0]!.valid_to).to.equal(own[1]!.valid_from);
    expect(own[1]!.hours).to.deep.equal({ from: '06:00', to: '20:00' });
    const id = own[1]!.id;
    await change([{ op: 'end', rule: 'patrol', id }]).expect(200);
    expect(((await api.get('/api/rules')).body as Rules).patrols.map(({ duty }) => duty)).to.not.include(
      'community_patrol',
    );
  });

  it('warns of a duty that nothing can come of', async () => {
    const { body } = await change(
      [{ op: 'patrol', duty: 'tour', role: 'town_l1', times: 1, per: 'month', key_points: true }],
      { dry_run: true },
    ).expect(200);
    expect((body as RuleChangesResult).warnings).to.include(
      'Duty "tour" is for key points, and none is registered: nothing will be due.',
    );
  });

  it('is in force when its day comes, without anybody writing anything', async () => {
    const { db } = district();
    await db('role_rules').insert({
      role: 'town_l1',
      class: 'alley',
      required: true,
      bureau_led: false,
      validity: db.raw(`tstzrange(now() + interval '300 milliseconds', null)`),
    });
    const town_l1 = async (): Promise<number> =>
      (await coverageOf(db, coverageQuery.parse({ role: 'town_l1', group: 'none' }))).total.required_m;
    expect(await town_l1()).to.equal(1000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await town_l1()).to.equal(1500);
  });

  const patrol = { op: 'patrol', duty: 'tour', role: 'town_l1', times: 1, per: 'day' };
  for (const [title, set, status, words] of [
    ['a cadence of zero', [{ ...patrol, times: 0 }], 400, /null where nothing is due/],
    ['hours that are none', [{ ...patrol, hours: { from: '20:00', to: '06:00' } }], 400, /none/],
    ['its own company', [{ ...patrol, joint: { role: 'town_l1', minutes: 5 } }], 400, /itself/],
    ['company three times a day', [{ ...patrol, times: 3, joint: { role: 'general', minutes: 5 } }], 400, /joint/],
    ['working weeks', [{ ...patrol, per: 'week', days: 'working' }], 400, /working/],
    ['the same rule twice', [patrol, { ...patrol, times: 2 }], 400, /before it in this set/],
    ['the duty of another role', [{ ...patrol, duty: 'sweeping' }], 409, /belongs to sanitation_l2/],
    ['a town that is none', [{ ...patrol, town_id: 999_999 }], 400, /no zone 999999/],
    ['a rule that is not there', [{ op: 'end', rule: 'role', id: 999_999 }], 404, /999999/],
    ['an unknown role', [{ ...patrol, role: 'king' }], 400, /role/],
    ['nothing', [], 400, /changes/],
  ] as const) {
    it(`refuses ${title}, changing nothing`, async () => {
      const before = (await api.get('/api/rules?history=true')).body as Rules;
      const { body, type } = await change([...set]).expect(status);
      expect(type).to.equal('application/problem+json');
      expect(JSON.stringify(body)).to.match(words);
      const after = (await api.get('/api/rules?history=true')).body as Rules;
      expect([after.roles, after.patrols]).to.deep.equal([before.roles, before.patrols]);
    });
  }

  it('withdraws or corrects a rule that has not begun', async () => {
    const later = '2099-01-01';
    const tours = async (): Promise<Rules['patrols']> =>
      ((await api.get('/api/rules?history=true')).body as Rules).patrols.filter(({ duty }) => duty === 'later');
    const own = { ...patrol, duty: 'later', hours: { from: '20:00', to: '24:00' } };
    await change([own], { effective_from: later }).expect(200);
    await change([{ ...own, times: 2 }], { effective_from: later }).expect(200);
    const [only, ...others] = await tours();
    expect([only!.times, only!.hours, others]).to.deep.equal([2, { from: '20:00', to: '24:00' }, []]);
    await change([{ op: 'end', rule: 'patrol', id: only!.id }]).expect(200);
    expect(await tours()).to.deep.equal([]);
  });

  it('refuses to rewrite yesterday', async () => {
    const { body } = await change([patrol], { effective_from: '2026-01-01' }).expect(400);
    expect(JSON.stringify(body)).to.match(/before today/);
    await change([patrol], { effective_from: today(), dry_run: true }).expect(200);
  });
});
