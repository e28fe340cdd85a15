import { expect } from 'chai';
import { engines } from '../support/district.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { buildTown, type Town } from '../support/town.ts';
import { clearPatrols, gpx, lineFeature, ndjson, sendTrack, walk, type Sent } from '../support/patrol-tracks.ts';

for (const engine of engines) {
  describe(`patrols over HTTP (${engine})`, () => {
    let server: TestServer;
    let town: Town;
    let chief_id: number;
    before(async () => {
      server = await startTestServer(async ({ db }) => {
        town = await buildTown(db);
      }, engine);
      chief_id = town.chiefs.community_l2[0];
    });
    after(() => server.stop());
    afterEach(() => clearPatrols(server.district.db));

    const get = async (path: string): Promise<Sent> => {
      const answer = await fetch(server.url + path);
      return { status: answer.status, body: (await answer.json()) as Sent['body'] };
    };
    const fixes = walk('2026-05-01T08:00:00+08:00', 500);

    it('keeps a walk of 700 m and credits what was walked', async () => {
      const { status, body } = await sendTrack(server.url, ndjson(fixes), { external_id: 'p1', chief_id });
      expect(status, JSON.stringify(body)).to.equal(201);
      expect(body).to.deep.include({ external_id: 'p1', fixes: 101, dropped: [], stale: false });
      expect(body.chief).to.deep.include({ id: chief_id, role: 'community_l2' });
      expect(body.started_at).to.equal('2026-05-01T00:00:00.000Z');
      expect(body.ended_at).to.equal('2026-05-01T00:08:20.000Z');
      expect(body.walked_m).to.be.within(660, 740);
      expect(body.estimate.interval_s).to.be.closeTo(5, 0.01);

      const passes = await get(`/api/patrols/${body.id}/passes`);
      const credited = passes.body.features.filter(
        (one: { properties: { credited: boolean } }) => one.properties.credited,
      );
      for (const { properties, geometry } of credited) {
        expect(properties).to.deep.include({ road_id: town.high, road_name: 'High Street', sides: 'both' });
        expect(geometry.type).to.equal('LineString');
      }
      const track = await get(`/api/patrols/${body.id}/track`);
      expect(track.body.geometry.coordinates).to.deep.equal(fixes.map(({ position }) => position));
      expect(track.body.properties.times[1]).to.equal('2026-05-01T00:00:05.000Z');
      expect(track.body.properties.accuracies_m[0]).to.equal(5);
    });

    it('reads the same walk as GeoJSON and as GPX', async () => {
      const walked: number[] = [];
      for (const [type, body] of [
        ['application/x-ndjson', ndjson(fixes)],
        ['application/geo+json', lineFeature(fixes)],
        ['application/gpx+xml', gpx(fixes)],
      ] as const) {
        const sent = await sendTrack(server.url, body, { external_id: type, chief_id }, type);
        expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
        walked.push(sent.body.walked_m);
      }
      expect(walked[1]).to.be.closeTo(walked[0]!, 10); // without the accuracies
      expect(walked[2]).to.equal(walked[1]);
    });

    it('takes the same track twice as one, and refuses another one under its id', async () => {
      const first = await sendTrack(server.url, ndjson(fixes), { external_id: 'twice', chief_id });
      const again = await sendTrack(server.url, ndjson(fixes), { external_id: 'twice', chief_id });
      expect(again.status).to.equal(200);
      expect(again.body).to.deep.equal(first.body);
      const other = await sendTrack(server.url, ndjson(fixes.slice(1)), { external_id: 'twice', chief_id });
      expect(other.status).to.equal(409);
      expect(other.body).to.deep.include({ patrol_id: first.body.id });
      expect(other.body.detail).to.contain('its track was another one');
      const others = await sendTrack(server.url, ndjson(fixes), { external_id: 'twice', chief_id: chief_id + 1 });
      expect(others.body.detail).to.contain(`it was walked by chief ${chief_id}`);
      expect((await get('/api/patrols')).body.count).to.equal(1);
    });

    it('takes five at the same moment as one', async () => {
      const five = await Promise.all(
        Array.from({ length: 5 }, () => sendTrack(server.url, ndjson(fixes), { external_id: 'five', chief_id })),
      );
      expect(five.map(({ status }) => status).toSorted()).to.deep.equal([200, 200, 200, 200, 201]);
      expect(new Set(five.map(({ body }) => body.id)).size).to.equal(1);
      const changes = await server.district.db('change_log').whereRaw(`details->>'external_id' = 'five'`);
      expect(changes).to.have.length(1);
    });

    it('lists the latest first, by page and by filter', async () => {
      for (const [i, day] of ['01', '03', '02'].entries()) {
        const sent = walk(`2026-05-${day}T08:00:00+08:00`, 100, undefined, { seed: i });
        await sendTrack(server.url, ndjson(sent), { external_id: `day ${day}`, chief_id });
      }
      const names = (answer: Sent): string[] =>
        answer.body.patrols.map((one: { external_id: string }) => one.external_id);
      const all = await get('/api/patrols?limit=2');
      expect(names(all)).to.deep.equal(['day 03', 'day 02']);
      expect(all.body.count).to.equal(3);
      expect(names(await get(`/api/patrols?limit=2&cursor=${all.body.next_cursor}`))).to.deep.equal(['day 01']);
      expect(names(await get('/api/patrols?from=2026-05-02&to=2026-05-03'))).to.deep.equal(['day 02']);
      expect(names(await get(`/api/patrols?road_id=${town.mill}`))).to.deep.equal([]);
      expect(names(await get(`/api/patrols?role=general`))).to.deep.equal([]);
      expect(names(await get('/api/patrols?bbox=119.99,31.6,120.02,31.65'))).to.have.length(3);
      expect(names(await get('/api/patrols?bbox=119,31.6,119.5,31.65'))).to.have.length(0);
    });

    it('keeps a walk where no road is, and says so', async () => {
      const away = walk('2026-05-01T08:00:00+08:00', 300, (second) => [1.4 * second, 5000]);
      const { status, body } = await sendTrack(server.url, ndjson(away), { external_id: 'away', chief_id });
      expect(status, JSON.stringify(body)).to.equal(201);
      expect(body).to.deep.include({ walked_m: 0, matched_m: 0 });
      expect(body.unmatched.map(({ because }: { because: string }) => because)).to.include('off_network');
      expect((await get(`/api/patrols/${body.id}/passes`)).body.features).to.deep.equal([]);
    });

    it('knows a replay: another day, another chief, half of it', async () => {
      const first = await sendTrack(server.url, ndjson(fixes), { external_id: 'walked', chief_id });
      const replay = fixes.slice(20, 80).map((fix) => ({
        ...fix,
        time: new Date(Date.parse(fix.time) + 86_400_000).toISOString(),
      }));
      const { body } = await sendTrack(server.url, ndjson(replay), { external_id: 'replayed', chief_id: chief_id + 1 });
      const flag = body.genuineness.find(({ kind }: { kind: string }) => kind === 'repeated_track');
      expect(flag).to.deep.include({ patrol_id: first.body.id, fixes: 60 });
      const other = walk('2026-05-02T08:00:00+08:00', 500, undefined, { seed: 99 });
      const honest = await sendTrack(server.url, ndjson(other), { external_id: 'honest', chief_id });
      expect(honest.body.genuineness).to.deep.equal([]);
    });

    it('shows a long track out of the thread as a short one', async () => {
      const long = walk('2026-05-01T08:00:00+08:00', 6000, (second) => [(0.1 * second) % 1000, 0], { every_s: 1 });
      const { body } = await sendTrack(server.url, ndjson(long), { external_id: 'long', chief_id });
      const track = await get(`/api/patrols/${body.id}/track`);
      expect(track.body.geometry.coordinates).to.deep.equal(long.map(({ position }) => position));
      expect(track.body.properties.times).to.deep.equal(long.map(({ time }) => time));
    });

    it('reads positions in the CRS that is declared', async () => {
      const { fromWgs84 } = await import('../../api/geometry/crs.ts');
      const wgs84 = await sendTrack(server.url, ndjson(fixes), { external_id: 'wgs84', chief_id });
      for (const crs of ['gcj02', 'bd09', 'EPSG:4549']) {
        const there = fixes.map((fix) => ({ ...fix, position: fromWgs84(crs)(fix.position) }));
        const { status, body } = await sendTrack(server.url, ndjson(there), { external_id: crs, chief_id, crs });
        expect(status, JSON.stringify(body)).to.equal(201);
        expect(body.walked_m).to.be.closeTo(wgs84.body.walked_m, 1);
        const track = await get(`/api/patrols/${body.id}/track`);
        expect(track.body.geometry.coordinates[0][0]).to.be.closeTo(fixes[0]!.position[0], 1e-6);
      }
      // Beijing 1954 is not built in: the database has it.
      const metric = fixes.map((fix) => ({ ...fix, position: fromWgs84('EPSG:4549')(fix.position) }));
      const old = await sendTrack(server.url, ndjson(metric), { external_id: 'old', chief_id, crs: 'EPSG:2437' });
      expect(old.status, JSON.stringify(old.body)).to.equal(201);
      expect((await get(`/api/patrols/${old.body.id}/track`)).status).to.equal(200);
      const again = await sendTrack(server.url, ndjson(metric), { external_id: 'old', chief_id, crs: 'epsg:2437' });
      expect(again.status).to.equal(200);
    });

    it('answers 404 for a patrol that is not there', async () => {
      for (const path of ['', '/track', '/passes']) expect((await get(`/api/patrols/999${path}`)).status).to.equal(404);
    });
  });
}
