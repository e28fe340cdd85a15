import { expect } from 'chai';
import { openChange } from '../../api/database/change-log.ts';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { refreshRoadNodes, stageRoads, writeStagedRoads, type RoadDraft } from '../../api/roads/take-roads.ts';
import { eachEngine, type TestDistrict } from '../support/district.ts';
import { east, north } from '../support/town.ts';

const wgs84 = toWgs84('EPSG:4549');
let rows = 0;

function draft(external_id: string, line: [number, number][], more: Partial<RoadDraft> = {}): RoadDraft {
  rows += 1;
  return {
    row: rows,
    external_id,
    name: external_id,
    other_names: [],
    class: 'branch',
    status: 'handed_over',
    layer: 0,
    oneway: false,
    line: line.map(([x, y]) => wgs84([east + x, north + y])),
    properties: {},
    ...more,
  };
}

async function take({ db }: TestDistrict, drafts: RoadDraft[]) {
  return db.transaction(async (trx) => {
    const change_id = await openChange(trx, { actor: 'tester', kind: 'test' });
    const staged = await stageRoads(trx, drafts, () => {});
    const written = await writeStagedRoads(trx, change_id);
    await refreshRoadNodes(trx);
    return { ...staged, ...written };
  });
}

eachEngine('taking roads in', (district) => {
  it('adds what is new, in centimetres of the district’s system', async () => {
    const { created, length_cm, refused } = await take(district(), [
      draft(
        'a',
        [
          [0, 0],
          [300, 0],
          [1000, 0],
        ],
        { class: 'main', other_names: ['A Street'], properties: { ways: [1, 2] } },
      ),
      draft(
        'b',
        [
          [300, 0],
          [300, 200],
        ],
        { name: null },
      ),
    ]);
    expect(created).to.have.length(2);
    expect(length_cm).to.equal(120_000);
    expect(refused).to.deep.equal([]);
    const kept = await district()
      .db('roads')
      .orderBy('external_id')
      .select('name', 'other_names', 'class', 'length_cm', 'properties', 'geometry_version');
    expect(kept).to.deep.equal([
      {
        name: 'a',
        other_names: ['A Street'],
        class: 'main',
        length_cm: 100_000,
        properties: { ways: [1, 2] },
        geometry_version: 1,
      },
      { name: null, other_names: [], class: 'branch', length_cm: 20_000, properties: {}, geometry_version: 1 },
    ]);
  });

  it('does not touch what comes again as it is', async () => {
    const before = await district().db('roads').where({ external_id: 'b' }).first();
    const again = await take(district(), [
      draft(
        'b',
        [
          [300, 0],
          [300, 200],
        ],
        { name: null },
      ),
    ]);
    expect(again).to.deep.include({ unchanged: 1, created: [], updated: [], redrawn: [] });
    expect(await district().db('roads').where({ external_id: 'b' }).first()).to.deep.equal(before);
  });

  it('takes a line that moved by less than a millimetre for the same', async () => {
    const again = await take(district(), [
      draft(
        'b',
        [
          [300.0004, 0],
          [300, 200.0004],
        ],
        { name: null },
      ),
    ]);
    expect(again).to.deep.include({ unchanged: 1, updated: [] });
  });

  it('updates what changed, keeps what it was, and gives a redrawn road its next version', async () => {
    const { updated, redrawn } = await take(district(), [
      draft(
        'b',
        [
          [300, 0],
          [300, 250],
        ],
        { name: 'Bell Lane', class: 'alley' },
      ),
    ]);
    expect(updated).to.have.length(1);
    expect(redrawn[0]).to.deep.include({ old_cm: 20_000, new_cm: 25_000, name: 'Bell Lane' });
    const kept = await district().db('roads').where({ id: updated[0]! }).first();
    expect(kept).to.deep.include({ name: 'Bell Lane', class: 'alley', length_cm: 25_000, geometry_version: 2 });
    const history = await district().db('history').where({ table_name: 'roads', row_id: updated[0]! }).select('before');
    expect(history.at(-1).before).to.deep.include({ name: null, length_cm: 20_000 });
  });

  it('refuses a road whose points are all one place, and drops repeated points', async () => {
    const { refused, created } = await take(district(), [
      draft('dot', [
        [5, 5],
        [5, 5],
      ]),
      draft('twice', [
        [0, 50],
        [0, 50],
        [80, 50],
        [80, 50],
      ]),
    ]);
    expect(refused).to.have.length(1);
    expect(refused[0]!.reason).to.include('shorter than a centimetre');
    expect(created).to.have.length(1);
    const {
      rows: [points],
    } = await district().db.raw(`select st_npoints(geom) as count from roads where external_id = 'twice'`);
    expect(points.count).to.equal(2);
  });

  it('derives the nodes at which roads meet, and those of a ring', async () => {
    await take(district(), [
      draft('ring', [
        [500, 500],
        [600, 500],
        [600, 600],
        [500, 500],
      ]),
    ]);
    const nodes = await district()
      .db('road_nodes as n')
      .join('roads as r', 'r.id', 'n.road_id')
      .whereIn('r.external_id', ['a', 'b', 'ring'])
      .orderBy(['r.external_id', 'n.at_cm'])
      .select('r.external_id', 'n.at_cm', 'n.node_id');
    expect(nodes.map(({ external_id, at_cm }) => [external_id, at_cm])).to.deep.equal([
      ['a', 30_000],
      ['b', 0],
      ['ring', 0],
      ['ring', 34_142],
    ]);
    expect(nodes[0]!.node_id).to.equal(nodes[1]!.node_id);
    expect(nodes[2]!.node_id).to.equal(nodes[3]!.node_id);
  });
});
