import { expect } from 'chai';
import { touch, openChange } from '../../api/database/change-log.ts';
import { ensureStanding } from '../../api/coverage/standing-faults.ts';
import { standingState, writeStanding } from '../../api/coverage/standing-faults.queries.ts';
import { refreshRoadNodes } from '../../api/roads/take-roads.ts';
import { checkZones } from '../../api/zones/zones.queries.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, rectangle } from '../support/rows.ts';

type Kept = { key: string; length_cm: number; span: string | null; details: object; since: Date; until: Date | null };

eachEngine('standing faults', (district) => {
  let high: number;
  let lane: number;

  /** Dates a road's or a zone's last change, and says that its kind of data changed. */
  async function changed(table: 'roads' | 'zones', id: number, at: string): Promise<void> {
    const { db } = district();
    await db.transaction(async (trx) => {
      const change_id = await openChange(trx, { actor: 'tester', kind: 'test' });
      await trx('change_log').where({ id: change_id }).update({ at });
      await trx(table).where({ id }).update({ change_id });
      if (table === 'roads') await refreshRoadNodes(trx);
      await touch(trx, table);
    });
  }

  /** All that was ever kept of a kind, those in force first. */
  async function kept(kind: string): Promise<Kept[]> {
    const { rows } = await district().db.raw<{ rows: Kept[] }>(
      `select key, length_cm, span::text as span, details, lower(validity) as since, upper(validity) as until
       from standing_faults where kind = ? order by upper(validity) desc nulls first, key`,
      [kind],
    );
    return rows;
  }
  const keys = async (kind: string): Promise<string[]> =>
    (await kept(kind)).filter(({ until }) => until === null).map(({ key }) => key);
  const standingVersion = async (): Promise<number> =>
    (await district().db('data_versions').where({ kind: 'standing' }).first('version'))!.version;

  before(async () => {
    const { db } = district();
    high = await addRoad(
      db,
      [
        [0, 0],
        [500, 0],
        [1000, 0],
      ],
      { name: 'High Street' },
    );
    lane = await addRoad(db, [
      [500, 200],
      [500, 2],
    ]);
    await db('change_log').update({ at: '2026-01-01T00:00:00Z' });
    await changed('roads', high, '2026-02-01T00:00:00Z');
    await changed('roads', lane, '2026-03-01T00:00:00Z');
  });

  it('begin with the last change of the roads they are told of', async () => {
    await ensureStanding(district().db);
    const march = new Date('2026-03-01T00:00:00Z');
    expect(await kept('inventory')).to.deep.equal([
      {
        key: `disconnected ${lane}`,
        length_cm: 19_800,
        span: null,
        details: { roads: 1, road_ids: [lane], distance_m: 2, other_at_m: 500 },
        since: march,
        until: null,
      },
      {
        key: `end_gap ${lane} end`,
        length_cm: 0,
        span: null,
        details: { end: 'end', at_m: 198, other_at_m: 500, distance_m: 2 },
        since: march,
        until: null,
      },
      { key: `unnamed ${lane}`, length_cm: 19_800, span: '[0,19800)', details: {}, since: march, until: null },
    ]);
  });

  it('have the geometry of what they are told of', async () => {
    const { rows } = await district().db.raw<{ rows: { fault: string; kind: string; off_m: number }[] }>(
      `select f.fault, geometrytype(f.geom) as kind,
         st_hausdorffdistance(f.geom, case when f.fault = 'end_gap' then st_endpoint(r.geom) else r.geom end) as off_m
       from standing_faults f join roads r on r.id = f.road_id order by f.fault`,
    );
    expect(rows).to.deep.equal([
      { fault: 'disconnected', kind: 'MULTILINESTRING', off_m: 0 },
      { fault: 'end_gap', kind: 'POINT', off_m: 0 },
      { fault: 'unnamed', kind: 'LINESTRING', off_m: 0 },
    ]);
  });

  it('are not written again while nothing changed, nor when what changed is no fault', async () => {
    const { db } = district();
    const version = await standingVersion();
    const { looked_at } = (await db('standing_looks').where({ kind: 'inventory' }).first('looked_at'))!;
    await ensureStanding(db);
    expect((await db('standing_looks').where({ kind: 'inventory' }).first('looked_at'))!.looked_at).to.deep.equal(
      looked_at,
    );
    await changed('roads', high, '2026-03-02T00:00:00Z');
    const before = await kept('inventory');
    await ensureStanding(db);
    expect(await kept('inventory')).to.deep.equal(before);
    expect(await standingVersion()).to.equal(version);
  });

  it('are looked for again on another day where their evidence grows old, and only there', async () => {
    const { db } = district();
    const day = db.raw(`regexp_replace(versions, '[-0-9]{10}$', '2026-01-01')`);
    const looks = async () => db('standing_looks').orderBy('kind').select('kind', 'versions', 'looked_at');
    const before = await looks();
    await db('standing_looks').update({ versions: day });
    await ensureStanding(db);
    const after = await looks();
    expect(after.map(({ kind, versions }) => [kind, versions])).to.deep.equal(
      before.map(({ kind, versions }) => [kind, versions]),
    );
    const again = after.filter((look, i) => look.looked_at > before[i]!.looked_at).map(({ kind }) => kind);
    expect(again).to.deep.equal(['unregistered']);
  });

  it('end when they are mended, and keep the others and their beginning', async () => {
    const { db } = district();
    const version = await standingVersion();
    await db('roads')
      .where({ id: lane })
      .update({ geom: db.raw('st_setpoint(geom, 1, st_startpoint(st_translate(geom, 0, -200)))') });
    const later = new Date(Date.now() + 1000).toISOString(); // after the looks so far
    await changed('roads', lane, later);
    await ensureStanding(db);
    expect(await keys('inventory')).to.deep.equal([`unnamed ${lane}`]);
    const [unnamed, ...ended] = await kept('inventory');
    expect(unnamed).to.deep.include({ span: '[0,20000)', length_cm: 20_000, since: new Date('2026-03-01T00:00:00Z') });
    expect(ended.map(({ key, until }) => [key, until!.toISOString()])).to.deep.equal([
      [`disconnected ${lane}`, later],
      [`end_gap ${lane} end`, later],
    ]);
    expect(await standingVersion()).to.equal(version + 1);
  });

  it('never begin before they last ended, nor before a look that did not find them', async () => {
    const { db } = district();
    const [, ended] = await kept('inventory');
    await db('roads')
      .where({ id: high })
      .update({ geom: db.raw('st_removepoint(geom, 1)') });
    // An import of old news: the road is said to be changed long ago.
    await changed('roads', high, '2026-01-05T00:00:00Z');
    await ensureStanding(db);
    const again = (await kept('inventory')).find(({ key, until }) => key === ended!.key && until === null)!;
    expect(again.since.getTime()).to.be.at.least(ended!.until!.getTime());
  });

  it('are looked for once when many ask at the same moment', async () => {
    const { db } = district();
    await db('roads').where({ id: high }).update({ name: null });
    await changed('roads', high, new Date().toISOString());
    const version = await standingVersion();
    await Promise.all(Array.from({ length: 8 }, () => ensureStanding(db)));
    expect(await keys('inventory')).to.include(`unnamed ${high}`);
    expect(await standingVersion()).to.equal(version + 1);
  });

  it('are left alone by a look that another process overtook', async () => {
    const { db } = district();
    const before = await kept('inventory');
    const { looked } = await standingState(db);
    await writeStanding(db, 'inventory', [], {
      seen: 'edition 1, roads 1',
      versions: 'edition 1, roads 2',
      comparable: true,
    });
    expect(await kept('inventory')).to.deep.equal(before);
    expect((await standingState(db)).looked).to.deep.equal(looked);
  });

  it('are seen in a transaction, and forgotten with it', async () => {
    const { db } = district();
    const before = await kept('inventory');
    await db
      .transaction(async (trx) => {
        await trx('roads').where({ id: lane }).update({ name: 'New Lane' });
        await touch(trx, 'roads');
        await ensureStanding(trx);
        const rows = await trx('standing_faults')
          .whereRaw('upper_inf(validity)')
          .where({ road_id: lane, fault: 'unnamed' });
        expect(rows).to.deep.equal([]);
        throw new Error('take it back');
      })
      .catch((error: Error) => {
        if (error.message !== 'take it back') throw error;
      });
    await ensureStanding(db);
    expect(await kept('inventory')).to.deep.equal(before);
  });

  it('end with a road that is deleted', async () => {
    const { db } = district();
    await db('roads').where({ id: lane }).delete();
    await db.transaction((trx) => touch(trx, 'roads'));
    await ensureStanding(db);
    expect((await keys('inventory')).filter((key) => key.includes(`${lane}`))).to.deep.equal([]);
  });

  it('are found among zones too, against what is around them and the district where they name nothing', async () => {
    const { db } = district();
    const whole = await addZone(db, rectangle(0, 0, 1000, 1000), { level: 'district', name: '云溪区' });
    const west = await addZone(db, rectangle(0, 0, 450, 1000), { level: 'town', name: '西', parent_id: whole });
    // 50 m of it in the western town, 10 m outside the district, of which it does not say that it is a part.
    const east = await addZone(db, rectangle(400, 0, 1010, 900), { level: 'town', name: '东' });
    await changed('zones', whole, '2026-05-01T00:00:00Z');
    await changed('zones', west, '2026-06-01T00:00:00Z');
    await changed('zones', east, '2026-04-01T00:00:00Z');
    await db('standing_looks').where({ kind: 'zones' }).delete(); // as if this were the first look
    await ensureStanding(db, ['zones']);
    const { rows } = await db.raw<{ rows: object[] }>(
      `select fault, zone_ids, area_m2, round(st_area(geom)) as drawn_m2, details, lower(validity) as since
       from standing_faults where kind = 'zones' order by fault`,
    );
    expect(rows).to.deep.equal([
      {
        fault: 'hole',
        zone_ids: [whole],
        area_m2: 55_000, // 550 × 100 m in the north-east
        drawn_m2: 55_000,
        details: { names: ['云溪区'] },
        since: new Date('2026-05-01T00:00:00Z'),
      },
      {
        fault: 'outside_parent',
        zone_ids: [east, whole],
        area_m2: 9000,
        drawn_m2: 9000,
        details: { names: ['东', '云溪区'] },
        since: new Date('2026-05-01T00:00:00Z'),
      },
      {
        fault: 'overlap',
        zone_ids: [west, east],
        area_m2: 45_000,
        drawn_m2: 45_000,
        details: { names: ['西', '东'] },
        since: new Date('2026-06-01T00:00:00Z'),
      },
    ]);
    expect((await checkZones(db)).faults[0]).to.deep.equal({
      fault: 'hole',
      zone_ids: [whole],
      names: ['云溪区'],
      area_m2: 55_000,
    });
  });
});
