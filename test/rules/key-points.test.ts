import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { carryKeyPoints } from '../../api/rules/key-points.ts';
import type { KeyPoint, KeyPointList } from '../../api/rules/key-points.contract.ts';
import { eachEngine } from '../support/district.ts';
import { contextOf } from '../support/server.ts';
import { buildTown, east, north, type Town } from '../support/town.ts';

const degrees = toWgs84('EPSG:4549');
const place = (x: number, y: number): [number, number] => degrees([east + x, north + y]);

eachEngine('key points and the calendar over HTTP', (district) => {
  let api: ReturnType<typeof request>;
  let town: Town;
  before(async () => {
    town = await buildTown(district().db);
    api = request(createApp(contextOf(district())));
  });

  it('lie on the road beside them, with as much of it around as is meant', async () => {
    const { body } = await api
      .post('/api/key-points')
      .send({ name: '南门菜市', external_id: 'K1', position: place(10, 8), crs: 'wgs84', reach_m: 30 })
      .expect(201);
    expect(body).to.deep.include({
      road_id: town.high,
      measure_m: 10,
      reach_m: 30,
      from_m: 0,
      to_m: 40,
      sides: 'both',
    });
    const { key_points } = (await api.get('/api/key-points').expect(200)).body as KeyPointList;
    expect(key_points.map(({ name }) => name)).to.deep.equal(['南门菜市']);
  });

  it('stay with their place when the road is redrawn', async () => {
    const { db } = district();
    await db.raw(`update roads set geom = st_geomfromtext(?, (select srid from district)) where id = ?`, [
      `linestring(${east - 100} ${north}, ${east + 1000} ${north})`,
      town.high,
    ]);
    await carryKeyPoints(db, [town.high]);
    const { key_points } = (await api.get('/api/key-points')).body as KeyPointList;
    expect(key_points[0]).to.include({ measure_m: 110 });
  });

  it('end, and are still there at the dates before', async () => {
    const before = new Date().toISOString();
    const { key_points } = (await api.get('/api/key-points')).body as KeyPointList;
    const { id } = key_points[0]!;
    const { body } = await api.post(`/api/key-points/${id}/end`).send({}).expect(200);
    expect((body as KeyPoint).valid_to).to.be.a('string');
    expect(((await api.get('/api/key-points')).body as KeyPointList).key_points).to.deep.equal([]);
    expect(((await api.get(`/api/key-points?at=${before}`)).body as KeyPointList).key_points).to.have.length(1);
    await api.post(`/api/key-points/${id}/end`).send({}).expect(409);
    await api.post('/api/key-points/99999/end').send({}).expect(404);
    await api.post(`/api/key-points/${id}/end`).send({ at: '2026-01-01' }).expect(400);
  });

  for (const [title, more, status] of [
    ['a place without a road', { position: place(500, 3000) }, 400],
    ['swapped coordinates', { position: place(10, 8).toReversed() }, 400],
    ['an id that is taken', { external_id: 'K1' }, 409],
    ['no name', { name: ' ' }, 400],
    ['a reach of a kilometre', { reach_m: 1000 }, 400],
  ] as const) {
    it(`refuse ${title}`, async () => {
      const { type } = await api
        .post('/api/key-points')
        .send({ name: '学校', position: place(10, 8), crs: 'wgs84', ...more })
        .expect(status);
      expect(type).to.equal('application/problem+json');
    });
  }

  it('are not told to be none where there is no such zone', async () => {
    await api.get('/api/key-points?zone_id=999999').expect(404);
  });

  it('set days of the calendar, and set them again', async () => {
    const holiday = { day: '2026-10-01', working: false, note: '国庆节' };
    await api
      .post('/api/calendar')
      .send({ days: [holiday, { day: '2026-10-10', working: true, note: '调休' }] })
      .expect(200);
    await api
      .post('/api/calendar')
      .send({ days: [{ ...holiday, note: '国庆' }] })
      .expect(200);
    expect((await api.get('/api/calendar?year=2026').expect(200)).body).to.deep.equal({
      days: [
        { ...holiday, note: '国庆' },
        { day: '2026-10-10', working: true, note: '调休' },
      ],
    });
    expect((await api.get('/api/calendar?year=2025')).body).to.deep.equal({ days: [] });
    await api
      .post('/api/calendar')
      .send({ days: [holiday, holiday] })
      .expect(400);
    await api
      .post('/api/calendar')
      .send({ days: [{ day: 'tomorrow', working: true }] })
      .expect(400);
  });
});
