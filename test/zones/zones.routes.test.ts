import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, rectangle } from '../support/rows.ts';
import { contextOf } from '../support/server.ts';

eachEngine('zones', (district) => {
  const get = (path: string) => request(createApp(contextOf(district()))).get(path);
  let whole: number;
  let west: number;
  let east: number;

  before(async () => {
    const { db } = district();
    whole = await addZone(db, rectangle(0, 0, 2000, 1000), { level: 'district', name: '云溪区' });
    west = await addZone(db, rectangle(0, 0, 1000, 1000), { level: 'town', name: '西街道', parent_id: whole });
    east = await addZone(db, rectangle(1000, 0, 2000, 1000), { level: 'town', name: '东街道', parent_id: whole });
    await addZone(db, rectangle(500, 200, 1500, 800), { level: 'bureau', name: '四线以内', parent_id: whole });
  });

  it('come from the district down, with their area and the roads in them', async () => {
    const { db } = district();
    const road = await addRoad(db, [
      [900, 500],
      [1100, 500],
    ]);
    await db('zone_stretches').insert([
      { zone_id: west, level: 'town', road_id: road, span: '[0,10000)', sides: '[0,2)' },
      { zone_id: east, level: 'town', road_id: road, span: '[10000,20000)', sides: '[1,2)' },
    ]);
    const stray = await addRoad(db, [
      [998, 10],
      [1000.3, 10],
    ]);
    await db('zone_stretches').insert({
      zone_id: east,
      level: 'town',
      road_id: stray,
      span: '[200,230)',
      sides: '[0,2)',
    });
    const { body } = await get('/api/zones').expect(200);
    const told = body.features.map(({ properties: p }: { properties: Record<string, unknown> }) => [
      p.name,
      p.area_km2,
      p.road_count,
      p.road_m,
    ]);
    expect(told).to.deep.equal([
      ['云溪区', 2, 0, 0],
      ['西街道', 1, 1, 100],
      ['东街道', 1, 1, 50.3],
      ['四线以内', 0.6, 0, 0],
    ]);
    expect(body.features[0].geometry.type).to.equal('MultiPolygon');
  });

  it('are filtered by level and parent, and come without outlines when asked', async () => {
    const { body } = await get(`/api/zones?level=town&parent_id=${whole}&geometry=false`).expect(200);
    expect(body.features.map(({ id }: { id: number }) => id)).to.deep.equal([west, east]);
    expect(body.features[0].geometry).to.equal(null);
  });

  it('that tile their parent have no fault, and the bureau-led area may lie across towns', async () => {
    const { body } = await get('/api/zones/check').expect(200);
    expect(body).to.deep.equal({ faults: [] });
  });

  it('tell every overlap, hole and overhang with its area, and leave noise out', async () => {
    const { db } = district();
    // Communities of the western town: a hole of 100 × 1000 m, an overlap of 50 × 1000 m, 20 × 500 m outside,
    // and a border that is 5 cm off.
    const one = await addZone(db, rectangle(0, 0, 450, 1000), { level: 'community', name: '一', parent_id: west });
    const two = await addZone(db, rectangle(400, 0, 700, 1000), { level: 'community', name: '二', parent_id: west });
    const three = await addZone(db, rectangle(699.95, 0, 900, 500), {
      level: 'community',
      name: '三',
      parent_id: west,
    });
    const four = await addZone(db, rectangle(700, 500, 900, 1020), { level: 'community', name: '四', parent_id: west });
    const { body } = await get('/api/zones/check').expect(200);
    expect(body.faults).to.deep.equal([
      { fault: 'hole', zone_ids: [west], names: ['西街道'], area_m2: 100_000 },
      { fault: 'overlap', zone_ids: [one, two], names: ['一', '二'], area_m2: 50_000 },
      { fault: 'outside_parent', zone_ids: [four, west], names: ['四', '西街道'], area_m2: 4000 },
    ]);
    expect(three).to.be.a('number');
  });

  for (const [path, status] of [
    ['/api/zones?level=province', 400],
    ['/api/zones?parent_id=x', 400],
    ['/api/zones?parent_id=999999', 404],
    ['/api/zones?geometry=maybe', 400],
  ] as const) {
    it(`answer ${path} with a ${status} problem`, async () => {
      await get(path)
        .expect(status)
        .expect('Content-Type', /application\/problem\+json/);
    });
  }
});
