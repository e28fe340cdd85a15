import { expect } from 'chai';
import type { Knex } from 'knex';
import { planCarryOver } from '../../api/assignments/carry-over.ts';
import { openChange } from '../../api/database/change-log.ts';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { stageRoads, writeStagedRoads, type RoadDraft } from '../../api/roads/take-roads.ts';
import { eachEngine } from '../support/district.ts';
import { addChief, addRoad, east, north } from '../support/town.ts';

const wgs84 = toWgs84('EPSG:4549');
const draft = (external_id: string, line: [number, number][]): RoadDraft => ({
  row: 1,
  external_id,
  name: external_id,
  other_names: [],
  class: 'main',
  status: 'handed_over',
  layer: 0,
  oneway: false,
  properties: {},
  line: line.map(([x, y]) => wgs84([east + x, north + y])),
});

/** What importing the road does with what stands on it. */
async function redraw(db: Knex, external_id: string, line: [number, number][]): Promise<string[]> {
  return db.transaction(async (trx) => {
    const change_id = await openChange(trx, { actor: 'tester', kind: 'test' });
    const { redrawn } = await stageRoads(trx, [draft(external_id, line)], () => {});
    const plan = await planCarryOver(trx, change_id, redrawn);
    await plan.beforeRoads();
    await writeStagedRoads(trx, change_id);
    await plan.afterRoads();
    return plan.needs_decision;
  });
}

eachEngine('responsibility on a redrawn road', (district) => {
  let chiefs: number[];
  let made = 0;
  before(async () => {
    chiefs = [await addChief(district().db, 'Li', 'general'), await addChief(district().db, 'Wang', 'general')];
  });

  /** A road of 1,000 m, of which Li holds 0-400 m on both sides and Wang 400-1,000 m on the right. */
  async function heldRoad(): Promise<{ external_id: string; road_id: number }> {
    const { db } = district();
    const external_id = `road ${(made += 1)}`;
    const road_id = await addRoad(db, {
      external_id,
      name: external_id,
      class: 'main',
      line: [
        [0, 0],
        [1000, 0],
      ],
    });
    const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
    await db.raw(
      `insert into assignments (road_id, road_length_cm, role, validity, change_id, span, sides, chief_id)
       select :road_id, 100000, 'general', '[2026-01-01,)', :change_id, span, sides, chief_id
       from (values ('[0,40000)'::int4range, '[0,2)'::int4range, :li::integer), ('[40000,100000)', '[1,2)', :wang)) held (span, sides, chief_id)`,
      { road_id, change_id, li: chiefs[0]!, wang: chiefs[1]! },
    );
    return { external_id, road_id };
  }

  const heldNow = async (road_id: number): Promise<[string, string, number][]> => {
    const rows = await district()
      .db('assignments')
      .where({ road_id })
      .orderByRaw('lower(span)')
      .select('span', 'sides', 'chief_id');
    return rows.map(({ span, sides, chief_id }) => [span, sides, chiefs.indexOf(chief_id)]);
  };

  it('stays at its place on a longer line', async () => {
    const { external_id, road_id } = await heldRoad();
    expect(
      await redraw(district().db, external_id, [
        [-200, 0],
        [1100, 0],
      ]),
    ).to.deep.equal([]);
    expect(await heldNow(road_id)).to.deep.equal([
      ['[20000,60000)', '[0,2)', 0],
      ['[60000,120000)', '[1,2)', 1],
    ]);
    const history = await district().db('history').where({ table_name: 'assignments' }).count('* as count');
    expect(history[0]!.count).to.equal(2);
  });

  it('changes sides and counts from the other end on a line that was turned round', async () => {
    const { external_id, road_id } = await heldRoad();
    expect(
      await redraw(district().db, external_id, [
        [1000, 0],
        [0, 0],
      ]),
    ).to.deep.equal([]);
    expect(await heldNow(road_id)).to.deep.equal([
      ['[0,60000)', '[0,1)', 1],
      ['[60000,100000)', '[0,2)', 0],
    ]);
  });

  it('is clipped on a shorter line, and what has no place any more is taken out and told', async () => {
    const { external_id, road_id } = await heldRoad();
    const told = await redraw(district().db, external_id, [
      [0, 0],
      [300, 0],
    ]);
    expect(await heldNow(road_id)).to.deep.equal([['[0,30000)', '[0,2)', 0]]);
    expect(told).to.have.length(2);
    expect(told[0]).to.match(
      /^Li \(general\) on road \d+, 0-400 m before, now 0-300 m: about \d+ m of it run elsewhere/,
    );
    expect(told[1]).to.match(/^Wang .*no place on the new line/);
    const kept = await district()
      .db('history')
      .where({ table_name: 'assignments' })
      .whereRaw(`before->>'road_id' = ?`, [road_id]);
    expect(kept).to.have.length(2);
  });

  it('is taken out when the road is redrawn elsewhere', async () => {
    const { external_id, road_id } = await heldRoad();
    expect(
      await redraw(district().db, external_id, [
        [0, 5000],
        [1000, 5000],
      ]),
    ).to.have.length(2);
    expect(await heldNow(road_id)).to.deep.equal([]);
  });

  it('passes over its neighbours on the way without meeting them', async () => {
    const { external_id, road_id } = await heldRoad();
    await redraw(district().db, external_id, [
      [390, 0],
      [1390, 0],
    ]);
    expect(await heldNow(road_id)).to.deep.equal([
      ['[0,1000)', '[0,2)', 0],
      ['[1000,61000)', '[1,2)', 1],
    ]);
  });

  it('on other roads is left alone', async () => {
    const first = await heldRoad();
    const second = await heldRoad();
    const before = await heldNow(second.road_id);
    await redraw(district().db, first.external_id, [
      [-200, 0],
      [900, 0],
    ]);
    expect(await heldNow(second.road_id)).to.deep.equal(before);
  });
});
