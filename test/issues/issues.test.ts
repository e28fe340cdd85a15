import { expect } from 'chai';
import supertest from 'supertest';
import { createApp } from '../../api/app.ts';
import { touch } from '../../api/database/change-log.ts';
import { fromWgs84, toWgs84, type Position } from '../../api/geometry/crs.ts';
import {
  issueQuery,
  issueStatus,
  type Issue,
  type IssueList,
  type IssueStatus,
  type SnapResult,
} from '../../api/issues/issues.contract.ts';
import { issueBindings, issuesSql } from '../../api/issues/issues.queries.ts';
import { placeIssues } from '../../api/issues/place-issues.ts';
import { eachEngine } from '../support/district.ts';
import { addCategories } from '../support/issue-rows.ts';
import { contextOf } from '../support/server.ts';
import { addRoad, addZone, buildTown, east, north, type Town } from '../support/town.ts';

const crs = 'EPSG:4549';
/** Metres from the corner of the town. */
const at = (x: number, y: number): Position => [east + x, north + y];
const report = { position: at(100, 3), crs, accuracy_m: 3, kind: 'matter', code: '01002' };

eachEngine('snapping over HTTP', (district) => {
  let town: Town;
  let api: ReturnType<typeof supertest>;
  before(async () => {
    town = await buildTown(district().db);
    await addRoad(district().db, {
      external_id: 'plan',
      name: 'Planned Road',
      class: 'main',
      status: 'planned',
      line: [
        [700, 50],
        [1000, 50],
      ],
    });
    api = supertest(createApp(contextOf(district())));
  });
  const snap = async (body: object): Promise<SnapResult> =>
    (await api.post('/api/snap').send(body).expect(200)).body as SnapResult;

  it('names road, measure, side and offset, and the place on the road', async () => {
    const { verdict, candidates, position } = await snap({ position: at(120, 3), crs, accuracy_m: 3 });
    expect(verdict).to.equal('matched');
    expect(candidates[0]).to.include({
      road_id: town.high,
      road_name: 'High Street',
      class: 'main',
      measure_m: 120,
      side: 'left',
      offset_m: 3,
    });
    const [x, y] = fromWgs84(crs)(candidates[0]!.point);
    expect(Math.hypot(x - east - 120, y - north)).to.be.below(0.02);
    const [sentX, sentY] = fromWgs84(crs)(position);
    expect(Math.hypot(sentX - east - 120, sentY - north - 3)).to.be.below(0.02);
    expect((await snap({ position: at(120, -3), crs, accuracy_m: 3 })).candidates[0]).to.include({
      road_id: town.high,
      side: 'right',
    });
  });

  it('takes the zone that is named as evidence, and says when there is none of that id', async () => {
    const { db } = district();
    const zone_id = await addZone(db, { code: 'north', level: 'community', name: 'North', box: [-50, 50, 350, 400] });
    const span = '[0,30000)';
    await db('zone_stretches').insert({ zone_id, level: 'community', road_id: town.back, span, sides: '[0,2)' });
    await touch(db, 'zones');
    const between = { position: at(100, 50), crs, accuracy_m: 50 };
    const shareOf = (road_id: number, { candidates }: SnapResult): number =>
      candidates.find((one) => one.road_id === road_id)!.probability;
    const [without, told] = [await snap(between), await snap({ ...between, zone_id })];
    const odds = (answer: SnapResult): number => shareOf(town.back, answer) / shareOf(town.high, answer);
    expect(odds(told) / odds(without)).to.be.closeTo(9, 0.1); // nine times in ten, network/evidence.ts
    expect(told.candidates[0]!.road_id).to.equal(town.back);
    const unknown = await api
      .post('/api/snap')
      .send({ ...between, zone_id: 999_999 })
      .expect(400);
    expect((unknown.body as { detail: string }).detail).to.equal('There is no zone 999999.');
  });

  it('reads GCJ-02, BD-09, degrees and another zone to the same place', async () => {
    const wgs84 = toWgs84(crs)(at(120, 3));
    for (const [name, position] of [
      ['wgs84', wgs84],
      ['cgcs2000', wgs84],
      ['EPSG:4326', wgs84],
      ['gcj02', fromWgs84('gcj02')(wgs84)],
      ['bd09', fromWgs84('bd09')(wgs84)],
      ['EPSG:4548', fromWgs84('EPSG:4548')(wgs84)],
      ['EPSG:4528', fromWgs84('EPSG:4528')(wgs84)],
    ] as [string, Position][]) {
      const { candidates } = await snap({ position, crs: name, accuracy_m: 3 });
      expect(candidates[0], name).to.include({ road_id: town.high, measure_m: 120, side: 'left', offset_m: 3 });
    }
  });

  it('says no_road where there is none, ambiguous where two cannot be told apart', async () => {
    expect(await snap({ position: at(700, 5000), crs })).to.include({ verdict: 'no_road' });
    // Half-way between High Street and Back Alley, 50 m from each, measured to 60 m.
    const between = await snap({ position: at(150, 50), crs, accuracy_m: 60 });
    expect(between.verdict).to.equal('ambiguous');
    expect(between.candidates.map(({ road_id }) => road_id)).to.include.members([town.high, town.back]);
  });

  it('does not snap to a planned road', async () => {
    const { candidates } = await snap({ position: at(900, 50), crs, accuracy_m: 20 });
    expect(candidates.map(({ road_name }) => road_name)).to.not.include('Planned Road');
  });

  it('says that a boundary runs along the road, as soon as there is one', async () => {
    const { db } = district();
    const ask = async () => (await snap({ position: at(120, 3), crs, accuracy_m: 3 })).candidates[0]!.flags;
    expect(await ask()).to.not.include('boundary');
    const zone = await addZone(db, { code: 'N', level: 'community', name: 'North', box: [0, 0, 1000, 500] });
    await db.raw(`insert into zone_stretches values (?, 'community', ?, '[0,50000)', '[0,1)')`, [zone, town.high]);
    await touch(db, 'zones');
    expect(await ask()).to.include('boundary');
    expect((await snap({ position: at(900, 3), crs, accuracy_m: 3 })).candidates[0]!.flags).to.not.include('boundary');
  });

  it('places many positions at once as it places each', async () => {
    const { db } = district();
    const places: Position[] = [at(120, 3), at(150, 50), at(700, 5000), at(500, 0), at(499, 12)];
    const placed = await placeIssues(
      db,
      places.map(toWgs84(crs)).map(([x, y]) => ({ x, y, accuracy_m: 20, text: '' })),
    );
    for (const [index, position] of places.entries()) {
      const { verdict, candidates } = await snap({ position, crs, accuracy_m: 20 });
      expect(placed[index]!.candidates).to.deep.equal(candidates);
      expect(placed[index]).to.include({ verdict, road_id: verdict === 'no_road' ? null : candidates[0]!.road_id });
    }
    expect(placed[0]).to.include({
      verdict: 'matched',
      road_id: town.high,
      measure_cm: 12_000,
      side: 'left',
      offset_cm: 300,
    });
    expect(placed[2]).to.deep.include({
      verdict: 'no_road',
      road_id: null,
      measure_cm: null,
      side: null,
      offset_cm: null,
    });
  });

  it('sees a road as soon as it is committed', async () => {
    const before = await snap({ position: at(800, 300), crs, accuracy_m: 5 });
    expect(before.verdict).to.equal('no_road');
    const id = await addRoad(district().db, {
      external_id: 'new',
      name: 'New Road',
      class: 'branch',
      line: [
        [700, 303],
        [900, 303],
      ],
    });
    const after = await snap({ position: at(800, 300), crs, accuracy_m: 5 });
    expect(after.candidates[0]).to.include({ road_id: id, side: 'right', offset_m: 3 });
    expect(after.network_version).to.equal(before.network_version + 1);
  });
});

eachEngine('issues over HTTP', (district) => {
  let town: Town;
  let api: ReturnType<typeof supertest>;
  before(async () => {
    town = await buildTown(district().db);
    await addCategories(district().db);
    api = supertest(createApp(contextOf(district())));
  });
  const send = async (body: object, status = 201): Promise<Issue> =>
    (await api.post('/api/issues').send(body).expect(status)).body as Issue;
  const change = (id: number, body: object) => api.patch(`/api/issues/${id}`).send(body);
  const list = async (query: string): Promise<IssueList> =>
    (await api.get(`/api/issues?${query}`).expect(200)).body as IssueList;
  const rowCount = async (table: string): Promise<number> =>
    Number((await district().db(table).count({ count: '*' }))[0]!.count);

  it('wait for the import that moves their road, hold up no other, and do not undo it', async function () {
    const { db, engine } = district();
    if (engine === 'embedded') return this.skip(); // has one connection, so nothing happens at once
    const order: string[] = [];
    let written = (): void => {};
    const moved = new Promise<void>((resolve) => (written = resolve));
    const importing = db
      .transaction(async (trx) => {
        // What an import does to a road whose length changes; it takes the version of the issues at its end.
        await trx('roads')
          .where({ id: town.high })
          .update({ geom: trx.raw('st_addpoint(geom, st_translate(st_endpoint(geom), 1, 1))') });
        written();
        await new Promise((resolve) => setTimeout(resolve, 600));
        await touch(trx, 'issues');
      })
      .then(() => order.push('import'));
    await moved;
    const tell = (where: string, position: Position) =>
      api
        .post('/api/issues')
        .send({ ...report, position })
        .then(({ status }) => order.push(`${where} ${status}`));
    const there = tell('on the road', at(100, 3));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const elsewhere = tell('elsewhere', at(20_000, 0));
    await Promise.all([importing, there, elsewhere]);
    expect(order).to.deep.equal(['elsewhere 201', 'import', 'on the road 201']);
    await db('roads')
      .where({ id: town.high })
      .update({ geom: db.raw('st_removepoint(geom, st_npoints(geom) - 1)') });
  });

  it('lists the categories, each with its surface', async () => {
    const { body } = await api.get('/api/categories').expect(200);
    expect(body.categories).to.have.length(5);
    expect(body.categories[0]).to.deep.equal({
      kind: 'part',
      code: '01001',
      class_code: '01',
      class_name_zh: '大类',
      class_name_en: 'Class',
      name_zh: '供水井盖',
      name_en: 'Water manhole cover',
      surface: 'ground',
    });
  });

  it('keeps a report with its road, and answers it again by its id', async () => {
    const answer = await api
      .post('/api/issues')
      .send({ ...report, text: ' 垃圾 ', external_id: 'a-1', reported_at: '2026-05-01T08:00:00+08:00' })
      .expect(201);
    const issue = answer.body as Issue;
    expect(answer.headers.location).to.equal(`/api/issues/${issue.id}`);
    const { candidates, ...properties } = issue.properties;
    expect(properties).to.deep.equal({
      external_id: 'a-1',
      kind: 'matter',
      code: '01002',
      category_zh: '暴露垃圾',
      category_en: 'Exposed rubbish',
      surface: 'ground',
      text: '垃圾',
      status: 'reported',
      reported_at: '2026-05-01T00:00:00.000Z',
      closed_at: null,
      accuracy_m: 3,
      verdict: 'matched',
      road_id: town.high,
      road_name: 'High Street',
      measure_m: 100,
      side: 'left',
      offset_m: 3,
      reported_by: 'tester',
    });
    expect(candidates[0]).to.include({ road_id: town.high, road_name: 'High Street' });
    const [x, y] = fromWgs84(crs)(issue.geometry.coordinates);
    expect(Math.hypot(x - east - 100, y - north - 3)).to.be.below(0.02);
    expect((await api.get(`/api/issues/${issue.id}`).expect(200)).body).to.deep.equal(issue);
  });

  it('keeps the position as it was sent, and in the metric CRS within a millimetre', async () => {
    const sent = fromWgs84('gcj02')(toWgs84(crs)(at(210, -4)));
    const { id } = await send({ ...report, position: sent, crs: 'gcj02' });
    const { rows } = await district().db.raw(
      'select sent_x, sent_y, sent_crs, st_x(geom) as x, st_y(geom) as y from issues where id = ?',
      [id],
    );
    expect(rows[0]).to.include({ sent_x: sent[0], sent_y: sent[1], sent_crs: 'gcj02' });
    expect(Math.hypot(rows[0].x - east - 210, rows[0].y - north + 4)).to.be.below(0.001);
  });

  it('takes the surface of the category unless another is sent', async () => {
    expect((await send({ ...report, code: '04001' })).properties.surface).to.equal('facade');
    expect((await send({ ...report, code: '04001', surface: 'roof' })).properties.surface).to.equal('roof');
  });

  it('answers the same report sent twice with the first issue, also after it was changed', async () => {
    const sent = { ...report, external_id: 'twice', text: 'once' };
    const first = await send(sent);
    const issues = await rowCount('issues');
    expect(await send(sent, 200)).to.deep.equal(first);
    expect(await send({ ...sent, surface: 'ground', text: 'once ' }, 200)).to.deep.equal(first);
    await change(first.id, { text: 'corrected', status: 'filed' }).expect(200);
    expect((await send(sent, 200)).properties).to.include({ text: 'corrected', status: 'filed' });
    expect(await rowCount('issues')).to.equal(issues);
  });

  it('answers another report under the same external_id with a conflict that names what differs', async () => {
    const sent = { ...report, external_id: 'other' };
    const { id } = await send(sent);
    const { body } = await api
      .post('/api/issues')
      .send({ ...sent, code: '01003', accuracy_m: 9 })
      .expect(409);
    expect(body.issue_id).to.equal(id);
    expect(body.errors.map((error: { path: string }) => error.path)).to.have.members(['code', 'accuracy_m']);
    expect(body.hint).to.include(`PATCH /api/issues/${id}`);
  });

  it('makes one issue of ten equal reports at the same moment, with one change', async () => {
    const [issues, changes] = [await rowCount('issues'), await rowCount('change_log')];
    const sent = { ...report, external_id: 'ten' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post('/api/issues').send(sent)));
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([
      200, 200, 200, 200, 200, 200, 200, 200, 200, 201,
    ]);
    expect(new Set(answers.map(({ body }) => (body as Issue).id)).size).to.equal(1);
    expect(await rowCount('issues')).to.equal(issues + 1);
    expect(await rowCount('change_log')).to.equal(changes + 1);
  });

  it('puts an issue on the candidate that a person chose, at once or later', async () => {
    const position = at(150, 50);
    const first = await send({ ...report, position, accuracy_m: 60 });
    expect(first.properties.verdict).to.equal('ambiguous');
    const chosen = await send({ ...report, position, accuracy_m: 60, road_id: town.back });
    expect(chosen.properties).to.include({
      verdict: 'chosen',
      road_id: town.back,
      road_name: 'Back Alley',
      measure_m: 150,
      side: 'right',
      offset_m: 50,
    });
    const later = (await change(first.id, { road_id: town.back }).expect(200)).body as Issue;
    expect(later.properties).to.include({ verdict: 'chosen', road_id: town.back, measure_m: 150, side: 'right' });
    const none = (await change(first.id, { road_id: null }).expect(200)).body as Issue;
    expect(none.properties).to.include({
      verdict: 'chosen',
      road_id: null,
      measure_m: null,
      side: null,
      offset_m: null,
    });
    for (const answer of [
      await api.post('/api/issues').send({ ...report, road_id: town.mill }),
      await change(first.id, { road_id: 999_999 }),
    ]) {
      expect(answer.status).to.equal(400);
      expect(answer.body.detail).to.match(/is not among the candidates of this position: \d+ \(High Street\)/);
    }
  });

  it('refuses a category that is not there or of the other kind', async () => {
    const unknown = await api
      .post('/api/issues')
      .send({ ...report, code: '99999' })
      .expect(400);
    expect(unknown.body.hint).to.include('/api/categories');
    const other = await api
      .post('/api/issues')
      .send({ ...report, kind: 'part', code: '01003' })
      .expect(400);
    expect(other.body.hint).to.include('01003 is the matter 店外经营');
  });

  it('moves an issue along its states only, and says which steps are possible', async () => {
    // By hand, not from the code: every step there is.
    const steps = [
      'reported filed',
      'reported void',
      'filed dispatched',
      'filed reported',
      'filed void',
      'dispatched resolved',
      'dispatched filed',
      'dispatched void',
      'resolved closed',
      'resolved dispatched',
      'closed dispatched',
      'void reported',
    ];
    const { id } = await send(report);
    for (const from of issueStatus.options) {
      for (const to of issueStatus.options) {
        await district()
          .db('issues')
          .where({ id })
          .update({ status: from, closed_at: from === 'closed' ? '2026-01-01' : null });
        const answer = await change(id, { status: to });
        const possible = from === to || steps.includes(`${from} ${to}`);
        expect(answer.status, `${from} → ${to}`).to.equal(possible ? 200 : 409);
        const now = (await api.get(`/api/issues/${id}`).expect(200)).body as Issue;
        expect(now.properties.status).to.equal(possible ? to : from);
        expect(now.properties.closed_at === null, `${from} → ${to}`).to.equal(now.properties.status !== 'closed');
        if (!possible) {
          expect((answer.body.possible as IssueStatus[]).map((status) => `${from} ${status}`)).to.have.members(
            steps.filter((step) => step.startsWith(`${from} `)),
          );
        }
      }
    }
  });

  it('keeps what an issue was, when it changed and by whom, and who reported it', async () => {
    const { db } = district();
    const { id } = await send({ ...report, text: 'first' });
    await change(id, { status: 'filed' }).expect(200);
    const [versions] = [await db('data_versions').where({ kind: 'issues' }).first('version')];
    await change(id, { text: 'second' }).expect(200);
    await change(id, { text: 'second', status: 'filed' }).expect(200); // nothing new: nothing written
    await change(id, {}).expect(200);
    const history = await db('history')
      .join('change_log', 'change_log.id', 'change_id')
      .where({ table_name: 'issues', row_id: id })
      .orderBy('history.id')
      .select('actor', 'before');
    expect(history.map(({ actor, before }) => [actor, before.status, before.text])).to.deep.equal([
      ['tester', 'reported', 'first'],
      ['tester', 'filed', 'first'],
    ]);
    expect(await db('data_versions').where({ kind: 'issues' }).first('version')).to.deep.equal({
      version: versions.version + 1,
    });
    await db('change_log').where({ id: history[0]!.before.change_id }).update({ actor: 'the reporter' });
    expect(((await api.get(`/api/issues/${id}`).expect(200)).body as Issue).properties.reported_by).to.equal(
      'the reporter',
    );
  });

  it('leaves an issue as it was when one part of a change is refused', async () => {
    const { id } = await send({ ...report, text: 'kept' });
    await change(id, { status: 'filed', text: 'lost', road_id: 999_999 }).expect(400);
    expect(((await api.get(`/api/issues/${id}`)).body as Issue).properties).to.include({
      status: 'reported',
      text: 'kept',
    });
  });

  it('answers 404 for an issue that is not there, 400 for an id that is none', async () => {
    await api.get('/api/issues/987654321').expect(404);
    await change(987_654_321, { text: 'x' }).expect(404);
    for (const id of ['abc', '0', '-1', '1.5', '1e999', 'NaN', '99999999999999999999', '%00', "1'--"]) {
      await api.get(`/api/issues/${id}`).expect(400);
      await api.patch(`/api/issues/${id}`).send({ text: 'x' }).expect(400);
    }
  });

  describe('the list', () => {
    before(async () => {
      await district().db('history').where({ table_name: 'issues' }).delete();
      await district().db('issues').delete();
      // Three on High Street with the same time, then one on no road, then a void one on Back Alley.
      for (const x of [10, 20, 30]) await send({ ...report, position: at(x, 2), reported_at: '2026-03-01T00:00:00Z' });
      await send({
        ...report,
        position: at(0, 9000),
        kind: 'part',
        code: '01001',
        reported_at: '2026-03-02T00:00:00Z',
      });
      const { id } = await send({
        ...report,
        position: at(250, 101),
        code: '04001',
        reported_at: '2026-02-01T00:00:00.001Z',
      });
      await change(id, { status: 'void' }).expect(200);
    });

    it('pages by time without losing or repeating one, whatever is reported meanwhile', async () => {
      const whole = await list('');
      expect(whole.count).to.equal(5);
      expect(whole.next_cursor).to.equal(null);
      const times = whole.features.map(({ properties }) => properties.reported_at);
      expect(times).to.deep.equal(times.toSorted().toReversed());
      const seen: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const part: IssueList = await list(`limit=1${cursor && `&cursor=${cursor}`}`);
        seen.push(...part.features.map(({ id }) => id));
        if (seen.length === 2) await send({ ...report, reported_at: '2026-04-01T00:00:00Z', external_id: 'meanwhile' });
        cursor = part.next_cursor;
      }
      expect(seen).to.deep.equal(whole.features.map(({ id }) => id));
      await district().db('issues').where({ external_id: 'meanwhile' }).delete();
    });

    const filters: [query: string, count: number][] = [
      ['kind=matter', 4],
      ['kind=part', 1],
      ['code=01002', 3],
      ['code=01002,04001', 4],
      ['code=', 5],
      ['surface=facade', 1],
      ['surface=roof', 0],
      ['status=void', 1],
      ['status=reported,void', 5],
      ['verdict=no_road', 1],
      ['verdict=matched', 4],
      ['from=2026-03-01T00:00:00Z', 4],
      ['to=2026-03-01T00:00:00Z', 1],
      ['from=2026-03-02&to=2026-03-03', 1],
      ['from=2026-03-03', 0],
      ['limit=1', 5],
      ['limit=2&kind=matter', 4],
      ['road_id=987654', 0],
    ];
    for (const [query, count] of filters) {
      it(`counts ${count} for ${query}`, async () => {
        const { features, count: counted } = await list(query);
        expect(counted).to.equal(count);
        expect(features).to.have.length(Math.min(count, Number(/limit=(\d+)/.exec(query)?.[1] ?? 100)));
      });
    }

    it('asks by road, by box and by zone', async () => {
      expect((await list(`road_id=${town.high}`)).count).to.equal(3);
      const [west, south] = toWgs84(crs)(at(15, -10));
      const [e, n] = toWgs84(crs)(at(35, 10));
      expect((await list(`bbox=${west},${south},${e},${n}`)).count).to.equal(2);
      expect((await list('bbox=-180,-90,180,90')).count).to.equal(5);
      expect((await list('bbox=0,0,1,1')).count).to.equal(0);
      const { db } = district();
      const { rows } = await db.raw(
        `insert into zones (code, level, name, geom, change_id)
         select 'Z', 'grid', 'cell', st_multi(st_makeenvelope(?, ?, ?, ?, 4549)), max(id) from change_log returning id`,
        [...at(0, 0), ...at(25, 5)],
      );
      expect((await list(`zone_id=${rows[0].id}`)).count).to.equal(2);
    });

    it('reads the latest page from the index, not from the whole table', async () => {
      const { db } = district();
      await db.raw(
        `insert into issues (kind, code, surface, reported_at, geom, sent_x, sent_y, sent_crs, accuracy_m, verdict, change_id)
         select kind, code, surface, timestamptz '2020-01-01' + n * interval '1 minute', geom, sent_x, sent_y, sent_crs, accuracy_m, 'no_road', change_id
         from (select * from issues where road_id is null limit 1) one, generate_series(1, 5000) n`,
      );
      await db.raw('analyze issues');
      const plan = async (query: string): Promise<string> => {
        const parsed = issueQuery.parse(Object.fromEntries(new URLSearchParams(query)));
        const { rows } = await db.raw(`explain ${issuesSql}`, await issueBindings(db, parsed));
        return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
      };
      expect(await plan('limit=20'))
        .to.include('issues_reported_at_id_idx')
        .and.not.match(/Seq Scan on issues/);
      expect(await plan('limit=20&from=2020-01-02&to=2020-01-03&kind=part')).to.include('issues_reported_at_id_idx');
      expect(await plan('bbox=120.000,31.60,120.0001,31.62')).to.include('issues_geom_idx');
      await db('issues').where('reported_at', '<', '2021-01-01').delete();
    });
  });
});
