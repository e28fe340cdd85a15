import { expect } from 'chai';
import {
  takeAssignments,
  type AssignmentDraft,
  type TakenAssignments,
} from '../../api/assignments/take-assignments.ts';
import { openChange } from '../../api/database/change-log.ts';
import { eachEngine } from '../support/district.ts';
import { addChief, addRoad } from '../support/town.ts';

eachEngine('taking assignments in', (district) => {
  let road_id: number;
  let li: number;
  let wang: number;
  before(async () => {
    const { db } = district();
    road_id = await addRoad(db, {
      external_id: 'r',
      name: 'River Road',
      class: 'main',
      line: [
        [0, 0],
        [1000, 0],
      ],
    });
    li = await addChief(db, 'Li', 'general');
    wang = await addChief(db, 'Wang', 'general');
  });
  beforeEach(() => district().db('assignments').delete());

  let rows = 1;
  const draft = (more: Partial<AssignmentDraft>): AssignmentDraft => ({
    row: (rows += 1),
    external_id: null,
    road_id,
    from_cm: 0,
    to_cm: 40_000,
    sides: 'both',
    role: 'general',
    chief_id: li,
    valid_from: '2026-01-01 00:00:00',
    valid_to: null,
    ...more,
  });
  const take = (drafts: AssignmentDraft[]): Promise<TakenAssignments> =>
    district().db.transaction(async (trx) =>
      takeAssignments(trx, await openChange(trx, { actor: 'tester', kind: 'test' }), drafts),
    );
  const held = async (): Promise<string[]> => {
    const kept = await district()
      .db('assignments as a')
      .join('chiefs as c', 'c.id', 'a.chief_id')
      .orderByRaw('lower(validity), lower(span)')
      .select(
        'c.name',
        'span',
        'sides',
        district().db.raw(
          `to_char(lower(validity), 'YYYY-MM-DD') as begins, to_char(upper(validity), 'YYYY-MM-DD') as ends`,
        ),
      );
    return kept.map(({ name, span, sides, begins, ends }) => `${name} ${span} ${sides} ${begins}..${ends ?? ''}`);
  };

  it('adds them, and the same again changes nothing', async () => {
    const register = [draft({ external_id: 'A1' }), draft({ from_cm: 40_000, to_cm: 90_000, sides: 'left' })];
    expect(await take(register)).to.deep.include({ created: 2, updated: 0, unchanged: 0, road_ids: [road_id] });
    const kept = await district().db('assignments').orderBy('id');
    expect(await take(register)).to.deep.include({ created: 0, updated: 0, unchanged: 2, road_ids: [] });
    expect(await district().db('assignments').orderBy('id')).to.deep.equal(kept);
    expect(await held()).to.deep.equal(['Li [0,40000) [0,2) 2026-01-01..', 'Li [40000,90000) [0,1) 2026-01-01..']);
  });

  it('a register without dates leaves the past with who held it', async () => {
    await take([draft({ external_id: 'A1' })]);
    await take([draft({ external_id: 'A1', chief_id: wang, valid_from: null })]);
    const kept = await held();
    expect(kept).to.have.length(2);
    expect(kept[0]).to.match(/^Li \[0,40000\) \[0,2\) 2026-01-01\.\.20/);
    expect(kept[1]).to.match(/^Wang .*\.\.$/);
  });

  it('a register without dates does not reopen what ended', async () => {
    const closed = draft({ external_id: 'A1', valid_to: '2026-03-01 00:00:00' });
    await take([closed]);
    await take([draft({ external_id: 'A1', valid_from: null })]);
    const kept = await held();
    expect(kept[0]).to.equal('Li [0,40000) [0,2) 2026-01-01..2026-03-01');
    expect(kept).to.have.length(2);
  });

  it('refuses the second of two rows of a file that say the same', async () => {
    const taken = await take([draft({}), draft({ valid_from: null, valid_to: '2199-01-01 00:00:00' })]);
    expect([taken.created, taken.refused.length]).to.deep.equal([1, 1]);
  });

  it('refuses a row that meets another holder, names him and the metres, and takes the rest', async () => {
    await take([draft({})]);
    const result = await take([
      draft({ chief_id: wang, from_cm: 30_000, to_cm: 60_000 }),
      draft({ chief_id: wang, from_cm: 60_000, to_cm: 70_000 }),
    ]);
    expect(result).to.deep.include({ created: 1 });
    expect(result.refused).to.have.length(1);
    expect(result.refused[0]!.reason).to.include('Li holds 300-400 m there as general (100 m overlap');
  });

  it('of two rows of one file that meet takes the first and names its row to the second', async () => {
    const first = draft({});
    const result = await take([first, draft({ chief_id: wang })]);
    expect(result.refused[0]!.reason).to.include(`by row ${first.row}`);
  });

  it('lets two hold the same metres on different sides or at different times', async () => {
    const result = await take([
      draft({ sides: 'left' }),
      draft({ sides: 'right', chief_id: wang, valid_to: '2026-03-01 00:00:00' }),
      draft({ sides: 'right', valid_from: '2026-03-01 00:00:00' }),
    ]);
    expect(result).to.deep.include({ created: 3, refused: [] });
  });

  it('ends an assignment that comes again with an end', async () => {
    await take([draft({ external_id: 'A1' })]);
    expect(await take([draft({ external_id: 'A1', valid_to: '2026-05-01 00:00:00' })])).to.deep.include({ updated: 1 });
    expect(await held()).to.deep.equal(['Li [0,40000) [0,2) 2026-01-01..2026-05-01']);
  });

  it('ends the old one where another chief comes in from a later day on (R61)', async () => {
    await take([draft({ external_id: 'A1' })]);
    expect(
      await take([draft({ external_id: 'A1', chief_id: wang, valid_from: '2026-06-01 00:00:00' })]),
    ).to.deep.include({ updated: 1, refused: [] });
    expect(await held()).to.deep.equal([
      'Li [0,40000) [0,2) 2026-01-01..2026-06-01',
      'Wang [0,40000) [0,2) 2026-06-01..',
    ]);
  });

  it('corrects it in place from the same day on, and keeps what it was', async () => {
    await take([draft({ external_id: 'A1' })]);
    await take([draft({ external_id: 'A1', to_cm: 50_000 })]);
    expect(await held()).to.deep.equal(['Li [0,50000) [0,2) 2026-01-01..']);
    const [kept] = await district()
      .db('history')
      .where({ table_name: 'assignments' })
      .orderBy('id', 'desc')
      .select('before');
    expect(kept.before.span).to.equal('[0,40000)');
  });

  it('lets two chiefs change places in one file', async () => {
    await take([
      draft({ external_id: 'A1' }),
      draft({ external_id: 'A2', from_cm: 40_000, to_cm: 80_000, chief_id: wang }),
    ]);
    const swapped = [
      draft({ external_id: 'A1', chief_id: wang }),
      draft({ external_id: 'A2', from_cm: 40_000, to_cm: 80_000 }),
    ];
    expect(await take(swapped)).to.deep.include({ updated: 2, refused: [] });
    expect(await held()).to.deep.equal(['Wang [0,40000) [0,2) 2026-01-01..', 'Li [40000,80000) [0,2) 2026-01-01..']);
  });

  it('takes a register without beginnings as in force now, and again as the same', async () => {
    const register = [draft({ valid_from: null })];
    await take(register);
    expect(await take(register)).to.deep.include({ created: 0, unchanged: 1, refused: [] });
  });

  it('refuses what ends before it begins and what stands there twice', async () => {
    const { refused, created } = await take([
      draft({ valid_to: '2025-12-31 00:00:00' }),
      draft({ external_id: 'A1' }),
      draft({ external_id: 'A1' }),
    ]);
    expect(created).to.equal(1);
    expect(refused.map(({ reason }) => reason.replace(/\d+/g, '#'))).to.deep.equal([
      'it ends (#-#-# #:#:#) before it begins (#-#-# #:#:#)'.replace(/#-#-# #:#:#/g, '#-#-# #:#:#'),
      'the same assignment stands in row # already',
    ]);
  });
});
