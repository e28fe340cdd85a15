import { expect } from 'chai';
import { openChange } from '../../api/database/change-log.ts';
import { toWgs84 } from '../../api/geometry/crs.ts';
import { takeZones, type TakenZones, type ZoneDraft } from '../../api/zones/take-zones.ts';
import { eachEngine } from '../support/district.ts';
import { east, north } from '../support/town.ts';

const wgs84 = toWgs84('EPSG:4549');
let rows = 0;

function draft(code: string, ring: [number, number][], more: Partial<ZoneDraft> = {}): ZoneDraft {
  rows += 1;
  const coordinates = [[...ring, ring[0]!].map(([x, y]) => wgs84([east + x, north + y]))];
  return {
    row: rows,
    code,
    parent_code: null,
    level: 'town',
    name: `zone ${code}`,
    properties: {},
    geometry: { type: 'Polygon', coordinates },
    ...more,
  };
}
const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

eachEngine('taking zones in', (district) => {
  const take = (drafts: ZoneDraft[]): Promise<TakenZones> =>
    district().db.transaction(async (trx) =>
      takeZones(trx, await openChange(trx, { actor: 'tester', kind: 'test' }), drafts, () => {}),
    );

  it('finds the parent by its code, wherever it stands in the file', async () => {
    const taken = await take([
      draft('11', square(0, 0, 100), { parent_code: '1' }),
      draft('1', square(0, 0, 1000), { level: 'district' }),
      draft('four', square(100, 0, 300), { level: 'bureau', parent_code: '1' }),
    ]);
    expect(taken).to.deep.include({ created: 3, updated: 0, refused: [], notes: [] });
    const kept = await district()
      .db('zones as z')
      .join('zones as p', 'p.id', 'z.parent_id')
      .orderBy('z.code')
      .select('z.code', 'p.code as parent', district().db.raw('round(st_area(z.geom)) as area'));
    expect(kept).to.deep.equal([
      { code: '11', parent: '1', area: 10_000 },
      { code: 'four', parent: '1', area: 90_000 },
    ]);
  });

  it('does not touch what comes again as it is, and keeps what it changes', async () => {
    const before = await district().db('zones').where({ code: '11' }).first();
    expect(await take([draft('11', square(0, 0, 100), { parent_code: '1' })])).to.deep.include({
      unchanged: 1,
      updated: 0,
      created: 0,
    });
    expect(await district().db('zones').where({ code: '11' }).first()).to.deep.equal(before);
    expect(await take([draft('11', square(0, 0, 200), { parent_code: '1', name: 'Old Town' })])).to.deep.include({
      updated: 1,
    });
    const [kept] = await district().db('history').where({ table_name: 'zones' });
    expect(kept.before.name).to.equal('zone 11');
  });

  it('makes a crossed outline valid and says so', async () => {
    const { created, notes } = await take([
      draft('bow', [
        [0, 0],
        [100, 100],
        [100, 0],
        [0, 100],
      ]),
    ]);
    expect(created).to.equal(1);
    expect(notes[0]).to.match(/outline of zone bow was not valid \(Self-intersection.*\) and was made valid/);
  });

  it('refuses an outline of no area, and a parent that is not above', async () => {
    const { refused, created } = await take([
      draft('thin', [
        [0, 0],
        [100, 0],
        [50, 0],
      ]),
      draft('upside', square(0, 0, 50), { level: 'town', parent_code: 'low' }),
      draft('low', square(0, 0, 50), { level: 'grid' }),
    ]);
    expect(created).to.equal(1);
    expect(refused.map(({ reason }) => reason)).to.deep.equal([
      'the outline encloses less than a square metre',
      'its parent low is a grid; the parent of a town must be of a level above it',
    ]);
  });

  it('takes a zone whose parent is not here, and says which is missing', async () => {
    const { created, notes } = await take([draft('x1', square(0, 0, 50), { parent_code: 'x' })]);
    expect(created).to.equal(1);
    expect(notes[0]).to.include('zone x1 lies in x, which is not here yet');
  });
});
