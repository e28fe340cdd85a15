import { expect } from 'chai';
import { eachEngine } from '../support/district.ts';

eachEngine('one driver for two engines', (district) => {
  const ask = async (sql: string, bindings: (string | number)[] = []) =>
    (await district().db.raw<{ rows: Record<string, unknown>[] }>(sql, bindings)).rows;
  const codeOf = async (sql: string, bindings: (string | number)[] = []): Promise<string> => {
    try {
      await ask(sql, bindings);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'no error';
  };

  it('brings a large answer whole and in order', async () => {
    const rows = await ask(`select i, repeat(chr(65 + i % 26), 300) as text from generate_series(1, 30000) i`);
    expect(rows).to.have.length(30_000);
    expect(rows.every((row, index) => row.i === index + 1 && (row.text as string).length === 300)).to.equal(true);
  });

  it('takes a question of five megabytes', async () => {
    const text = '路'.repeat(1_700_000);
    expect(await ask('select length(?::text) as length', [text])).to.deep.equal([{ length: 1_700_000 }]);
  });

  it('gives the SQLSTATE of an error, and the next answer belongs to the next question', async () => {
    expect(await codeOf('select ?::integer', ['x'])).to.equal('22P02'); // fails when its values are bound
    expect(await ask('select 1 as a')).to.deep.equal([{ a: 1 }]);
    expect(await codeOf('select 1 / ?::integer', [0])).to.equal('22012'); // fails when it runs
    expect(await ask('select 2 as a where 1 = ?', [1])).to.deep.equal([{ a: 2 }]);
    expect(await codeOf('selekt')).to.equal('42601'); // a simple query
    expect(await codeOf('select * from nowhere where 1 = ?', [1])).to.equal('42P01'); // fails when it is parsed
    expect(await ask('select 3 as a')).to.deep.equal([{ a: 3 }]);
  });

  it('rolls a failed transaction back and goes on', async () => {
    const { db } = district();
    await db.raw('create table kept (a integer)');
    const failing = db.transaction(async (trx) => {
      await trx.raw('insert into kept values (1)');
      await trx.raw('select ?::integer', ['x']);
    });
    expect(await failing.catch((error: { code: string }) => error.code)).to.equal('22P02');
    expect(await ask('select * from kept')).to.deep.equal([]);
    await db.transaction((trx) => trx.raw('insert into kept values (2)'));
    expect(await ask('select * from kept')).to.deep.equal([{ a: 2 }]);
    await db.raw('drop table kept');
  });

  it('answers many who ask at once, each with its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => ask('select ?::integer as i, pg_sleep(0.001)', [i])),
    );
    expect(answers.map(([row]) => row!.i)).to.deep.equal(Array.from({ length: 60 }, (_, i) => i));
  });

  it('gives bigint, numeric and times as TypeScript expects them', async () => {
    const [row] =
      await ask(`select 9007199254740991::bigint as big, sum(x) as sum, '2026-05-01T00:00+08'::timestamptz as at,
      '2026-05-01'::date as day, '[0,5)'::int4range as span from (values (1::bigint), (2)) v (x)`);
    expect(row).to.deep.equal({
      big: 9007199254740991,
      sum: 3,
      at: new Date('2026-04-30T16:00:00Z'),
      day: '2026-05-01',
      span: '[0,5)',
    });
  });

  it('knows the day of the district', async () => {
    expect(await ask(`select '2026-05-01'::timestamptz = '2026-04-30T16:00:00Z'::timestamptz as same`)).to.deep.equal([
      { same: true },
    ]);
  });
});
