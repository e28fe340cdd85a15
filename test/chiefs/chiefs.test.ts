import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import { dataVersions } from '../../api/database/change-log.ts';
import { eachEngine } from '../support/district.ts';
import { addChief, addRoad, addZone, assign, rectangle } from '../support/rows.ts';
import { contextOf } from '../support/server.ts';

eachEngine('chiefs', (district) => {
  const api = () => request(createApp(contextOf(district())));
  const names = (body: { chiefs: { name: string }[] }) => body.chiefs.map(({ name }) => name);
  let town: number;
  let community: number;

  before(async () => {
    const { db } = district();
    town = await addZone(db, rectangle(0, 0, 1000, 1000), { level: 'town', name: '东镇' });
    community = await addZone(db, rectangle(0, 0, 500, 500), { level: 'community', name: '桥南社区', parent_id: town });
  });

  it('are entered, and the entry is in the log with its actor', async () => {
    const { db } = district();
    const before = await dataVersions(db);
    const { body } = await api()
      .post('/api/chiefs')
      .send({ name: ' 李明 ', role: 'community_l2', zone_id: community, external_id: 'c-1', party_member: true })
      .expect(201);
    expect(body).to.include({ name: '李明', zone_name: '桥南社区', held_m: 0, held_roads: 0, phone: null });
    expect(await db('change_log').orderBy('id', 'desc').first('actor', 'kind')).to.deep.equal({
      actor: 'tester',
      kind: 'create_chief',
    });
    expect((await dataVersions(db)).chiefs).to.equal(before.chiefs + 1);
  });

  it('tell the metres they hold now: a side alone counts half, what ended or has not begun does not', async () => {
    const { db } = district();
    const general = await addChief(db, { name: '王总', role: 'general', zone_id: town });
    const road = await addRoad(db, [
      [0, 0],
      [1000, 0],
    ]);
    const other = await addRoad(db, [
      [0, 50],
      [1000, 50],
    ]);
    await assign(db, general, road, [0, 100]);
    await assign(db, general, other, [0, 100], '[0,1)');
    await assign(db, general, other, [500, 1000], '[0,2)', '[2020-01-01,2021-01-01)');
    await assign(db, general, other, [500, 1000], '[0,2)', '[2190-01-01,)');
    const { body } = await api().get(`/api/chiefs/${general}`).expect(200);
    expect(body).to.include({ held_m: 150, held_roads: 2 });
  });

  it('are listed by role, by zone with all inside it, and by part of the name', async () => {
    expect(names((await api().get('/api/chiefs')).body)).to.deep.equal(['王总', '李明']);
    expect(names((await api().get('/api/chiefs?role=community_l2')).body)).to.deep.equal(['李明']);
    expect(names((await api().get(`/api/chiefs?zone_id=${town}`)).body)).to.deep.equal(['王总', '李明']);
    expect(names((await api().get(`/api/chiefs?zone_id=${community}`)).body)).to.deep.equal(['李明']);
    expect(names((await api().get('/api/chiefs').query({ q: '明' })).body)).to.deep.equal(['李明']);
    const first = (await api().get('/api/chiefs?limit=1')).body;
    expect(names((await api().get('/api/chiefs').query({ limit: 1, cursor: first.next_cursor })).body)).to.deep.equal([
      '李明',
    ]);
  });

  it('are changed in place, and what they were is kept', async () => {
    const { db } = district();
    const { id } = await db('chiefs').where({ external_id: 'c-1' }).first('id');
    const { body } = await api().patch(`/api/chiefs/${id}`).send({ phone: '027-1234', zone_id: town }).expect(200);
    expect(body).to.include({ name: '李明', phone: '027-1234', zone_name: '东镇' });
    const [{ before }] = await db('history').where({ table_name: 'chiefs', row_id: id }).select('before');
    expect(before).to.include({ name: '李明', phone: null, zone_id: community });
  });

  it('that change in nothing leave no trace', async () => {
    const { db } = district();
    const { id } = await db('chiefs').where({ external_id: 'c-1' }).first('id');
    const before = await db('change_log').count();
    await api().patch(`/api/chiefs/${id}`).send({ phone: '027-1234' }).expect(200);
    await api().patch(`/api/chiefs/${id}`).send({}).expect(200);
    expect(await db('change_log').count()).to.deep.equal(before);
  });

  const good = { name: '张三', role: 'general' };
  for (const [title, body, status] of [
    ['no name', { role: 'general' }, 400],
    ['a blank name', { ...good, name: '  ' }, 400],
    ['an unknown role', { ...good, role: 'king' }, 400],
    ['an unknown field', { ...good, rank: 1 }, 400],
    ['a zone that is not there', { ...good, zone_id: 999_999 }, 400],
    ['a zone id beyond any', { ...good, zone_id: 9_000_000_000 }, 400],
    ['an external_id that another one has', { ...good, external_id: 'c-1' }, 409],
    ['U+0000 in the name', { ...good, name: 'a\u0000b' }, 400],
    ['a list instead of an object', [], 400],
  ] as const) {
    it(`refuse ${title} with a ${status} problem and write nothing`, async () => {
      const { db } = district();
      const before = await db('change_log').count();
      const answer = await api()
        .post('/api/chiefs')
        .send(body as object);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
      expect(answer.body.detail).to.be.a('string').that.is.not.empty;
      expect(answer.body.hint).to.be.a('string').that.is.not.empty;
      expect(await db('change_log').count()).to.deep.equal(before);
    });
  }

  it('keep their role', async () => {
    const { id } = await district().db('chiefs').where({ external_id: 'c-1' }).first('id');
    const { body } = await api().patch(`/api/chiefs/${id}`).send({ role: 'general' }).expect(400);
    expect(body.errors).to.deep.equal([{ path: 'role', message: 'is not a field that is known here' }]);
    await api().patch('/api/chiefs/999999').send({ name: 'x' }).expect(404);
    await api().get('/api/chiefs/999999').expect(404);
  });

  it('refuse a body that is not JSON, or no body', async () => {
    await api().post('/api/chiefs').set('Content-Type', 'application/json').send('{"name":').expect(400);
    await api().post('/api/chiefs').expect(400);
  });
});
