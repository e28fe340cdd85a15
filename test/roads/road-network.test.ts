import { expect } from 'chai';
import type { Knex } from 'knex';
import { openChange, touch } from '../../api/database/change-log.ts';
import { migrate, migrateDown } from '../../api/database/migrate.ts';
import { currentNetwork } from '../../api/roads/road-network.ts';
import { eachEngine, openDistrict } from '../support/district.ts';
import { addRoad } from '../support/rows.ts';

eachEngine('the network in memory', (district) => {
  const names = async (db: Knex) => (await currentNetwork(db)).network.roadNames;
  const add = async (db: Knex, name: string, row = {}): Promise<void> => {
    await addRoad(
      db,
      [
        [0, 0],
        [100, 0],
      ],
      { name, ...row },
    );
    await touch(db, 'roads');
  };

  it('is empty in an empty district', async () => {
    const { network, place, version } = await currentNetwork(district().db);
    expect([network.roadNames.length, place.extent, version]).to.deep.equal([0, null, 1]);
  });

  it('is kept while the roads stay as they are, and holds what was committed', async () => {
    const { db } = district();
    await add(db, 'first');
    const first = await currentNetwork(db);
    expect(await currentNetwork(db)).to.equal(first);
    await touch(db, 'issues');
    expect(await currentNetwork(db)).to.equal(first);
    await add(db, 'second');
    const second = await currentNetwork(db);
    expect(second.version).to.equal(first.version + 1);
    expect(second.network.roadNames).to.deep.equal(['first', 'second']);
    expect(second.place.extent).to.deep.equal([500_000, 3_375_000, 500_100, 3_375_000]);
  });

  it('leaves planned roads out and keeps built ones that are not handed over', async () => {
    const { db } = district();
    await add(db, 'planned', { status: 'planned' });
    await add(db, 'built', { status: 'built' });
    expect(await names(db)).to.deep.equal(['first', 'second', 'built']);
  });

  it('is loaded once for many requests at the same moment', async () => {
    const { db } = district();
    await add(db, 'third');
    const questions: string[] = [];
    const listen = ({ sql }: { sql: string }): void => void (sql.includes('st_asbinary') && questions.push(sql));
    db.on('query', listen);
    const networks = await Promise.all(Array.from({ length: 20 }, () => currentNetwork(db)));
    db.removeListener('query', listen);
    expect(new Set(networks).size).to.equal(1);
    expect(questions).to.have.length(1);
  });

  it('shows a transaction its own roads and forgets them when it is rolled back', async () => {
    const { db } = district();
    const before = await currentNetwork(db);
    const undone = new Error('undone');
    for (const touched of [true, false]) {
      await db
        .transaction(async (trx) => {
          await addRoad(
            trx,
            [
              [0, 0],
              [100, 0],
            ],
            { name: 'never' },
          );
          if (touched) await touch(trx, 'roads');
          expect(await names(trx)).to.include('never');
          throw undone;
        })
        .catch((error: unknown) => expect(error).to.equal(undone));
      expect(await currentNetwork(db)).to.equal(before);
    }
    // The version that was rolled back comes again, with another road.
    await add(db, 'instead');
    const after = await currentNetwork(db);
    expect(after.version).to.equal(before.version + 1);
    expect(after.network.roadNames).to.include('instead').and.not.include('never');
  });

  it('shows a transaction that it deleted or moved a road', async () => {
    const { db } = district();
    const undone = new Error('undone');
    await db
      .transaction(async (trx) => {
        await trx('roads').where({ name: 'instead' }).delete();
        expect(await names(trx)).to.not.include('instead');
        throw undone;
      })
      .catch((error: unknown) => expect(error).to.equal(undone));
    expect(await names(db)).to.include('instead');
  });

  it('shares the kept network with a transaction that writes other things', async () => {
    const { db } = district();
    const kept = await currentNetwork(db);
    await db.transaction(async (trx) => {
      await openChange(trx, { actor: 'tester', kind: 'test' });
      await trx.raw('select from roads for key share');
      expect(await currentNetwork(trx)).to.equal(kept);
      await trx.transaction(async (inner) => expect(await currentNetwork(inner)).to.equal(kept));
    });
  });

  it('keeps what a transaction that only read has loaded', async () => {
    const { db } = district();
    await add(db, 'fourth');
    const loaded = await db.transaction((trx) => currentNetwork(trx));
    expect(await currentNetwork(db)).to.equal(loaded);
  });

  it('does not wait for a load outside its transaction, which may be waiting for its connection', async () => {
    const { db } = district();
    await add(db, 'fifth');
    let outside: Promise<unknown> | undefined;
    await db.transaction(async (trx) => {
      outside = currentNetwork(db);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await names(trx)).to.include('fifth');
    });
    await outside;
  });

  it('is that of its own district where several share a process, even one made anew under the same name', async () => {
    const here = await names(district().db);
    const other = await openDistrict(district().engine);
    await add(other.db, 'elsewhere');
    expect(await names(other.db)).to.deep.equal(['elsewhere']);
    const version = (await currentNetwork(other.db)).version;
    await migrateDown(other.db, other);
    await migrate(other.db, other);
    await add(other.db, 'anew');
    expect((await currentNetwork(other.db)).version).to.equal(version);
    expect(await names(other.db)).to.deep.equal(['anew']);
    await other.close();
    if (district().engine === 'embedded') await district().db.raw(`set search_path to ${district().schema}, public`);
    expect(await names(district().db)).to.deep.equal(here);
  });

  it('survives a load that fails', async () => {
    const { db } = district();
    await add(db, 'sixth');
    await db.raw('alter table road_nodes rename to road_nodes_gone');
    await currentNetwork(db).then(
      () => expect.fail('it was loaded'),
      () => {},
    );
    await db.raw('alter table road_nodes_gone rename to road_nodes');
    expect(await names(db)).to.include('sixth');
  });
});
