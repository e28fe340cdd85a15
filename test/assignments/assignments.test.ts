import { expect } from 'chai';
import fc from 'fast-check';
import { applyChangeSet } from '../../api/assignments/assignments.ts';
import { changeSet, type Change } from '../../api/assignments/assignments.contract.ts';
import { listAssignments } from '../../api/assignments/assignments.queries.ts';
import { coverageQuery } from '../../api/coverage/coverage.contract.ts';
import { coverageOf } from '../../api/coverage/coverage.queries.ts';
import { Problem } from '../../api/problems.ts';
import { eachEngine } from '../support/district.ts';
import { buildTown, type Town } from '../support/town.ts';

const set = (changes: object[], dry_run = false) => changeSet.parse({ dry_run, changes });
const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('expected a problem');
};

eachEngine('change sets', (district) => {
  let town: Town;
  before(async () => {
    town = await buildTown(district().db);
  });
  beforeEach(async () => {
    const { db } = district();
    await db('assignments').delete();
    await db.raw('select refresh_segments(null)');
  });
  const apply = (changes: object[], dry_run = false) => applyChangeSet(district().db, 'tester', set(changes, dry_run));
  const held = async (road_id: number) =>
    (await listAssignments(district().db, { road_id, history: 'false', limit: 1000 })).assignments.map(
      ({ from_m, to_m, sides, role, chief }) => [from_m, to_m, sides, role, chief.name],
    );

  it('a dry run tells the effect and changes nothing', async () => {
    const tried = await apply(
      [
        {
          op: 'assign',
          road_id: town.mill,
          from_m: 0,
          to_m: 120.5,
          role: 'community_l2',
          chief_id: town.chiefs.community_l2[0],
        },
      ],
      true,
    );
    expect(tried.applied).to.equal(false);
    expect(tried.effect.roles).to.deep.equal([
      { role: 'community_l2', gained_m: 120.5, lost_m: 0, required_m: 200, gap_before_m: 200, gap_after_m: 79.5 },
    ]);
    expect(tried.effect.gaps_closed.map(({ from_m, to_m, length_m }) => [from_m, to_m, length_m])).to.deep.equal([
      [0, 120.5, 120.5],
    ]);
    expect(await held(town.mill)).to.deep.equal([]);
    expect(await district().db('change_log').where({ kind: 'assignments' })).to.deep.equal([]);
  });

  it('an assignment changes the coverage by exactly its length', async () => {
    const asked = { group: 'none', role: 'community_l2' } as const;
    const before = await coverageOf(district().db, coverageQuery.parse(asked));
    await apply([
      {
        op: 'assign',
        road_id: town.high,
        from_m: 100.01,
        to_m: 333.34,
        role: 'community_l2',
        chief_id: town.chiefs.community_l2[0],
      },
    ]);
    const after = await coverageOf(district().db, coverageQuery.parse(asked));
    expect(after.total.met_m - before.total.met_m).to.be.closeTo(233.33, 1e-9);
    expect(after.total.required_m).to.equal(1500);
    expect(after.total.met_m + after.total.missing_m).to.equal(after.total.required_m);
  });

  it('a conflict names the other holder and the overlapping metres, and nothing of the set is applied', async () => {
    const [first, second] = town.chiefs.sanitation_l2;
    await apply([{ op: 'assign', road_id: town.high, from_m: 0, to_m: 400, role: 'sanitation_l2', chief_id: first }]);
    const changes = [
      { op: 'assign', road_id: town.mill, from_m: 0, to_m: 100, role: 'sanitation_l2', chief_id: second },
      { op: 'assign', road_id: town.high, from_m: 300, to_m: 600, role: 'sanitation_l2', chief_id: second },
    ];
    const problem = await problemOf(apply(changes));
    expect(problem.kind).to.equal('conflict');
    const [conflict] = problem.more.conflicts as {
      change: number;
      overlap_m: number;
      from_m: number;
      to_m: number;
      holder: { name: string };
    }[];
    expect(conflict).to.include({ change: 1, overlap_m: 100, from_m: 300, to_m: 400 });
    expect(conflict!.holder.name).to.equal('First sanitation_l2');
    expect(await held(town.mill)).to.deep.equal([]);
    const tried = await apply(changes, true);
    expect(tried.conflicts).to.have.length(1);
    expect(tried.effect.roles[0]).to.include({ gained_m: 100 });
  });

  it('replace ends the other one on these metres only, the rest goes on', async () => {
    const [first, second] = town.chiefs.general;
    await apply([{ op: 'assign', road_id: town.high, from_m: 0, to_m: 1000, role: 'general', chief_id: first }]);
    const done = await apply([
      {
        op: 'assign',
        road_id: town.high,
        from_m: 200,
        to_m: 300,
        sides: 'left',
        role: 'general',
        chief_id: second,
        replace: true,
      },
    ]);
    expect((await held(town.high)).sort()).to.deep.equal([
      [0, 200, 'both', 'general', 'First general'],
      [200, 300, 'left', 'general', 'Second general'],
      [200, 300, 'right', 'general', 'First general'],
      [300, 1000, 'both', 'general', 'First general'],
    ]);
    expect(done.effect.roles[0]).to.include({ gained_m: 50, lost_m: 50, gap_before_m: 0, gap_after_m: 0 });
    await apply(done.undo);
    const back = await coverageOf(
      district().db,
      coverageQuery.parse({ group: 'none', role: 'general', road_id: town.high }),
    );
    expect(back.total.met_m).to.equal(1000);
    const names = new Set((await held(town.high)).map((row) => row[4]));
    expect([...names]).to.deep.equal(['First general']);
  });

  it('who held a metre on any date can be asked', async () => {
    const [first, second] = town.chiefs.community_l2;
    await apply([
      {
        op: 'assign',
        road_id: town.back,
        from_m: 0,
        to_m: 300,
        role: 'community_l2',
        chief_id: first,
        valid_from: '2026-01-01',
      },
    ]);
    await apply([
      {
        op: 'assign',
        road_id: town.back,
        from_m: 0,
        to_m: 300,
        role: 'community_l2',
        chief_id: second,
        valid_from: '2026-03-01',
        replace: true,
      },
    ]);
    const on = async (at: string) =>
      (await listAssignments(district().db, { road_id: town.back, at, history: 'false', limit: 10 })).assignments.map(
        ({ chief }) => chief.name,
      );
    expect(await on('2025-12-31')).to.deep.equal([]);
    expect(await on('2026-02-28T23:59:59+08:00')).to.deep.equal(['First community_l2']);
    expect(await on('2026-03-01')).to.deep.equal(['Second community_l2']);
  });

  it('a temporary holder gives the metres back to who had them', async () => {
    const [first, second] = town.chiefs.general;
    await apply([{ op: 'assign', road_id: town.mill, from_m: 0, to_m: 200, role: 'general', chief_id: first }]);
    await apply([
      {
        op: 'assign',
        road_id: town.mill,
        from_m: 50,
        to_m: 100,
        role: 'general',
        chief_id: second,
        valid_from: '2099-01-01',
        valid_to: '2099-02-01',
        replace: true,
      },
    ]);
    const at = async (moment: string) =>
      (
        await listAssignments(district().db, { road_id: town.mill, at: moment, history: 'false', limit: 10 })
      ).assignments
        .map(({ from_m, to_m, chief }) => [from_m, to_m, chief.name.split(' ')[0]])
        .sort();
    expect(await at('2098-12-31')).to.deep.equal([[0, 200, 'First']]);
    expect(await at('2099-01-15')).to.deep.equal([
      [0, 50, 'First'],
      [100, 200, 'First'],
      [50, 100, 'Second'],
    ]);
    expect((await at('2099-02-01')).map((row) => row[2])).to.deep.equal(['First', 'First', 'First']);
  });

  it('bad changes are named with what came and what was expected', async () => {
    const chief_id = town.chiefs.general[0];
    const outside = await problemOf(
      apply([{ op: 'assign', road_id: town.mill, from_m: 0, to_m: 200.01, role: 'general', chief_id }]),
    );
    expect([outside.kind, outside.message]).to.deep.equal([
      'invalid',
      `Change 0: 0-200.01 m is not a stretch of Mill Lane (id ${town.mill}), which is 200 m long.`,
    ]);
    expect(
      (await problemOf(apply([{ op: 'assign', road_id: 999999, from_m: 0, to_m: 1, role: 'general', chief_id }]))).kind,
    ).to.equal('not_found');
    expect(
      (await problemOf(apply([{ op: 'assign', road_id: town.mill, from_m: 0, to_m: 1, role: 'town_l1', chief_id }])))
        .message,
    ).to.include('is general, not town_l1');
    expect((await problemOf(apply([{ op: 'end', assignment_id: 424242 }]))).kind).to.equal('not_found');
    const backwards = await problemOf(
      apply([
        {
          op: 'assign',
          road_id: town.mill,
          from_m: 0,
          to_m: 1,
          role: 'general',
          chief_id,
          valid_from: '2026-05-01',
          valid_to: '2026-04-01',
        },
      ]),
    );
    expect(backwards.kind).to.equal('invalid');
  });

  it('an assignment that ended is not ended again', async () => {
    const [first] = town.chiefs.general;
    await apply([{ op: 'assign', road_id: town.mill, from_m: 0, to_m: 200, role: 'general', chief_id: first }]);
    const { id } = (await listAssignments(district().db, { road_id: town.mill, history: 'true', limit: 10 }))
      .assignments[0]!;
    await apply([{ op: 'end', assignment_id: id }]);
    const all = () => listAssignments(district().db, { road_id: town.mill, history: 'true', limit: 10 });
    const before = await all();
    for (const at of [undefined, '2199-01-01']) {
      const problem = await problemOf(apply([{ op: 'end', assignment_id: id, at }]));
      expect(problem.kind).to.equal('conflict');
    }
    expect(await all()).to.deep.equal(before);
  });

  it('undo takes back its own and leaves what others were given for later', async () => {
    const [first, second] = town.chiefs.general;
    const stretch = { road_id: town.mill, from_m: 0, to_m: 200, role: 'general' };
    await apply([{ op: 'assign', ...stretch, chief_id: second, valid_from: '2199-01-01' }]);
    const done = await apply([{ op: 'assign', ...stretch, chief_id: first, valid_to: '2198-01-01' }]);
    await apply(done.undo);
    const at = async (moment: string) =>
      (
        await listAssignments(district().db, { road_id: town.mill, at: moment, history: 'false', limit: 10 })
      ).assignments.map(({ chief }) => chief.name);
    expect(await at('2197-01-01')).to.deep.equal([]);
    expect(await at('2199-02-01')).to.deep.equal(['Second general']);
  });

  it('undo of a change in the past restores the past', async () => {
    const [first, second] = town.chiefs.general;
    const stretch = { road_id: town.mill, from_m: 0, to_m: 200, role: 'general' };
    await apply([{ op: 'assign', ...stretch, chief_id: first, valid_from: '2026-01-01', valid_to: '2026-03-01' }]);
    await apply([{ op: 'assign', ...stretch, chief_id: first, valid_from: '2026-03-01' }]);
    const on = async (moment: string) =>
      (
        await listAssignments(district().db, { road_id: town.mill, at: moment, history: 'false', limit: 10 })
      ).assignments.map(({ chief }) => chief.name);
    const done = await apply([{ op: 'assign', ...stretch, chief_id: second, valid_from: '2026-02-01', replace: true }]);
    expect(await on('2026-02-15')).to.deep.equal(['Second general']);
    await apply(done.undo);
    for (const day of ['2026-01-15', '2026-02-15', '2026-05-01'])
      expect(await on(day)).to.deep.equal(['First general']);
    expect(await on('2025-12-31')).to.deep.equal([]);
  });

  it('keeps the history of what began before 1901, when Shanghai kept its own sun', async () => {
    const [first] = town.chiefs.general;
    await apply([
      {
        op: 'assign',
        road_id: town.mill,
        from_m: 0,
        to_m: 200,
        role: 'general',
        chief_id: first,
        valid_from: '1900-01-01',
      },
    ]);
    await apply([{ op: 'release', road_id: town.mill, from_m: 0, to_m: 80, role: 'general' }]);
    const then = await listAssignments(district().db, {
      road_id: town.mill,
      at: '2020-01-01',
      history: 'false',
      limit: 10,
    });
    expect(then.assignments.map(({ from_m, to_m }) => [from_m, to_m])).to.deep.equal([[0, 200]]);
  });

  it('random sets leave exactly what a metre-by-metre book-keeping says, and their undo takes them back', async () => {
    const { db } = district();
    const length = 300;
    // The brute force: for each role one array of holders per side, one cell a metre.
    const book = new Map<string, (number | null)[]>();
    const cells = (role: string, side: string) => {
      const key = `${role} ${side}`;
      if (!book.has(key)) book.set(key, Array<number | null>(length).fill(null));
      return book.get(key)!;
    };
    const step = fc.record({
      op: fc.constantFrom('assign', 'assign', 'assign', 'release'),
      from: fc.integer({ min: 0, max: length - 1 }),
      long: fc.integer({ min: 1, max: length }),
      sides: fc.constantFrom('left', 'right', 'both'),
      role: fc.constantFrom('general', 'community_l2'),
      who: fc.constantFrom(0, 1),
      undo: fc.boolean(),
    });
    const check = async () => {
      const { rows } = await db.raw<{
        rows: { role: string; chief_id: number; f: number; t: number; l: boolean; r: boolean }[];
      }>(
        `select role, chief_id, lower(span) f, upper(span) t, sides && '[0,1)' l, sides && '[1,2)' r
         from assignments where road_id = ? and validity @> now()`,
        [town.back],
      );
      for (const role of ['general', 'community_l2']) {
        for (const [side, on] of [
          ['left', 'l'],
          ['right', 'r'],
        ] as const) {
          const found = Array<number | null>(length).fill(null);
          for (const row of rows.filter((each) => each.role === role && each[on])) {
            for (let cell = row.f / 100; cell < row.t / 100; cell += 1) {
              expect(found[cell], 'no two holders').to.equal(null);
              found[cell] = row.chief_id;
            }
          }
          expect(found).to.deep.equal(cells(role, side));
        }
      }
      const coverage = await coverageOf(db, coverageQuery.parse({ group: 'none', road_id: town.back }));
      for (const tally of coverage.roles) {
        expect(tally.met_m + tally.missing_m).to.equal(tally.required_m);
        if (tally.role !== 'general' && tally.role !== 'community_l2') continue;
        const metres =
          ['left', 'right'].reduce(
            (sum, side) => sum + cells(tally.role, side).filter((cell) => cell !== null).length,
            0,
          ) / 2;
        expect(tally.met_m).to.equal(metres);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await db('assignments').delete();
        await db.raw('select refresh_segments(null)');
        book.clear();
        for (const { op, from, long, sides, role, who, undo } of steps) {
          const to = Math.min(length, from + long);
          const chief_id = town.chiefs[role as 'general'][who as 0 | 1];
          const stretch = { road_id: town.back, from_m: from, to_m: to, sides, role };
          const change = op === 'assign' ? { op, ...stretch, chief_id, replace: true } : { op, ...stretch };
          const before = new Map([...book].map(([key, row]) => [key, [...row]]));
          const done = await applyChangeSet(db, 'tester', set([change]));
          for (const side of sides === 'both' ? ['left', 'right'] : [sides]) {
            cells(role, side).fill(op === 'assign' ? chief_id : null, from, to);
          }
          await check();
          if (undo && done.undo.length > 0) {
            await applyChangeSet(db, 'tester', set(done.undo as Change[]));
            book.clear();
            for (const [key, row] of before) book.set(key, row);
            await check();
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
