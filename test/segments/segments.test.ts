import { expect } from 'chai';
import fc from 'fast-check';
import { changeSet } from '../../api/assignments/assignments.contract.ts';
import { applyChangeSet } from '../../api/assignments/assignments.ts';
import { coverageQuery, gapQuery } from '../../api/coverage/coverage.contract.ts';
import { coverageOf } from '../../api/coverage/coverage.queries.ts';
import { listGaps } from '../../api/coverage/gaps.queries.ts';
import { roleKeys, type Role } from '../../api/http/shapes.ts';
import { listSegments } from '../../api/segments/segments.queries.ts';
import { ensureCurrent } from '../../api/segments/segments.ts';
import { eachEngine } from '../support/district.ts';
import { addRoad, addZone, buildTown, type Town } from '../support/town.ts';

eachEngine('segments', (district) => {
  let town: Town;
  let zones: { north: number; south: number; hill: number; mill: number; bureau: number };
  before(async () => {
    const { db } = district();
    town = await buildTown(db);
    const box: [number, number, number, number] = [0, 0, 10, 10];
    const north = await addZone(db, { code: 'n', level: 'town', name: 'North', box });
    const south = await addZone(db, { code: 's', level: 'town', name: 'South', box });
    zones = {
      north,
      south,
      hill: await addZone(db, { code: 'n1', level: 'community', name: 'Hill', parent_id: north, box }),
      mill: await addZone(db, { code: 's1', level: 'community', name: 'Mill', parent_id: south, box }),
      bureau: await addZone(db, { code: 'b', level: 'bureau', name: 'Core', box }),
    };
  });
  const zoneStretch = (zone_id: number, level: string, road_id: number, from: number, to: number, sides: string) =>
    district()
      .db('zone_stretches')
      .insert({ zone_id, level, road_id, span: `[${from},${to})`, sides });

  it('are cut where a zone or a holder changes, and only there', async () => {
    const { db } = district();
    await zoneStretch(zones.north, 'town', town.high, 0, 60_000, '[0,2)');
    await zoneStretch(zones.south, 'town', town.high, 60_000, 100_000, '[0,2)');
    await applyChangeSet(
      db,
      'tester',
      changeSet.parse({
        changes: [
          {
            op: 'assign',
            road_id: town.high,
            from_m: 250,
            to_m: 600,
            role: 'general',
            chief_id: town.chiefs.general[0],
          },
        ],
      }),
    );
    const { features } = await listSegments(db, { road_id: town.high, limit: 100 });
    const seen = features.map(({ properties: p }) => [
      p.from_m,
      p.to_m,
      p.sides,
      p.town?.name,
      p.holders.general?.name ?? null,
      p.missing.length,
    ]);
    expect(seen).to.deep.equal([
      [0, 250, 'both', 'North', null, 6],
      [250, 600, 'both', 'North', 'First general', 5],
      [600, 1000, 'both', 'South', null, 6],
    ]);
    expect(features[0]!.geometry.coordinates).to.have.length(2);
  });

  it('of a boundary street differ by side, without slivers between', async () => {
    const { db } = district();
    const street = await addRoad(db, {
      external_id: 'edge',
      name: 'Edge Street',
      class: 'branch',
      line: [
        [0, 500],
        [400, 500],
      ],
    });
    await zoneStretch(zones.north, 'town', street, 0, 40_000, '[0,1)');
    await zoneStretch(zones.south, 'town', street, 0, 40_000, '[1,2)');
    await db.raw('select refresh_segments(array[?::integer])', [street]);
    const { features } = await listSegments(db, { road_id: street, limit: 100 });
    expect(features.map(({ properties: p }) => [p.from_m, p.to_m, p.sides, p.town?.name])).to.deep.equal([
      [0, 400, 'left', 'North'],
      [0, 400, 'right', 'South'],
    ]);
    const byTown = await coverageOf(db, coverageQuery.parse({ group: 'town', role: 'general', road_id: street }));
    expect(byTown.groups.map(({ name, road_m }) => [name, road_m]).sort()).to.deep.equal([
      ['North', 200],
      ['South', 200],
    ]);
  });

  it('a town may ask for other roles than the district', async () => {
    const { db } = district();
    await zoneStretch(zones.south, 'town', town.mill, 0, 20_000, '[0,2)');
    await db('role_rules').insert({ town_id: zones.south, class: 'alley', role: 'management_l2', required: true });
    await db('role_rules').insert({ town_id: zones.south, class: 'alley', role: 'general', required: false });
    await db.raw('select refresh_segments(null)');
    const missing = async (road_id: number) =>
      (await listSegments(db, { road_id, limit: 9 })).features[0]!.properties.missing;
    expect(await missing(town.mill)).to.deep.equal(['community_l2', 'management_l2', 'sanitation_l2']);
    expect(await missing(town.back)).to.deep.equal(['general', 'community_l2', 'sanitation_l2']);
    await db('role_rules').where({ town_id: zones.south }).delete();
  });

  it('ask nothing of roads that were not handed over (R5)', async () => {
    const { db } = district();
    const planned = await addRoad(db, {
      external_id: 'new',
      name: 'New Road',
      class: 'main',
      status: 'planned',
      line: [
        [0, 900],
        [100, 900],
      ],
    });
    const { features } = await listSegments(db, { road_id: planned, limit: 9 });
    expect(features[0]!.properties.missing).to.deep.equal([]);
    expect((await coverageOf(db, coverageQuery.parse({ group: 'none', road_id: planned }))).total.required_m).to.equal(
      0,
    );
  });

  it('follow the clock: an assignment that begins or ends later changes them when its time comes', async () => {
    const { db } = district();
    await applyChangeSet(
      db,
      'tester',
      changeSet.parse({
        changes: [
          {
            op: 'assign',
            road_id: town.mill,
            from_m: 0,
            to_m: 200,
            role: 'sanitation_l2',
            chief_id: town.chiefs.sanitation_l2[0],
            valid_from: '2099-01-01',
          },
        ],
      }),
    );
    const kept = async () =>
      (await db('segments').where({ road_id: town.mill }).select('sanitation_l2')).map(
        (row: { sanitation_l2: number | null }) => row.sanitation_l2,
      );
    expect(await kept()).to.deep.equal([null]);
    // As if that day had come: the assignment began a minute ago, after the segments were last derived.
    await db.raw(`update district set segments_at = now() - interval '1 hour'`);
    await db.raw(
      `update assignments set validity = tstzrange(now() - interval '1 minute', null) where road_id = ? and role = 'sanitation_l2'`,
      [town.mill],
    );
    await ensureCurrent(db);
    expect(await kept()).to.deep.equal([town.chiefs.sanitation_l2[0]]);
  });

  it('know what others saved while a long import ran', async function () {
    const { db, engine } = district();
    if (engine === 'embedded') return this.skip(); // one connection: nobody saves meanwhile
    const street = await addRoad(db, {
      external_id: 'busy',
      name: 'Busy Street',
      class: 'alley',
      line: [
        [0, 700],
        [100, 700],
      ],
    });
    await db.transaction(async (trx) => {
      await trx.raw('select now()'); // the import has begun
      await applyChangeSet(
        db,
        'tester',
        changeSet.parse({
          changes: [
            { op: 'assign', road_id: street, from_m: 0, to_m: 100, role: 'general', chief_id: town.chiefs.general[0] },
          ],
        }),
      );
      await trx.raw('select refresh_segments(null)');
    });
    expect(
      (await coverageOf(db, coverageQuery.parse({ group: 'none', road_id: street, role: 'general' }))).total.met_m,
    ).to.equal(100);
  });

  it('partition every road, and agree metre by metre with a book-keeping of their own', async () => {
    const { db } = district();
    const metres = 60;
    const road = await addRoad(db, {
      external_id: 'lab',
      name: null,
      class: 'main',
      line: [
        [0, 2000],
        [metres, 2000],
      ],
    });
    const piece = fc.tuple(
      fc.nat(metres - 1),
      fc.integer({ min: 1, max: metres }),
      fc.constantFrom('[0,1)', '[1,2)', '[0,2)'),
    );
    const facts = fc.record({
      holders: fc.array(fc.tuple(fc.constantFrom(...roleKeys), piece), { maxLength: 14 }),
      towns: fc.array(fc.tuple(fc.constantFrom(zones.north, zones.south), piece), { maxLength: 5 }),
    });
    const change_id = (await db('change_log').first<{ id: number }>('id')).id;
    await fc.assert(
      fc.asyncProperty(facts, async ({ holders, towns }) => {
        await db('assignments').where({ road_id: road }).delete();
        await db('zone_stretches').where({ road_id: road }).delete();
        type Cell = { town: number | null } & Record<Role, number | null>;
        const empty = (): Cell => ({
          town: null,
          ...(Object.fromEntries(roleKeys.map((role) => [role, null])) as Record<Role, null>),
        });
        const book = { left: Array.from({ length: metres }, empty), right: Array.from({ length: metres }, empty) };
        const cells = ([from, long, on]: [number, number, string]): Cell[] =>
          (['left', 'right'] as const)
            .filter((side) => on === '[0,2)' || (on === '[0,1)') === (side === 'left'))
            .flatMap((side) => book[side].slice(from, Math.min(metres, from + long)));
        for (const [zone_id, place] of towns) {
          if (cells(place).some((cell) => cell.town !== null)) continue;
          for (const cell of cells(place)) cell.town = zone_id;
          await zoneStretch(
            zone_id,
            'town',
            road,
            place[0] * 100,
            Math.min(metres, place[0] + place[1]) * 100,
            place[2],
          );
        }
        for (const [index, [role, place]] of holders.entries()) {
          if (cells(place).some((cell) => cell[role] !== null)) continue;
          const chief_id = town.chiefs[role][(index % 2) as 0 | 1];
          for (const cell of cells(place)) cell[role] = chief_id;
          await db('assignments').insert({
            road_id: road,
            road_length_cm: metres * 100,
            role,
            chief_id,
            change_id,
            sides: place[2],
            span: `[${place[0] * 100},${Math.min(metres, place[0] + place[1]) * 100})`,
            validity: '[2026-01-01,)',
          });
        }
        await db.raw('select refresh_segments(array[?::integer])', [road]);
        const { features } = await listSegments(db, { road_id: road, limit: 1000 });
        const seen = { left: Array<string | null>(metres).fill(null), right: Array<string | null>(metres).fill(null) };
        for (const { properties: p } of features) {
          const holding = Object.fromEntries(roleKeys.map((role) => [role, p.holders[role]?.id ?? null]));
          for (const side of p.sides === 'both' ? (['left', 'right'] as const) : [p.sides]) {
            for (let cell = p.from_m; cell < p.to_m; cell += 1) {
              expect(seen[side][cell], 'segments do not overlap').to.equal(null);
              seen[side][cell] = JSON.stringify({ town: p.town?.id ?? null, ...holding });
            }
          }
        }
        const wanted = (side: 'left' | 'right') =>
          book[side].map(({ town: t, ...rest }) => JSON.stringify({ town: t, ...rest }));
        expect(seen.left).to.deep.equal(wanted('left'));
        expect(seen.right).to.deep.equal(wanted('right'));
        // Maximal: two that follow each other on the same sides differ in something.
        for (const first of features) {
          for (const next of features) {
            if (first.properties.to_m !== next.properties.from_m || first.properties.sides !== next.properties.sides)
              continue;
            const facts = ({ town: t, holders: h }: typeof first.properties) => JSON.stringify([t, h]);
            expect(facts(first.properties)).to.not.equal(facts(next.properties));
          }
        }
        // The gaps say the same as the book, and required = held + gap.
        for (const role of ['general', 'community_l2'] as const) {
          const gaps = await listGaps(db, gapQuery.parse({ road_id: road, role, limit: 1000 }));
          const open = [...book.left, ...book.right].filter((cell) => cell[role] === null).length / 2;
          expect(gaps.missing_m).to.equal(open);
          const sum = gaps.features.reduce(
            (total, { properties: p }) => total + (p.to_m! - p.from_m!) * (p.sides === 'both' ? 1 : 0.5),
            0,
          );
          expect(sum).to.be.closeTo(open, 1e-9);
          const { total } = await coverageOf(db, coverageQuery.parse({ group: 'none', road_id: road, role }));
          expect([total.missing_m, total.met_m + total.missing_m]).to.deep.equal([open, metres]);
        }
      }),
      { numRuns: 15 },
    );
  });
});
