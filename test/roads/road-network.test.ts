import { expect } from 'chai';
import type { Knex } from 'knex';
import { openChange, touch } from '../../api/database/change-log.ts';
import { migrate, migrateDown } from '../../api/database/migrate.ts';
import { snap } from '../../api/network/snap.ts';
import type { Network } from '../../api/network/network.ts';
import { loadNetwork, networkState } from '../../api/roads/load-road-network.ts';
import { currentNetwork } from '../../api/roads/road-network.ts';
import { refreshRoadNodes } from '../../api/roads/take-roads.ts';
import { eachEngine, openDistrict } from '../support/district.ts';
import { meetings } from '../support/meetings.ts';
import { addRoad } from '../support/rows.ts';
import { seededRandom } from '../support/shapes.ts';

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

eachEngine('the network after a few roads have changed', (district) => {
  const random = seededRandom(11);
  const corner = (): number => 100 * Math.floor(10 * random());
  type Place = [number, number];
  const line = (...places: Place[]): string =>
    `st_setsrid(st_geomfromtext('linestring(${places.map(([x, y]) => `${500_000 + x} ${3_375_000 + y}`).join()})'), (select srid from district))`;

  /** Each piece of a grid of ten by ten streets is a road of its own. */
  before(async () => {
    const { db } = district();
    await addRoad(db, [[-500, 0], [-400, 0]] as Place[], { name: 'the first' }); // prettier-ignore
    const pieces = Array.from({ length: 100 }, (_, i): Place => [100 * (i % 10), 100 * Math.floor(i / 10)]);
    const lines = pieces.flatMap(([x, y]) => [line([x, y], [x + 100, y]), line([x, y], [x, y + 100])]);
    await db.raw(
      `insert into roads (name, class, geom, change_id)
       select 'street ' || number, 'alley', geom, (select max(id) from change_log)
       from unnest(array[${lines.join()}]) with ordinality as piece (geom, number)`,
    );
    await db.transaction((trx) => refreshRoadNodes(trx));
    await touch(db, 'roads');
    await currentNetwork(db);
  });

  /** Everything that can be told from outside: names, meetings, and what snapping says at 60 places. */
  function told(network: Network): unknown {
    const answers = Array.from({ length: 60 }, (_, i) => {
      const [x, y] = [500_000 + ((i * 379) % 1000), 3_375_000 + ((i * 613) % 1000)];
      const { verdict, because, candidates } = snap(network, { x, y, accuracy_m: 25 });
      const each = candidates.map(({ road_id, measure_cm, side, probability, flags }) =>
        [road_id, measure_cm, side, probability.toFixed(9), flags.toSorted()].join(' '),
      );
      return [verdict, because, ...each.sort()];
    });
    return { meetings: meetings(network), answers };
  }

  const changes: [string, (db: Knex) => Promise<unknown>][] = [
    ['a new road that ends in the middle of others', (db) => db.raw(`insert into roads (class, geom, change_id)
       select 'branch', ${line([corner(), corner()], [corner() + 50, corner() + 50], [corner(), corner()])}, max(id) from change_log`)], // prettier-ignore
    ['a road redrawn to other corners', (db) => db.raw(`update roads set geom = ${line([corner(), corner()], [1000, 1000])}
       where name = 'street ${1 + Math.floor(190 * random())}'`)], // prettier-ignore
    [
      'a road that is gone',
      (db) => db.raw(`delete from roads where name = 'street ${1 + Math.floor(190 * random())}'`),
    ],
    ['a road that is renamed and another one that is planned again', (db) => db.raw(`
       update roads set name = '新街' where name = 'street ${1 + Math.floor(90 * random())}';
       update roads set status = 'planned' where name = 'street ${100 + Math.floor(90 * random())}'`)], // prettier-ignore
  ];
  for (const round of [1, 2]) {
    for (const [what, change] of changes) {
      it(`answers as one read anew, after ${what} (${round})`, async () => {
        const { db } = district();
        const { network: before } = await currentNetwork(db);
        await db.transaction(async (trx) => {
          await change(trx);
          await refreshRoadNodes(trx);
          await touch(trx, 'roads');
        });
        const { network, place } = await currentNetwork(db);
        const anew = await loadNetwork(db, await networkState(db), null);
        expect(network.numbers.packed, 'it was brought up to date').to.equal(before.numbers.packed);
        expect(network.version).to.equal(anew.version);
        expect(place.extent).to.deep.equal(anew.place.extent);
        expect(told(network)).to.deep.equal(told(anew.network));
      });
    }
  }

  it('is made anew after many have', async () => {
    const { db } = district();
    const { network: before } = await currentNetwork(db);
    await db.raw(`update roads set class = 'branch'`);
    await touch(db, 'roads');
    const { network } = await currentNetwork(db);
    expect(network.numbers.packed).to.not.equal(before.numbers.packed);
    expect(network.numbers.added.size).to.equal(0);
  });
});
