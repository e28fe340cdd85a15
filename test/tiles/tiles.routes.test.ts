import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import { touch } from '../../api/database/change-log.ts';
import { tileAt } from '../../api/geometry/tile.ts';
import { tileJson, layerNames } from '../../api/tiles/tiles.contract.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, rectangle } from '../support/rows.ts';
import { contextOf } from '../support/server.ts';

eachEngine('tile routes', (district) => {
  const get = (path: string) => request(createApp(contextOf(district()))).get(path);
  const { x, y } = tileAt(14, 120.0052, 30.4995);
  const roads = `/tiles/roads/14/${x}/${y}.mvt`;
  let zone: number;

  before(async () => {
    const { db } = district();
    for (let i = 0; i < 40; i++)
      await addRoad(
        db,
        [
          [0, 10 * i],
          [1000, 500],
        ],
        { name: `解放路 ${i}`, class: 'main' },
      );
    zone = await addZone(db, rectangle(0, 0, 400, 1000), { level: 'town', name: '西街道' });
    await db.raw('select refresh_segments(null)');
  });

  it('answer TileJSON 3.0 whose addresses are whole, carry the version and pass filters on', async () => {
    for (const layer of layerNames) {
      const { body } = await get(`/tiles/${layer}.json`).set('Host', 'luzhang.test:8080').expect(200);
      tileJson.parse(body);
      expect(body.tiles[0]).to.match(
        new RegExp(`^http://luzhang.test:8080/tiles/${layer}/\\{z\\}/\\{x\\}/\\{y\\}\\.mvt\\?v=[\\w-]{12}$`),
      );
      expect(body.vector_layers[0].id).to.equal(layer);
      const [west, south, east, north] = body.bounds;
      expect([west, south, east, north].map((degrees: number) => Math.round(degrees * 100) / 100)).to.deep.equal([
        120, 30.5, 120.01, 30.5,
      ]);
    }
    const { body } = await get(`/tiles/gaps.json?role=general&zone_id=${zone}&v=old&other=1`).expect(200);
    expect(body.tiles[0]).to.match(new RegExp(`\\?v=[\\w-]{12}&role=general&zone_id=${zone}$`));
  });

  it('answer tiles, gzipped, kept for an hour when asked for by version', async () => {
    const { body } = await get('/tiles/roads.json');
    const address = body.tiles[0].replace('{z}', 14).replace('{x}', x).replace('{y}', y);
    const tile = await get(new URL(address).pathname + new URL(address).search)
      .set('Accept-Encoding', 'gzip')
      .expect(200);
    expect(tile.headers).to.include({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'cache-control': 'private, max-age=3600',
    });
    expect((await get(roads).expect(200)).headers['cache-control']).to.equal('no-cache');
  });

  it('answer 304 until the data changes', async () => {
    const { etag } = (await get(roads).expect(200)).headers;
    await get(roads).set('If-None-Match', etag!).expect(304);
    await touch(district().db, 'issues');
    await get(roads).set('If-None-Match', etag!).expect(304);
    await touch(district().db, 'roads');
    await get(roads).set('If-None-Match', etag!).expect(200);
  });

  it('answer 204 where there is nothing', async () => {
    for (const path of [
      '/tiles/roads/14/0/0.mvt',
      '/tiles/roads/0/0/0.mvt',
      '/tiles/issues/10/853/420.mvt',
      '/tiles/zones/8/0/255.mvt',
      `${roads}?status=planned`,
    ]) {
      const { headers } = await get(path).expect(204);
      expect(headers.etag).to.match(/^W\/"/);
    }
  });

  for (const [path, status] of [
    ['/tiles/rivers.json', 404],
    ['/tiles/rivers/14/1/1.mvt', 404],
    ['/tiles/toString/14/1/1.mvt', 404],
    ['/tiles/roads/25/1/1.mvt', 400],
    ['/tiles/roads/2/4/1.mvt', 400],
    ['/tiles/roads/-1/0/0.mvt', 400],
    ['/tiles/roads/1.5/0/0.mvt', 400],
    ['/tiles/roads/z/x/y.mvt', 400],
    ['/tiles/roads/1/0.mvt', 404],
    ['/tiles/roads/99999999999999999999/0/0.mvt', 400],
    ['/tiles/gaps/14/1/1.mvt?role=king', 400],
    ['/tiles/gaps/14/1/1.mvt?role=general&role=town_l1', 400],
    ['/tiles/gaps.json?zone_id=999999', 404],
    ['/tiles/segments/14/1/1.mvt?zone_id=abc', 400],
    [`/tiles/segments/14/${x}/${y}.mvt?zone_id=99999999999`, 400],
    ['/tiles/issues/14/1/1.mvt?from=yesterday', 400],
    ['/tiles/issues/14/1/1.mvt?status=nosuch', 400],
    ['/tiles/issues/14/1/1.mvt?code=%7B1%7D', 400],
    ['/tiles/issues.json?kind=thing', 400],
  ] as const) {
    it(`answer ${path} with a ${status} problem`, async () => {
      const { body } = await get(path)
        .expect(status)
        .expect('Content-Type', /application\/problem\+json/);
      expect(body.hint).to.be.a('string').that.is.not.empty;
    });
  }
});
