import { expect } from 'chai';
import { coverageQuery } from '../../api/coverage/coverage.contract.ts';
import { coverageOf } from '../../api/coverage/coverage.queries.ts';
import { tileAt } from '../../api/geometry/tile.ts';
import { deriveZoneStretches } from '../../api/zones/zones.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, rectangle } from '../support/rows.ts';

eachEngine('what lies in a district', (district) => {
  let west: number;
  const metres = async (zone_id: number): Promise<number> =>
    (await coverageOf(district().db, coverageQuery.parse({ zone_id, role: 'community_l2' }))).total.required_m;
  const derive = (): Promise<void> =>
    district().db.transaction(async (trx) => {
      await deriveZoneStretches(trx, null);
      await trx.raw('select refresh_segments(null)');
    });
  const drawn = async (zone_id: number): Promise<number> => {
    const { z, x, y } = tileAt(13, 120.005, 30.4995);
    const { rows } = await district().db.raw<{ rows: { metres: number }[] }>(
      `select sum(length_m) as metres from tile_gaps(?, ?, ?, jsonb_build_object('zone_id', ?::text, 'role', 'community_l2'))`,
      [z, x, y, zone_id],
    );
    return rows[0]!.metres;
  };

  before(async () => {
    const { db } = district();
    // 400 m in the western town, 600 m in the eastern one, 200 m in none.
    west = await addZone(db, rectangle(0, 0, 600, 1000), { level: 'district', name: '西区' });
    await addZone(db, rectangle(0, 0, 600, 1000), { level: 'town', name: '西街道', parent_id: west });
    await addRoad(db, [
      [200, 500],
      [1400, 500],
    ]);
    await derive();
  });

  it('is every metre of its roads, where it is the only one: those in no town are its blind spots', async () => {
    expect(await metres(west)).to.equal(1200);
    expect(await drawn(west)).to.equal(1200);
  });

  it('is what its own towns and communities hold, where there are several: a street that crosses is cut', async () => {
    const { db } = district();
    const east = await addZone(db, rectangle(600, 0, 1200, 1000), { level: 'district', name: '东区' });
    const town = await addZone(db, rectangle(600, 0, 1000, 1000), { level: 'town', name: '东街道', parent_id: east });
    // A community that reaches beyond its town, as borders drawn twice do.
    await addZone(db, rectangle(600, 0, 1200, 1000), { level: 'community', name: '桥东社区', parent_id: town });
    await derive();
    expect([await metres(west), await metres(east)]).to.deep.equal([400, 600]);
    expect([await drawn(west), await drawn(east)]).to.deep.equal([400, 600]);
  });
});
