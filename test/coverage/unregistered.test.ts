import { expect } from 'chai';
import { findUnregistered, type UnregisteredFault } from '../../api/coverage/unregistered.ts';
import { eachEngine } from '../support/district.ts';
import { addCategories, addIssues } from '../support/issue-rows.ts';
import { addPatrol } from '../support/patrol-rows.ts';
import { origin } from '../support/rows.ts';
import { addRoad, buildTown, east, north, type Town } from '../support/town.ts';

type Place = [x: number, y: number];

eachEngine('ways that are not registered', (district) => {
  let town: Town;
  before(async () => {
    const { db } = district();
    town = await buildTown(db);
    await addCategories(db);
  });
  afterEach(async () => {
    const { db } = district();
    await db('standing_faults').delete();
    await db('issues').delete();
    await db('patrols').delete();
  });

  /** From High Street, 200 m east of Mill Lane, 250 m to the north, `aside` metres beside it; on a day of May 2026. */
  const lane = (aside = 0): Place[] => Array.from({ length: 12 }, (_, i) => [700 + aside, 25 + 20 * i]);
  const moment = (day: number): string => `2026-05-${String(day).padStart(2, '0')}T08:10:00.000Z`;
  async function walked(day: number, places: Place[], chief = town.chiefs.community_l2[0], flags: string[] = []) {
    const { db } = district();
    const patrol_id = await addPatrol(db, chief, []);
    await db('patrols')
      .where({ id: patrol_id })
      .update({ flags: JSON.stringify(flags.map((kind) => ({ kind }))) });
    const line = places.map(([x, y]) => `${east + x} ${north + y}`).join();
    await db.raw(
      `insert into off_road_walks (patrol_id, number, walked, geom)
       values (?, 0, tstzrange(?::timestamptz - interval '3 minutes', ?), st_geomfromtext(?, (select srid from district)))`,
      [patrol_id, moment(day), moment(day), `linestring(${line})`],
    );
  }
  const reported = (day: number, [x, y]: Place, more: { status?: 'void' | 'filed' } = {}): Promise<void> =>
    addIssues(district().db, [
      {
        kind: 'matter',
        code: '01002',
        surface: 'ground',
        status: 'filed',
        reported_at: moment(day),
        closed_at: null,
        at: [east - origin[0] + x, north - origin[1] + y],
        road_id: null,
        measure_cm: null,
        side: null,
        ...more,
      },
    ]);
  const look = (day = 30): Promise<UnregisteredFault[]> => findUnregistered(district().db, new Date(moment(day)));
  /** As the table keeps it. */
  async function keep(faults: UnregisteredFault[]): Promise<void> {
    await district().db('standing_faults').delete();
    for (const { fault, key, wkb, details, since } of faults) {
      await district().db.raw(
        `insert into standing_faults (kind, fault, key, digest, geom, details, validity)
         values ('unregistered', ?, ?, 'any', st_setsrid(?::geometry, (select srid from district)), ?::jsonb, tstzrange(?, null))`,
        [fault, key, wkb, JSON.stringify(details), since],
      );
    }
  }
  async function inTheDistrict({ wkb }: UnregisteredFault): Promise<{ text: string; valid: boolean; area: number }> {
    const { rows } = await district().db.raw<{ rows: { text: string; valid: boolean; area: number }[] }>(
      `select st_astext(st_translate(?::geometry, ?, ?), 0) as text, st_isvalid(?::geometry) as valid, st_area(?::geometry) as area`,
      [wkb, -east, -north, wkb, wkb],
    );
    return rows[0]!;
  }

  it('are none where nobody walked off the roads', async () => {
    expect(await look()).to.deep.equal([]);
  });

  it('are found from two walks, with a line from the street, since the second one', async () => {
    await walked(2, lane(-2));
    expect(await look()).to.deep.equal([]);
    await walked(3, lane(2), town.chiefs.community_l2[1]);
    const faults = await look();
    expect(faults).to.have.length(1);
    const [{ wkb: _wkb, key, length_cm, ...fault }] = faults as [UnregisteredFault];
    expect(fault).to.deep.equal({
      fault: 'walked',
      road_id: null,
      other_road_id: null,
      span: null,
      zone_ids: [],
      area_m2: null,
      details: {
        walks: 2,
        chiefs: 2,
        reports: 0,
        first: moment(2),
        last: moment(3),
        confidence: 'medium',
        road_ids: [town.high],
      },
      since: new Date(moment(3)),
      since_roads: [],
    });
    const { text } = await inTheDistrict(faults[0]!);
    expect(text).to.match(/^LINESTRING\(7\d\d \d+,.*,700 0\)$|^LINESTRING\(700 0,.*\)$/);
    expect(length_cm / 100).to.be.closeTo(245, 8);
    expect(key).to.match(/^5007\d\d 35001\d\d$|^5006\d\d 35001\d\d$/);
  });

  it('keep key and beginning when one walk more comes, and when reports come before', async () => {
    for (const day of [4, 5, 6]) await reported(day, [700 + day, 150]);
    const [reportedOnly] = await look();
    expect(reportedOnly).to.deep.include({ fault: 'reported', length_cm: 0, since: new Date(moment(6)) });
    const { valid, area } = await inTheDistrict(reportedOnly!);
    expect(valid).to.equal(true);
    expect(reportedOnly!.area_m2).to.be.closeTo(area, 1);
    await keep([reportedOnly!]);

    await walked(10, lane(-3));
    const [first] = await look();
    expect(first).to.deep.include({ fault: 'walked', key: reportedOnly!.key, since: new Date(moment(6)) });
    await keep([first!]);
    await walked(11, lane(9), town.chiefs.community_l2[1]);
    await walked(12, lane(7), town.chiefs.community_l2[1]);
    const again = await look();
    expect(again).to.have.length(1);
    expect(again[0]).to.deep.include({ key: first!.key, since: new Date(moment(6)) });
    expect(again[0]!.details).to.deep.include({ walks: 3, chiefs: 2, reports: 3, confidence: 'high' });
    expect(again[0]!.wkb).to.not.equal(first!.wkb);
  });

  it('have a key each, also where one lies beside a known one', async () => {
    for (const day of [2, 3]) await walked(day, lane());
    await keep(await look());
    for (const day of [4, 5]) await walked(day, lane(80));
    const faults = await look();
    expect(faults).to.have.length(2);
    expect(new Set(faults.map(({ key }) => key)).size).to.equal(2);
  });

  it('are not made of tracks that nobody walked, of void reports, or of what is half a year old', async () => {
    await walked(2, lane());
    await walked(3, lane(), town.chiefs.community_l2[1], ['repeated_track']);
    for (const day of [4, 5]) await reported(day, [700, 150], { status: 'void' });
    expect(await look()).to.deep.equal([]);
    await walked(4, lane());
    expect(await look()).to.have.length(1);
    expect(await findUnregistered(district().db, new Date('2026-12-01T00:00:00Z'))).to.deep.equal([]);
  });

  it('are none any more when the road is registered', async () => {
    const { db } = district();
    for (const day of [2, 3]) await walked(day, lane());
    expect(await look()).to.have.length(1);
    await addRoad(db, {
      external_id: 'new lane',
      name: null,
      class: 'alley',
      line: [
        [700, 0],
        [700, 250],
      ],
    });
    expect(await look()).to.deep.equal([]);
  });
});
