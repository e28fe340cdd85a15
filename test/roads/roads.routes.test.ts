import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import { roadsAsked } from '../../api/roads/roads.queries.ts';
import { roadQuery } from '../../api/roads/roads.contract.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, rectangle } from '../support/rows.ts';
import { contextOf } from '../support/server.ts';

eachEngine('roads', (district) => {
  const get = (path: string) => request(createApp(contextOf(district()))).get(path);
  const names = (body: { features: { properties: { name: string | null } }[] }) =>
    body.features.map(({ properties }) => properties.name);
  let first: number;

  before(async () => {
    const { db } = district();
    first = await addRoad(
      db,
      [
        [0, 0],
        [1000, 0],
      ],
      { name: '解放大道', class: 'main', external_id: 'w1' },
    );
    await addRoad(
      db,
      [
        [0, 0],
        [0, 300],
        [400, 300],
      ],
      { name: '解放巷', class: 'alley', other_names: ['100%巷'] },
    );
    await addRoad(
      db,
      [
        [5000, 5000],
        [5100, 5000],
      ],
      { name: null, status: 'planned' },
    );
    const zone = await addZone(db, rectangle(0, -10, 500, 10), { level: 'town', name: '东镇' });
    await db('zone_stretches').insert({
      zone_id: zone,
      level: 'town',
      road_id: first,
      span: '[0,50000)',
      sides: '[0,2)',
    });
  });

  it('come as GeoJSON in longitude and latitude, with their length in metres', async () => {
    const { body } = await get(`/api/roads/${first}`).expect(200);
    expect(body.properties).to.include({
      name: '解放大道',
      class: 'main',
      length_m: 1000,
      external_id: 'w1',
      geometry_version: 1,
    });
    const [[lon, lat], [east]] = body.geometry.coordinates;
    expect(lon).to.equal(120);
    expect(lat).to.be.closeTo(30.5, 0.01);
    // A kilometre east at 30.5° N is 1000 / (111,320 · cos 30.5°) of a degree.
    expect(east - 120).to.be.closeTo(1000 / (111_320 * Math.cos((30.5 * Math.PI) / 180)), 2e-5);
  });

  it('are found by a part of the name, another name or the external id', async () => {
    expect(names((await get('/api/roads').query({ q: '解放' })).body)).to.deep.equal(['解放大道', '解放巷']);
    expect(names((await get('/api/roads').query({ q: '大道' })).body)).to.deep.equal(['解放大道']);
    expect(names((await get('/api/roads').query({ q: 'w1' })).body)).to.deep.equal(['解放大道']);
    expect(names((await get('/api/roads').query({ q: '100%' })).body)).to.deep.equal(['解放巷']);
    expect(names((await get('/api/roads').query({ q: '%' })).body)).to.deep.equal(['解放巷']);
  });

  it('take SQL in a name as a name', async () => {
    const { body } = await get('/api/roads').query({ q: "'; drop table roads; --" }).expect(200);
    expect(body.features).to.deep.equal([]);
  });

  it('are filtered by class, status and zone', async () => {
    expect(names((await get('/api/roads?class=alley')).body)).to.deep.equal(['解放巷']);
    expect(names((await get('/api/roads?status=planned')).body)).to.deep.equal([null]);
    const { id } = await district().db('zones').first('id');
    expect(names((await get(`/api/roads?zone_id=${id}`)).body)).to.deep.equal(['解放大道']);
  });

  it('are found by where they are, not by the box around them', async () => {
    // The alley goes up from the origin and then right: the box around it holds this one, the line does not.
    const inside = await get('/api/roads?bbox=120.001,30.4905,120.002,30.491');
    expect(names(inside.body)).to.deep.equal([]);
    const { body } = await get('/api/roads?bbox=119.999,30.48,120.0005,30.51');
    expect(names(body)).to.deep.equal(['解放大道', '解放巷']);
    expect((await get('/api/roads?bbox=-180,-90,180,90')).body.features).to.have.lengthOf(3);
    expect((await get('/api/roads?bbox=-120,-90,-100,90')).body.features).to.have.lengthOf(0);
  });

  it('are paged by cursor, none twice and none left out', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await get('/api/roads').query({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...body.features.map(({ id }: { id: number }) => id));
      cursor = body.next_cursor;
    } while (cursor);
    expect(seen).to.deep.equal([first, first + 1, first + 2]);
  });

  for (const [path, status] of [
    ['/api/roads/999999', 404],
    ['/api/roads/99999999999', 400],
    ['/api/roads/one', 400],
    ['/api/roads?zone_id=999999', 404],
    ['/api/roads?class=boulevard', 400],
    ['/api/roads?bbox=1,2,3', 400],
    ['/api/roads?bbox=30.5,120,30.6,121', 400],
    ['/api/roads?bbox=NaN,0,1,1', 400],
    ['/api/roads?limit=0', 400],
    ['/api/roads?cursor=abc', 400],
    [`/api/roads?cursor=${Buffer.from('[1e300]').toString('base64url')}`, 400],
    ['/api/roads?q=%00', 400],
    ['/api/roads/%E4%A', 400],
  ] as const) {
    it(`answers ${path} with a ${status} problem`, async () => {
      const { body } = await get(path)
        .expect(status)
        .expect('Content-Type', /application\/problem\+json/);
      expect(body.detail).to.be.a('string').that.is.not.empty;
      expect(body.hint).to.be.a('string').that.is.not.empty;
    });
  }

  it('are looked for with the spatial index', async () => {
    const { db } = district();
    await db
      .transaction(async (trx) => {
        await trx.raw(
          `
        insert into roads (class, geom, change_id)
        select 'branch', st_translate(geom, 20 * (n % 100), 20 * (n / 100)), change_id
        from roads, generate_series(1, 4000) as n where id = ?`,
          [first],
        );
        await trx.raw('analyze roads');
        const asked = roadsAsked(trx, roadQuery.parse({ bbox: '120.001,30.4905,120.002,30.491' }));
        const { rows } = await trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`explain ${asked.toString()}`);
        expect(rows.map((row) => row['QUERY PLAN']).join('\n')).to.match(/roads_geom_idx/);
        await trx.rollback();
      })
      .catch((error: Error) => {
        if (!/rolled|rollback/i.test(error.message)) throw error;
      });
  });
});
