import { expect } from 'chai';
import { migrate, migrateDown } from '../../api/database/migrate.ts';
import { describeSchema } from '../../api/database/describe-schema.ts';
import { eachEngine } from '../support/district.ts';

eachEngine('migrations', (district) => {
  it('go up, down and up again to the same schema', async () => {
    const { db } = district();
    const first = await describeSchema(db);
    await migrateDown(db, district());
    const between = await describeSchema(db);
    expect(between).to.not.include('create table roads');
    await migrate(db, district());
    expect(await describeSchema(db)).to.equal(first);
  });

  it('applied twice change nothing', async () => {
    const { db } = district();
    const first = await describeSchema(db);
    expect(await migrate(db, district())).to.deep.equal([]);
    expect(await describeSchema(db)).to.equal(first);
  });

  it('move an empty district to another coordinate system, and one with a change in it never', async () => {
    const { db, schema, time_zone, srid } = district();
    const kept = async (): Promise<number> => (await db('district').first<{ srid: number }>('srid')).srid;
    await migrate(db, { schema, time_zone, srid: 4548 });
    expect(await kept()).to.equal(4548);
    const { rows } = await db.raw<{ rows: { srid: number }[] }>(
      `select srid from geometry_columns where f_table_schema = current_schema() and f_table_name = 'roads'`,
    );
    expect(rows.map((row) => row.srid)).to.include(4548);
    await migrate(db, { schema, time_zone, srid });

    await db('change_log').insert({ actor: 'tester', kind: 'test', details: '{}' });
    const refusal = await migrate(db, { schema, time_zone, srid: 4548 }).catch((error: Error) => error);
    expect((refusal as Error).message).to.include(`is kept in EPSG:${srid} but DISTRICT_SRID is 4548`);
    expect(await kept()).to.equal(srid);
  });
});
