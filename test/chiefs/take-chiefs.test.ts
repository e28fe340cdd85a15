import { expect } from 'chai';
import { takeChiefs, type ChiefDraft, type TakenChiefs } from '../../api/chiefs/take-chiefs.ts';
import { openChange } from '../../api/database/change-log.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad } from '../support/town.ts';

eachEngine('taking chiefs in', (district) => {
  let rows = 1;
  const draft = (more: Partial<ChiefDraft>): ChiefDraft => ({
    row: (rows += 1),
    external_id: null,
    name: '李明',
    role: 'community_l2',
    organisation: '柳桥社区',
    phone: null,
    party_branch: null,
    party_member: false,
    zone_id: null,
    ...more,
  });
  const take = (drafts: ChiefDraft[]): Promise<TakenChiefs> =>
    district().db.transaction(async (trx) =>
      takeChiefs(trx, await openChange(trx, { actor: 'tester', kind: 'test' }), drafts),
    );

  it('adds them once, updates them by their id, and keeps what they were', async () => {
    expect(await take([draft({ external_id: 'C1' }), draft({ external_id: 'C2', name: '王芳' })])).to.deep.include({
      created: 2,
    });
    expect(
      await take([draft({ external_id: 'C1' }), draft({ external_id: 'C2', name: '王芳', phone: '13800000000' })]),
    ).to.deep.include({ created: 0, updated: 1, unchanged: 1 });
    const [kept] = await district().db('history').where({ table_name: 'chiefs' });
    expect(kept.before).to.include({ name: '王芳', phone: null });
  });

  it('knows a chief without an id by name, role and organisation', async () => {
    expect(await take([draft({ party_member: true })])).to.deep.include({ created: 0, updated: 1 });
    expect(await take([draft({ party_member: true })])).to.deep.include({ unchanged: 1 });
    expect(await take([draft({ organisation: '东门社区' })])).to.deep.include({ created: 1 });
    expect(await district().db('chiefs').where({ external_id: 'C1' }).first()).to.include({ party_member: true });
  });

  it('refuses another role for who holds stretches, and one that stands there twice', async () => {
    const { db } = district();
    const road_id = await addRoad(db, {
      external_id: 'r',
      name: 'R',
      class: 'main',
      line: [
        [0, 0],
        [100, 0],
      ],
    });
    const { id } = (await db('chiefs').where({ external_id: 'C1' }).first<{ id: number }>('id'))!;
    await db.raw(
      `insert into assignments (road_id, road_length_cm, span, sides, role, chief_id, validity, change_id)
       values (?, 10000, '[0,10000)', '[0,2)', 'community_l2', ?, '[2026-01-01,)', 1)`,
      [road_id, id],
    );
    const { refused, updated } = await take([
      draft({ external_id: 'C1', role: 'general' }),
      draft({ external_id: 'C2', role: 'general' }),
      draft({ external_id: 'C2' }),
    ]);
    expect(refused.map(({ reason }) => reason.slice(0, 60))).to.deep.equal([
      '李明 (C1) is community_l2 here and holds stretches as that; an',
      `the same chief stands in row ${rows - 1} already`,
    ]);
    expect(updated).to.equal(1);
  });
});
