import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import type { Cadence, CadenceSegments, StillDue } from '../../api/coverage/cadence.contract.ts';
import type { Coverage, CoverageChanges, Gap, GapList } from '../../api/coverage/coverage.contract.ts';
import { openChange, remember } from '../../api/database/change-log.ts';
import { eachEngine } from '../support/district.ts';
import { addPatrol } from '../support/patrol-rows.ts';
import { assign } from '../support/rows.ts';
import { contextOf } from '../support/server.ts';
import { addZone, buildTown, type Town } from '../support/town.ts';

/** Days of May 2026 in Shanghai; the fourth is a Monday. */
const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 4, day, hour - 8)).toISOString();

eachEngine('blind spots of every kind over HTTP', (district) => {
  let api: ReturnType<typeof request>;
  let town: Town;
  let chief: number;
  const get = async <T>(path: string): Promise<T> => (await api.get(path).expect(200)).body as T;
  const gaps = (query: string): Promise<GapList> => get(`/api/coverage/gaps?${query}`);
  const first = async (query: string): Promise<Gap['properties']> => (await gaps(query)).features[0]!.properties;

  before(async () => {
    const { db } = district();
    town = await buildTown(db);
    const west = await addZone(db, { code: 'T', level: 'town', name: '西街道', box: [-100, -500, 700, 500] });
    const community = await addZone(db, {
      code: 'C',
      level: 'community',
      name: '桥南社区',
      parent_id: west,
      box: [-100, -500, 700, 500],
    });
    for (const [zone_id, level] of [
      [west, 'town'],
      [community, 'community'],
    ] as const) {
      await db('zone_stretches').insert([
        { zone_id, level, road_id: town.high, span: '[0,70000)', sides: '[0,2)' },
        { zone_id, level, road_id: town.mill, span: '[0,20000)', sides: '[0,2)' },
        { zone_id, level, road_id: town.back, span: '[0,30000)', sides: '[0,2)' },
      ]);
    }
    chief = town.chiefs.community_l2[0];
    await assign(db, chief, town.high, [0, 1000]);
    await assign(db, chief, town.mill, [0, 200], '[0,2)', '[2026-01-01,2026-05-03)');
    await assign(db, town.chiefs.community_l2[1], town.back, [0, 300], '[0,2)', '[2026-05-05,)');
    await db.raw('select refresh_segments(null)');
    // On the fifth the chief walks 700 m of High Street, in the evening; on the sixth 300 m of it.
    await addPatrol(db, chief, [{ road_id: town.high, span: [0, 70_000], from: at(5, 20) }]);
    await addPatrol(db, chief, [{ road_id: town.high, span: [10_000, 40_000], from: at(6, 9) }]);
    await db('patrols').update({ received_at: db.raw(`started_at + interval '1 hour'`) });
    api = request(createApp(contextOf(district())));
  });

  it('tells what was not walked, whose it is, and when it last was', async () => {
    const list = await gaps(`kind=unwalked&role=community_l2&at=${at(7)}`);
    const seen = list.features.map(({ properties: p }) => [p.road_name, p.from_m, p.to_m, p.who_acts.name, p.since]);
    expect(seen).to.deep.equal([
      ['High Street', 700, 1000, 'First community_l2', null],
      ['High Street', 400, 700, 'First community_l2', at(5, 20)],
      ['Back Alley', 0, 300, 'Second community_l2', null],
      ['Mill Lane', 0, 200, '西街道', null],
      ['High Street', 0, 100, 'First community_l2', at(5, 20)],
    ]);
    expect(list.missing_m).to.equal(1200);
    const { total, duties } = await get<Coverage>(
      `/api/coverage?kind=unwalked&role=community_l2&group=none&at=${at(7)}`,
    );
    expect(total).to.include({ required_m: 1500, met_m: 300, missing_m: 1200, tolerated_m: 0 });
    expect(duties.map(({ duty, period }) => [duty, period.from, period.to])).to.deep.equal([
      ['community_patrol', at(6), at(7)],
    ]);
  });

  it('tolerates what is missing where enough of a segment was walked', async () => {
    // The segment from 0 to 700 m was walked whole on the fifth, the one from 700 m on not at all.
    const { total } = await get<Coverage>(
      `/api/coverage?kind=unwalked&role=community_l2&road_id=${town.high}&group=none&at=${at(6)}`,
    );
    expect(total).to.include({ required_m: 1000, met_m: 700, missing_m: 300 });
  });

  it('tells metres in no community, and gives them to the district', async () => {
    expect(await first('kind=unzoned&fault=no_community')).to.deep.include({
      kind: 'unzoned',
      road_name: 'High Street',
      from_m: 700,
      to_m: 1000,
      role: null,
      who_acts: { kind: 'district', id: null, name: null },
    });
    const { total } = await get<Coverage>('/api/coverage?kind=unzoned&group=none');
    expect(total).to.include({ required_m: 1500, met_m: 1200, missing_m: 300, met_percent: 80 });
  });

  it('tells faults of the inventory beside them', async () => {
    const { features } = await gaps('kind=inventory');
    // Back Alley crosses nothing and meets nothing: a part of its own.
    const [alone] = features.filter(({ properties }) => properties.fault === 'disconnected');
    expect(alone!.properties).to.include({ road_name: 'Back Alley', length_m: 300 });
    expect(alone!.properties.who_acts.kind).to.equal('bureau');
    const all = await gaps('kind=unheld,unwalked,unzoned,inventory&limit=1000');
    expect(new Set(all.features.map(({ properties }) => properties.kind))).to.deep.equal(
      new Set(['unheld', 'unwalked', 'unzoned', 'inventory']),
    );
    expect(new Set(all.features.map(({ properties }) => properties.key)).size).to.equal(all.count);
  });

  it('asks by age', async () => {
    const old = (days: number): Promise<GapList> =>
      gaps(`role=community_l2&road_id=${town.mill}&at=${at(13)}&older_than_days=${days}`);
    expect((await old(10)).count).to.equal(1);
    expect((await old(11)).count).to.equal(0);
  });

  it('tells the last holder and his end as they were known', async () => {
    const { db } = district();
    const { rows } = await db.raw<{ rows: { known: Date }[] }>('select clock_timestamp() as known');
    const asked = `role=community_l2&road_id=${town.mill}&at=${at(7)}`;
    const before = await first(asked);
    expect([before.since, before.last_holder]).to.deep.equal([at(3), 'First community_l2']);
    const row = { road_id: town.mill, chief_id: chief };
    const { id, validity } = (await db('assignments').where(row).first<{ id: number; validity: string }>())!;
    await db.transaction(async (trx) => {
      await remember(trx, await openChange(trx, { actor: 'test', kind: 'correction' }), 'assignments', [id]);
      await trx('assignments')
        .where({ id })
        .update({ validity: `[2026-01-01,${at(5)})`, chief_id: town.chiefs.community_l2[1] });
    });
    const known = await first(`${asked}&known_at=${rows[0]!.known.toISOString()}`);
    expect([known.since, known.last_holder]).to.deep.equal([at(3), 'First community_l2']);
    const now = await first(asked);
    expect([now.since, now.last_holder]).to.deep.equal([at(5), 'Second community_l2']);
    await db('assignments').where({ id }).update({ validity, chief_id: chief });
  });

  it('tells what opened, what closed and what stayed between two dates', async () => {
    const { opened, closed, still, features } = await get<CoverageChanges>(
      `/api/coverage/changes?kind=unheld&role=community_l2&from=${at(1)}&to=${at(10)}`,
    );
    expect([opened, closed, still]).to.deep.equal([
      { count: 1, length_m: 200 },
      { count: 1, length_m: 300 },
      { count: 0, length_m: 0 },
    ]);
    expect(features.map(({ properties: p }) => [p.change, p.road_name])).to.deep.equal([
      ['opened', 'Mill Lane'],
      ['closed', 'Back Alley'],
    ]);
    const ofMain = await get<CoverageChanges>(
      `/api/coverage/changes?kind=unheld&role=community_l2&class=main&from=${at(1)}&to=${at(10)}`,
    );
    expect([ofMain.opened.count, ofMain.closed.count, ofMain.features]).to.deep.equal([0, 0, []]);
    await api.get(`/api/coverage/changes?from=${at(10)}&to=${at(1)}`).expect(400);
  });

  it('tells which duties were kept, by chief and by day', async () => {
    const asked = `role=community_l2&from=${at(5)}&to=${at(7)}`;
    const { total, groups } = await get<Cadence>(`/api/coverage/cadence?${asked}&group=chief`);
    // Two days, four segments: 700 and 300 m of High Street, two alleys.
    expect(total).to.include({ due: 8, met: 1, missed: 7, required_m: 3000, walked_m: 1000, kept_m: 700, late_m: 0 });
    expect(groups.find(({ name }) => name === 'First community_l2')).to.include({ due: 4, met: 1, kept_percent: 35 });
    const days = await get<Cadence>(`/api/coverage/cadence?${asked}&group=period`);
    expect(days.groups.map(({ period, kept_m }) => [period!.from, kept_m])).to.deep.equal([
      [at(6), 0],
      [at(5), 700],
    ]);
    const missed = await get<CadenceSegments>(`/api/coverage/cadence/segments?${asked}&state=missed&limit=3`);
    expect(missed.count).to.equal(7);
    const rest = await get<CadenceSegments>(
      `/api/coverage/cadence/segments?${asked}&state=missed&limit=100&cursor=${missed.next_cursor}`,
    );
    expect(rest.features).to.have.length(4);
  });

  it('judges each day by the rules of that day', async () => {
    const { db } = district();
    const total = async (): Promise<Cadence['total']> =>
      (await get<Cadence>(`/api/coverage/cadence?role=community_l2&from=${at(5)}&to=${at(7)}&group=none`)).total;
    const before = await total();
    // From the sixth on nothing is due on alleys.
    await db('patrol_rules').insert({
      duty: 'community_patrol',
      role: 'community_l2',
      class: 'alley',
      per: 'day',
      times: null,
      validity: `[${at(6)},)`,
    });
    expect(before.due - (await total()).due).to.equal(2);
    await db('patrol_rules').where({ class: 'alley' }).delete();
    expect(await total()).to.deep.equal(before);
  });

  it('shows what came in late', async () => {
    const { db } = district();
    await db('patrols')
      .where('started_at', at(6, 9))
      .update({ received_at: at(8) });
    const { total } = await get<Cadence>(
      `/api/coverage/cadence?role=community_l2&from=${at(5)}&to=${at(7)}&group=none`,
    );
    expect(total).to.include({ walked_m: 1000, late_m: 300 });
    const known = await get<Coverage>(
      `/api/coverage?kind=unwalked&role=community_l2&group=none&at=${at(7)}&known_at=${at(7)}`,
    );
    expect(known.total.met_m).to.equal(0);
  });

  it('lists what one chief still has to walk today', async () => {
    const due = await get<StillDue>(`/api/coverage/due?chief_id=${chief}&at=${at(5, 21)}`);
    expect(due.duties).to.deep.equal([
      { duty: 'community_patrol', period: { from: at(5), to: at(6) }, required_m: 1000, walked_m: 700, short_m: 300 },
    ]);
    expect(due.features.map(({ properties: p }) => [p.road_name, p.from_m, p.to_m, p.short_m, p.state])).to.deep.equal([
      ['High Street', 700, 1000, 300, 'due'],
    ]);
    // Before the evening's walk began, nothing was done yet.
    const noon = await get<StillDue>(`/api/coverage/due?chief_id=${chief}&at=${at(5, 12)}`);
    expect(noon.duties[0]).to.include({ required_m: 1000, walked_m: 0, short_m: 1000 });
    await api.get('/api/coverage/due?chief_id=999999').expect(404);
  });

  it('never calls nothing everything', async () => {
    const { db } = district();
    const none = await addZone(db, { code: 'N', level: 'community', name: '空社区', box: [5000, 5000, 5100, 5100] });
    const empty = await get<Coverage>(`/api/coverage?zone_id=${none}&group=none`);
    expect(empty.total.met_percent).to.equal(null);
    expect(empty.warnings.map(({ code }) => code)).to.include('no_roads');
    const early = await get<Coverage>('/api/coverage?at=1999-01-01&group=none');
    expect(early.warnings.map(({ code }) => code)).to.include('before_records');
    const walks = await get<Coverage>('/api/coverage?kind=unwalked&role=general&group=none');
    expect(walks.total.met_percent).to.equal(null);
    expect(walks.warnings.map(({ code }) => code)).to.include('no_key_points');
    for (const unfinished of ['kind=unwalked&period=running', 'at=2999-01-01']) {
      const { warnings } = await get<Coverage>(`/api/coverage?${unfinished}`);
      expect(warnings.map(({ code }) => code)).to.include('not_over');
    }
    expect((await get<Coverage>('/api/coverage?kind=unwalked')).warnings.map(({ code }) => code)).to.not.include(
      'not_over',
    );
  });

  for (const [path, status] of [
    ['/api/coverage?kind=lost', 400],
    ['/api/coverage/gaps?kind=unheld,lost', 400],
    ['/api/coverage?known_at=2999-01-01', 400],
    ['/api/coverage/gaps?older_than_days=-1', 400],
    ['/api/coverage/gaps?min_length_m=1e300', 400],
    ['/api/coverage/cadence?from=2026-01-01&to=2026-12-01', 400],
    ['/api/coverage/cadence?from=2026-05-02&to=2026-05-01', 400],
    ['/api/coverage/cadence?from=2999-01-01&to=2999-01-08', 400],
    ['/api/coverage/cadence?chief_id=999999', 404],
    // ["x",1,"a",1,1], which was never given out.
    ['/api/coverage/cadence/segments?cursor=WyJ4IiwxLCJhIiwxLDFd', 400],
    ['/api/coverage/changes', 400],
    ['/api/coverage/due', 400],
  ] as const) {
    it(`answers ${path} with ${status}`, async () => {
      const { body, type } = await api.get(path).expect(status);
      expect(type).to.equal('application/problem+json');
      expect(body).to.include.keys('title', 'status', 'detail', 'hint');
    });
  }
});
