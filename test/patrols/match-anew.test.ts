import { expect } from 'chai';
import type { Database } from '../../api/database/connect.ts';
import { openChange, touch } from '../../api/database/change-log.ts';
import { matchAnew } from '../../api/patrols/match-anew.ts';
import { findPatrol, listPasses } from '../../api/patrols/patrols.queries.ts';
import { engines } from '../support/district.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addChief, addRoad, buildTown, east, north, type Town } from '../support/town.ts';
import { ndjson, sendTrack, walk } from '../support/patrol-tracks.ts';

for (const engine of engines) {
  describe(`patrols are matched anew (${engine})`, () => {
    let server: TestServer;
    let db: Database;
    let town: Town;
    let onHigh: number;
    let onBack: number;
    before(async () => {
      server = await startTestServer(async (district) => {
        town = await buildTown(district.db);
      }, engine);
      db = server.district.db;
      const chief_id = town.chiefs.community_l2[0];
      const high = walk('2026-05-01T08:00:00+08:00', 300, (second) => [650 + second, 0]);
      const back = walk('2026-05-01T09:00:00+08:00', 200, (second) => [1.4 * second, 100]);
      onHigh = (await sendTrack(server.url, ndjson(high), { external_id: 'high', chief_id })).body.id;
      onBack = (await sendTrack(server.url, ndjson(back), { external_id: 'back', chief_id })).body.id;
    });
    after(() => server.stop());

    const roadsOf = async (id: number): Promise<number[]> => [
      ...new Set(
        (await listPasses(db, id)).features.filter((f) => f.properties.credited).map((f) => f.properties.road_id),
      ),
    ];
    /** Where it left the roads, as metres from the corner of the town, and the seconds of its times. */
    const offRoad = async (id: number): Promise<{ box: number[]; seconds: number }[]> => {
      const { rows } = await db.raw<{ rows: { box: number[]; seconds: number }[] }>(
        `select array[st_xmin(geom) - ?, st_ymin(geom) - ?, st_xmax(geom) - ?, st_ymax(geom) - ?] as box,
           extract(epoch from upper(walked) - lower(walked))::double precision as seconds
         from off_road_walks where patrol_id = ? order by number`,
        [east, north, east, north, id],
      );
      return rows;
    };
    async function move(road: number, metres: number): Promise<void> {
      const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
      await db.raw('update roads set geom = st_translate(geom, 0, ?), change_id = ? where id = ?', [
        metres,
        change_id,
        road,
      ]);
      await db.raw('select refresh_segments(array[?::integer])', [road]);
      await touch(db, 'roads');
    }

    it('not at all while nothing changed', async () => {
      expect(await matchAnew(db)).to.equal(0);
      expect(await roadsOf(onHigh)).to.deep.equal([town.high]);
      expect(await roadsOf(onBack)).to.deep.equal([town.back]);
    });

    it('only where roads changed: the other is brought up to the version', async () => {
      const far = await addRoad(db, {
        external_id: 'new',
        name: null,
        class: 'alley',
        line: [
          [600, 250],
          [900, 250],
        ],
      });
      expect((await findPatrol(db, onBack)).stale).to.equal(true);
      // 250 m north of the one walk; 300 m east of the other.
      expect(await matchAnew(db)).to.equal(0);
      expect((await findPatrol(db, onBack)).stale).to.equal(false);

      await move(far, -245);
      expect(await matchAnew(db)).to.equal(1);
      const { rows } = await db.raw<{ rows: { id: number; network_version: number }[] }>(
        `select t.id, t.network_version from patrols t, data_versions v where v.kind = 'roads' and v.version = t.network_version`,
      );
      expect(rows).to.have.length(2);
      await db('roads').where({ id: far }).delete();
      await touch(db, 'roads');
      expect(await matchAnew(db)).to.equal(1);
    });

    it('when their road was moved away, and when it comes back; the track stays as it was sent', async () => {
      const before = await db('patrols').where({ id: onBack }).first('sent_times', 'sent_positions');
      const walked = (await findPatrol(db, onBack)).walked_m;
      await move(town.back, 600);
      expect(await matchAnew(db)).to.equal(1);
      expect(await roadsOf(onBack)).to.deep.equal([]);
      expect((await findPatrol(db, onBack)).walked_m).to.equal(0);
      // What was a pass is a walk off the roads now: 280 m in 200 s, without the first step.
      const [walk, ...more] = await offRoad(onBack);
      expect(more).to.deep.equal([]);
      expect(walk!.seconds).to.be.within(170, 200);
      for (const [i, bound] of [0, 100, 280, 100].entries()) expect(walk!.box[i]).to.be.closeTo(bound, 30);
      await move(town.back, -600);
      expect(await matchAnew(db)).to.equal(1);
      expect(await roadsOf(onBack)).to.deep.equal([town.back]);
      expect((await findPatrol(db, onBack)).walked_m).to.equal(walked);
      expect(await offRoad(onBack)).to.deep.equal([]);
      expect(await db('patrols').where({ id: onBack }).first('sent_times', 'sent_positions')).to.deep.equal(before);
    });

    it('what was interrupted', async () => {
      await db('patrols').where({ id: onHigh }).update({ roads_digest: null });
      expect((await findPatrol(db, onHigh)).stale).to.equal(true);
      expect(await matchAnew(db, () => true)).to.equal(0);
      expect(await matchAnew(db)).to.equal(1);
      expect((await findPatrol(db, onHigh)).stale).to.equal(false);
    });

    it('and credited anew when another confidence is asked for', async () => {
      const { walked_m } = await findPatrol(db, onHigh);
      await db('passes').where({ patrol_id: onHigh }).update({ credited: false });
      await db('patrols').where({ id: onHigh }).update({ least_confidence: 1, walked_cm: 0 });
      await matchAnew(db);
      expect((await findPatrol(db, onHigh)).walked_m).to.equal(walked_m);
    });
  });
}

for (const engine of engines) {
  it(`a walk in a district without roads is kept, and matched when they come (${engine})`, async () => {
    const { url, district, stop } = await startTestServer(async () => {}, engine);
    try {
      const chief_id = await addChief(district.db, 'A', 'general');
      const body = ndjson(walk('2026-05-01T08:00:00+08:00', 500));
      const sent = await sendTrack(url, body, { external_id: 'early', chief_id });
      expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
      expect(sent.body).to.deep.include({ walked_m: 0, stale: false });
      expect(await district.db('off_road_walks').where({ patrol_id: sent.body.id })).to.have.length(1);
      await buildTown(district.db);
      expect(await matchAnew(district.db)).to.equal(1);
      expect((await findPatrol(district.db, sent.body.id)).walked_m).to.be.above(600);
      expect(await district.db('off_road_walks')).to.deep.equal([]);
    } finally {
      await stop();
    }
  });
}
