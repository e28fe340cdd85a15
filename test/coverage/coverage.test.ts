import { expect } from 'chai';
import supertest from 'supertest';
import { createApp } from '../../api/app.ts';
import { changeSet } from '../../api/assignments/assignments.contract.ts';
import { applyChangeSet } from '../../api/assignments/assignments.ts';
import type { Coverage, GapList } from '../../api/coverage/coverage.contract.ts';
import { eachEngine } from '../support/district.ts';
import { contextOf } from '../support/server.ts';
import { buildTown, type Town } from '../support/town.ts';

eachEngine('coverage over HTTP', (district) => {
  let town: Town;
  let api: ReturnType<typeof supertest>;
  before(async () => {
    town = await buildTown(district().db);
    api = supertest(createApp(contextOf(district())));
    const [first] = town.chiefs.community_l2;
    await applyChangeSet(
      district().db,
      'tester',
      changeSet.parse({
        changes: [
          {
            op: 'assign',
            road_id: town.high,
            from_m: 0,
            to_m: 400,
            role: 'community_l2',
            chief_id: first,
            valid_from: '2026-01-01',
          },
          {
            op: 'assign',
            road_id: town.mill,
            from_m: 0,
            to_m: 200,
            sides: 'left',
            role: 'community_l2',
            chief_id: first,
            valid_from: '2026-01-01',
          },
          {
            op: 'assign',
            road_id: town.back,
            from_m: 0,
            to_m: 300,
            role: 'community_l2',
            chief_id: first,
            valid_from: '2026-01-01',
            valid_to: '2026-06-01',
          },
        ],
      }),
    );
  });
  const gaps = async (query: string): Promise<GapList> =>
    (await api.get(`/api/coverage/gaps?${query}`).expect(200)).body as GapList;

  it('held + gap = required, in total, per role and per class', async () => {
    const { body } = await api.get('/api/coverage?group=class').expect(200);
    const coverage = body as Coverage;
    // High Street needs six roles on 1,000 m, the two alleys three roles on 500 m.
    expect(coverage.total).to.deep.equal({
      required_m: 7500,
      met_m: 500,
      missing_m: 7000,
      met_percent: 6.66,
      tolerated_m: 0,
    });
    expect(coverage.roles.find(({ role }) => role === 'community_l2')).to.include({
      required_m: 1500,
      met_m: 500,
      missing_m: 1000,
    });
    expect(coverage.groups.map(({ name, road_m, met_m }) => [name, road_m, met_m])).to.deep.equal([
      ['main', 1000, 400],
      ['alley', 500, 100],
    ]);
  });

  it('names each gap: where, how long, which side, since when and who held it last', async () => {
    const list = await gaps('role=community_l2');
    expect(list.count).to.equal(3);
    expect(list.missing_m).to.equal(1000);
    const seen = list.features.map(({ properties: p }) => [
      p.road_name,
      p.from_m,
      p.to_m,
      p.sides,
      p.since,
      p.last_holder,
    ]);
    expect(seen).to.deep.equal([
      ['High Street', 400, 1000, 'both', null, null],
      ['Back Alley', 0, 300, 'both', '2026-05-31T16:00:00.000Z', 'First community_l2'],
      ['Mill Lane', 0, 200, 'right', null, null],
    ]);
  });

  it('can be asked as of a date', async () => {
    const { body } = await api.get('/api/coverage?role=community_l2&group=none&at=2026-05-31').expect(200);
    expect((body as Coverage).total.met_m).to.equal(800);
    expect((await gaps('role=community_l2&at=2026-05-31')).missing_m).to.equal(700);
    expect((await gaps('role=community_l2&at=2025-05-31')).missing_m).to.equal(1500);
  });

  it('pages the gaps without losing or repeating one, and keeps the totals', async () => {
    const whole = await gaps('limit=1000');
    const seen: unknown[] = [];
    let cursor = '';
    for (let pages = 0; pages < 50; pages += 1) {
      const next: GapList = await gaps(`limit=2${cursor}`);
      expect([next.count, next.missing_m]).to.deep.equal([whole.count, whole.missing_m]);
      seen.push(...next.features);
      if (!next.next_cursor) break;
      cursor = `&cursor=${next.next_cursor}`;
    }
    expect(seen).to.deep.equal(whole.features);
  });

  it('narrows by class, road, length and box', async () => {
    expect((await gaps('role=general&class=alley')).missing_m).to.equal(500);
    expect((await gaps(`role=general&road_id=${town.mill}`)).missing_m).to.equal(200);
    expect((await gaps('role=general&min_length_m=250')).count).to.equal(2);
    expect((await gaps('bbox=0,0,1,1')).count).to.equal(0);
  });

  for (const [query, status] of [
    ['role=king', 400],
    ['at=yesterday', 400],
    ['bbox=1,2,3', 400],
    ['limit=0', 400],
    ['cursor=xx', 400],
    ['zone_id=99999', 404],
    ['road_id=99999', 404],
    ['min_length_m=-1', 400],
    ['class=canal', 400],
    ["road_id=1'--", 400],
  ] as const) {
    it(`answers ${query} with ${status} and says what was expected`, async () => {
      const { body, type } = await api.get(`/api/coverage/gaps?${query}`).expect(status);
      expect(type).to.equal('application/problem+json');
      expect(body).to.include.keys('title', 'status', 'detail', 'hint');
    });
  }
});
