import { expect } from 'chai';
import { connect } from '../../api/database/connect.ts';
import { serverUrl } from '../support/district.ts';

describe('a connection to a server', () => {
  const options = { database_url: serverUrl, folder: null, schema: 'public', time_zone: 'Asia/Shanghai' };
  const open = (db: { client: { pool?: { numUsed: () => number; numFree: () => number } } }): number =>
    db.client.pool!.numUsed() + db.client.pool!.numFree();

  before(function () {
    if (!serverUrl) this.skip();
  });

  it('is one until all are opened, which are then kept and free', async () => {
    const { db, openAll, close } = await connect(options);
    try {
      expect(open(db)).to.equal(1);
      await openAll();
      expect(open(db)).to.equal(8);
      expect(db.client.pool.numUsed()).to.equal(0);
    } finally {
      await close();
    }
  });

  it('is had though the warm-up is cut off or waits for a lock', async () => {
    const url = new URL(serverUrl!);
    url.searchParams.set('options', '-c statement_timeout=20');
    const { db, close } = await connect({ ...options, database_url: url.href });
    try {
      expect((await db.raw('select 1 as one')).rows).to.deep.equal([{ one: 1 }]);
    } finally {
      await close();
    }
  });
});
