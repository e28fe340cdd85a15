/**
 * Whether zones tile, against an array of square metres, the plain overlays of PostGIS, and its coverage functions where
 * the engine has them (PostGIS 3.4; the server of the tests may be older, the embedded one is not).
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { placedZoneFaults } from '../../api/zones/zones.queries.ts';
import { eachEngine } from '../support/district.ts';
import { addZone, rectangle } from '../support/rows.ts';
import { seededRandom } from '../support/shapes.ts';
import { crookedCells } from '../support/zones.ts';

/** Metres; towns are cells of it, each with borders of its own. */
const COLUMNS = 3;
const ROWS = 2;
const SIZE = 40;
const MARGIN = 10;
type Box = [minx: number, miny: number, maxx: number, maxy: number];

eachEngine('faults of zones', (district) => {
  let hasCoverage = false;
  before(async () => {
    const { rows } = await district().db.raw(`select from pg_proc where proname = 'st_coverageinvalidedges'`);
    hasCoverage = rows.length > 0;
  });
  const clear = async (): Promise<void> => {
    await district().db('zones').whereNotNull('parent_id').delete();
    await district().db('zones').delete();
  };
  /** How many towns have an edge that does not meet its neighbour's, or crosses it. */
  async function invalidTowns(): Promise<number> {
    const { rows } = await district().db.raw<{ rows: { count: number }[] }>(
      `select count(edges) from (select st_coverageinvalidedges(geom) over () as edges from zones where level = 'town') towns`,
    );
    return rows[0]!.count;
  }
  /** "fault names: square metres", in order. */
  const told = async (): Promise<string[]> =>
    (await placedZoneFaults(district().db))
      .map(({ fault, names, area_m2 }) => `${fault} ${names.toSorted().join(' ')}: ${area_m2}`)
      .toSorted();

  it('have the areas that an array of square metres has, for random borders', async function () {
    this.timeout(120_000);
    const { db } = district();
    const step = fc.integer({ min: -MARGIN, max: MARGIN });
    const moves = fc.array(fc.tuple(fc.nat(COLUMNS * ROWS - 1), fc.nat(3), step), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(moves, async (moved) => {
        await clear();
        const boxes = Array.from({ length: COLUMNS * ROWS }, (_, cell): Box => {
          const [x, y] = [(cell % COLUMNS) * SIZE, Math.floor(cell / COLUMNS) * SIZE];
          return [x, y, x + SIZE, y + SIZE];
        });
        for (const [cell, edge, metres] of moved) boxes[cell]![edge]! += metres;
        const parent_id = await addZone(db, rectangle(0, 0, COLUMNS * SIZE, ROWS * SIZE), {
          level: 'district',
          name: 'whole',
        });
        for (const [cell, box] of boxes.entries()) {
          await addZone(db, rectangle(...box), { level: 'town', name: `town${cell}`, parent_id });
        }
        const { faults, overlaps } = bySquareMetre(boxes);
        expect(await told()).to.deep.equal(faults);
        const { rows } = await db.raw<{ rows: { towns: number; together: number; outside: number; hole: number }[] }>(
          `select sum(st_area(t.geom)) as towns, st_area(st_union(t.geom)) as together,
             st_area(st_difference(st_union(t.geom), p.geom)) as outside, st_area(st_difference(p.geom, st_union(t.geom))) as hole
           from zones t join zones p on p.id = t.parent_id group by p.geom`,
        );
        const { towns, together, outside, hole } = rows[0]!;
        expect(Math.round(outside - hole)).to.equal(Math.round(together - COLUMNS * ROWS * SIZE * SIZE));
        expect(overlaps > 0).to.equal(towns - together > 0.5);
        if (!hasCoverage) return;
        const invalid = await invalidTowns();
        if (overlaps > 0) expect(invalid).to.be.above(0);
        if (moved.every(([, , metres]) => metres === 0)) expect(invalid).to.equal(0);
      }),
      { numRuns: 20, seed: 9, examples: [[[]], [[[0, 2, 5]]], [[[0, 2, -5]]], [[[2, 2, 5]]]] },
    );
  });

  it('are none where crooked zones tile, and the dropped ones where some are dropped', async () => {
    const { db } = district();
    await clear();
    const cells = crookedCells(4, 4, 100, seededRandom(11)).map(([polygon]) => pointsOf(polygon![0]!));
    const ids: number[] = [];
    for (const [cell, ring] of cells.entries()) ids.push(await addZone(db, ring, { level: 'town', name: `${cell}` }));
    const parent = await addZone(db, rectangle(0, 0, 1, 1), { level: 'district', name: 'whole' });
    await db.raw(
      `update zones set geom = (select st_multi(st_union(geom)) from zones where level = 'town') where id = ?`,
      [parent],
    );
    await db('zones').whereIn('id', ids).update({ parent_id: parent });
    expect(await told()).to.deep.equal([]);
    if (hasCoverage) expect(await invalidTowns()).to.equal(0);
    const dropped = [5, 10];
    await db('zones')
      .whereIn(
        'id',
        dropped.map((cell) => ids[cell]!),
      )
      .delete();
    const [hole, ...others] = await placedZoneFaults(db);
    expect(others).to.deep.equal([]);
    expect(hole!.fault).to.equal('hole');
    const area = dropped.reduce((sum, cell) => sum + areaOf(cells[cell]!), 0);
    expect(hole!.area_m2).to.be.closeTo(area, 0.5); // a millimetre along 800 m of border
  });

  it('are overlaps where the coverage functions of PostGIS see crossing edges', async function () {
    if (!hasCoverage) {
      this.test!.title += ': skipped, this server has none (PostGIS before 3.4)';
      this.skip();
    }
    const { db } = district();
    await clear();
    const west = await addZone(db, rectangle(0, 0, SIZE, SIZE), { level: 'town', name: 'west' });
    await addZone(db, rectangle(SIZE, 0, 2 * SIZE, SIZE), { level: 'town', name: 'east' });
    expect([await told(), await invalidTowns()]).to.deep.equal([[], 0]);
    await db('zones').where({ id: west }).delete();
    await addZone(db, rectangle(0, 0, SIZE + 5, SIZE), { level: 'town', name: 'west' });
    expect([await told(), await invalidTowns()]).to.deep.equal([['overlap east west: 200'], 2]);
  });
});

/** Square metre by square metre: by whom it is held. */
function bySquareMetre(boxes: readonly Box[]): { faults: string[]; overlaps: number } {
  const areas = new Map<string, number>();
  const add = (fault: string): void => void areas.set(fault, (areas.get(fault) ?? 0) + 1);
  let overlaps = 0;
  for (let y = -2 * SIZE; y < (ROWS + 2) * SIZE; y++) {
    for (let x = -2 * SIZE; x < (COLUMNS + 2) * SIZE; x++) {
      const holders = boxes.flatMap(([x0, y0, x1, y1], cell) => (x >= x0 && x < x1 && y >= y0 && y < y1 ? [cell] : []));
      const isInside = x >= 0 && y >= 0 && x < COLUMNS * SIZE && y < ROWS * SIZE;
      if (isInside && holders.length === 0) add('hole whole');
      if (!isInside) for (const cell of holders) add(`outside_parent town${cell} whole`);
      for (const [i, one] of holders.entries()) {
        for (const other of holders.slice(i + 1)) {
          add(`overlap town${one} town${other}`);
          overlaps += 1;
        }
      }
    }
  }
  return { faults: [...areas].map(([fault, area]) => `${fault}: ${area}`).toSorted(), overlaps };
}

const pointsOf = (ring: ArrayLike<number>): [number, number][] =>
  Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!]);

function areaOf(points: readonly [number, number][]): number {
  const twice = points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
