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
});
