import { expect } from 'chai';
import fc from 'fast-check';
import { locate } from '../../api/geometry/locate.ts';
import { findInventoryFaults } from '../../api/network/inventory-faults.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { RoadInput } from '../../api/network/network.ts';
import { updateNetwork } from '../../api/network/update.ts';
import { eachEngine } from '../support/district.ts';
import { seededRandom } from '../support/shapes.ts';
import { network, road } from '../support/streets.ts';

/** Lines in a square, from a seed: no two of their vertices are at one place, and none lies on another line. */
const anyLines = (side_m: number, most: number) =>
  fc.tuple(fc.integer(), fc.integer({ min: 2, max: most })).map(([seed, count]) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () =>
      Array.from({ length: 4 + 2 * Math.floor(6 * random()) }, () => side_m * random()),
    );
  });

/** Faults of one kind with ids for numbers; figures in metres. */
const duplicates = (...roads: RoadInput[]) => {
  const streets = network(...roads);
  return findInventoryFaults(streets).duplicate.map((one) => ({
    road: streets.roadIds[one.road]!,
    other: streets.roadIds[one.other]!,
    from: one.from_cm / 100,
    to: one.to_cm / 100,
    distance: Math.round(one.distance_m * 100) / 100,
  }));
};
const endGaps = (...roads: RoadInput[]) => {
  const streets = network(...roads);
  return findInventoryFaults(streets).end_gap.map((one) => ({
    road: streets.roadIds[one.road]!,
    at: one.at_cm / 100,
    other: streets.roadIds[one.other]!,
    other_at: one.other_at_cm / 100,
    distance: Math.round(one.distance_m * 100) / 100,
  }));
};
const crossings = (...roads: RoadInput[]) => {
  const streets = network(...roads);
  return findInventoryFaults(streets).crossing.map(({ road: one, other, x, y, at_cm, other_at_cm }) => {
    const ends = [
      { id: streets.roadIds[one]!, at: at_cm / 100 },
      { id: streets.roadIds[other]!, at: other_at_cm / 100 },
    ].toSorted((a, b) => a.id - b.id);
    return [...ends.map(({ id, at }) => `${id}@${at}`), `${x} ${y}`].join(', ');
  });
};

describe('faults of the inventory', () => {
  it('are none where named roads meet at shared places', () => {
    const faults = findInventoryFaults(
      network(
        road(1, [0, 0, 100, 0, 200, 0], { name: 'East Street' }),
        road(2, [100, 0, 100, 80], { name: 'North Lane' }),
        road(3, [200, 0, 200, 80], { name: 'Third Lane' }),
      ),
    );
    expect(faults).to.deep.equal({
      unnamed: [],
      short: [],
      duplicate: [],
      disconnected: [],
      end_gap: [],
      crossing: [],
    });
  });

  it('are roads without a name, and roads shorter than 5 m', () => {
    const faults = findInventoryFaults(
      network(road(1, [0, 0, 100, 0]), road(2, [100, 0, 100, 4.99], { name: 'Stub' }), road(3, [100, 0, 105, 0])),
    );
    expect(faults.unnamed).to.deep.equal([0, 2]);
    expect(faults.short).to.deep.equal([1]);
    expect(findInventoryFaults(network(road(1, [0, 0, 6, 0])), { short_m: 7 }).short).to.deep.equal([0]);
  });

  it('leave roads that are gone out of account', () => {
    const before = network(road(1, [0, 0, 100, 0]), road(2, [50, -50, 50, 50]), road(3, [0, 1, 100, 1]));
    expect(findInventoryFaults(before).crossing).to.have.lengthOf(2);
    const after = updateNetwork(before, { changed: [road(1, [0, 25, 100, 25], { name: 'Moved' })], removed: [3] }, 2);
    const faults = findInventoryFaults(after);
    expect(faults.unnamed.map((number) => after.roadIds[number])).to.deep.equal([2]);
    expect(faults.crossing.map(({ x, y }) => [x, y])).to.deep.equal([[50, 25]]);
    expect(faults.duplicate).to.deep.equal([]);
  });
});

describe('a stretch of road drawn twice', () => {
  it('is told of the road that is repeated for the greater part, with where and how far apart', () => {
    // 60 m of a road of 80 m, 2 m beside a road of 500 m; then it turns away.
    expect(duplicates(road(1, [0, 0, 500, 0]), road(2, [100, 2, 160, 2, 160, 22]))).to.deep.equal([
      { road: 2, other: 1, from: 0, to: 60, distance: 2 },
    ]);
  });

  it('is told once, of the younger road, where two roads are the same', () => {
    const line = [0, 0, 40, 3, 100, 0];
    expect(
      duplicates(
        road(7, line),
        road(
          5,
          line.toReversed().flatMap((_, i, all) => (i % 2 === 0 ? [all[i + 1]!, all[i]!] : [])),
        ),
      ),
    ).to.have.lengthOf(1);
    const [one] = duplicates(road(5, [0, 0, 100, 0]), road(7, [100, 0, 0, 0]));
    expect(one).to.deep.equal({ road: 7, other: 5, from: 0, to: 100, distance: 0 });
  });

  it('is told of a short road when it is most of it', () => {
    expect(duplicates(road(1, [0, 0, 500, 0]), road(2, [100, 1, 112, 1]))).to.deep.equal([
      { road: 2, other: 1, from: 0, to: 12, distance: 1 },
    ]);
    // 12 of 100 m are too few.
    expect(duplicates(road(1, [0, 0, 500, 0]), road(2, [100, 1, 112, 1, 112, 89]))).to.deep.equal([]);
  });

  it('is no dual carriageway, no frontage lane, no road on another level and no road that follows', () => {
    const main = road(1, [0, 0, 500, 0]);
    expect(duplicates(main, road(2, [0, 8, 500, 8]))).to.deep.equal([]);
    expect(duplicates(main, road(2, [0, 2.6, 500, 2.6]))).to.deep.equal([]);
    expect(duplicates(main, road(2, [0, 0, 500, 0], { layer: 1 }))).to.deep.equal([]);
    expect(duplicates(main, road(2, [500, 0, 900, 0]))).to.deep.equal([]);
  });

  it('is no road that leaves or crosses another at a sharp angle', () => {
    // 4° and 6°: within 2.5 m for 36 m and, on both sides of the crossing, for 48 m.
    expect(duplicates(road(1, [0, 0, 500, 0]), road(2, [0, 0, 200, 14]))).to.deep.equal([]);
    expect(duplicates(road(1, [0, 0, 500, 0]), road(2, [100, -10, 300, 11]))).to.deep.equal([]);
  });
});

describe('a copy of a part of a road', () => {
  it('is found from end to end up to 2.5 m aside, whatever vertices either has and whichever way it goes', () => {
    const shares = fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { maxLength: 6 });
    const copies = fc.record({
      bearing: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      from: fc.integer({ min: 10, max: 60 }),
      length: fc.integer({ min: 35, max: 100 }),
      aside: fc.integer({ min: -60, max: 60 }).map((tenths) => tenths / 10),
      backward: fc.boolean(),
      shares,
      copyShares: shares,
    });
    fc.assert(
      fc.property(copies, ({ bearing, from, length, aside, backward, shares, copyShares }) => {
        const [ux, uy] = [Math.cos(bearing), Math.sin(bearing)];
        const at = (ahead: number, left: number): number[] => [ahead * ux - left * uy, ahead * uy + left * ux];
        const between = (some: number[]): number[] => [0, ...some.toSorted((a, b) => a - b), 1];
        const long = between(shares).flatMap((share) => at(200 * share, 0));
        const along = between(copyShares).map((share) => from + length * share);
        const copy = (backward ? along.toReversed() : along).flatMap((ahead) => at(ahead, aside));
        const found = duplicates(road(1, long), road(2, copy));
        if (Math.abs(aside) === 2.5) return; // on the border
        expect(found).to.have.lengthOf(Math.abs(aside) < 2.5 ? 1 : 0);
        if (found[0])
          expect(found[0]).to.include({ road: 2, other: 1, from: 0, to: length, distance: Math.abs(aside) });
      }),
      { numRuns: 300 },
    );
  });
});

describe('parts that hang on nothing', () => {
  it('are told once each, with their roads, their length and where they come nearest to another part', () => {
    const streets = network(
      road(1, [0, 0, 100, 0]),
      road(2, [100, 0, 100, 300]),
      road(3, [40, 20, 40, 60]),
      road(4, [40, 60, 80, 60]),
      road(5, [900, 900, 950, 900]),
    );
    expect(findInventoryFaults(streets).disconnected).to.deep.equal([
      {
        roads: [2, 3],
        length_m: 80,
        nearest: { x: 40, y: 20, other: 0, other_at_cm: 4000, distance_m: 20 },
      },
      { roads: [4], length_m: 50, nearest: null },
    ]);
  });

  it('are those that a flood over shared vertices does not reach', () => {
    // Short roads between the corners of a 6 × 6 grid: some hang together, some do not.
    const corner = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));
    const link = fc.tuple(corner, corner).filter(([[ax, ay], [bx, by]]) => ax !== bx || ay !== by);
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 25 }), (links) => {
        const roads = links.map(([[ax, ay], [bx, by]], i) => road(i, [100 * ax, 100 * ay, 100 * bx, 100 * by]));
        const touching = (a: RoadInput, b: RoadInput): boolean =>
          [0, 2].some((i) =>
            [0, 2].some((j) => a.coordinates[i] === b.coordinates[j] && a.coordinates[i + 1] === b.coordinates[j + 1]),
          );
        const left = new Set(roads);
        const parts: number[][] = [];
        for (const start of roads) {
          if (!left.delete(start)) continue;
          const part = [start];
          for (const here of part)
            for (const next of left) if (touching(here, next) && left.delete(next)) part.push(next);
          parts.push(part.map(({ id }) => id).toSorted((a, b) => a - b));
        }
        const metres = (part: number[]): number => part.reduce((sum, id) => sum + roads[id]!.length_cm, 0);
        const longest = Math.max(...parts.map(metres));
        const { disconnected } = findInventoryFaults(network(...roads));
        expect(disconnected).to.have.lengthOf(parts.length - 1);
        for (const { roads: found } of disconnected) expect(parts).to.deep.include(found);
        const kept = parts.filter((part) => !disconnected.some(({ roads: found }) => found[0] === part[0]));
        expect(Math.abs(metres(kept[0]!) - longest)).to.be.below(parts[0]!.length + links.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a dead end that misses a road', () => {
  const main = road(1, [0, 0, 500, 0]);

  it('is told with where and how far', () => {
    expect(endGaps(main, road(2, [200, 80, 200, 1.5]))).to.deep.equal([
      { road: 2, at: 78.5, other: 1, other_at: 200, distance: 1.5 },
    ]);
    expect(endGaps(main, road(2, [200, 3, 200, 80]))).to.have.lengthOf(1);
    expect(endGaps(main, road(2, [200, 3.01, 200, 80]))).to.deep.equal([]);
    expect(endGaps(main, road(2, [200, 1, 200, 80], { layer: -1 }))).to.deep.equal([]);
  });

  it('is told of a road that touches another where that has no vertex, from either side', () => {
    for (const up of [80, -80]) {
      expect(endGaps(main, road(2, [200, up, 200, 0]))).to.deep.equal([
        { road: 2, at: 80, other: 1, other_at: 200, distance: 0 },
      ]);
      expect(crossings(main, road(2, [200, up, 200, 0]))).to.deep.equal([]);
    }
  });

  it('is one gap where two ends miss each other', () => {
    expect(endGaps(road(9, [0, 0, 100, 0]), road(4, [102, 0, 200, 0]))).to.deep.equal([
      { road: 4, at: 0, other: 9, other_at: 100, distance: 2 },
    ]);
  });

  it('is none where a short way joins the two, as at a fork at a sharp angle', () => {
    // 20 m along a lane that ends 2 m from the road it left.
    expect(endGaps(road(1, [0, 0, 500, 0]), road(2, [0, 0, 20, 2]))).to.deep.equal([]);
    // Around the block it is 200 m.
    expect(endGaps(road(1, [0, 0, 100, 0]), road(2, [0, 0, 0, 50, 100, 50, 100, 2]))).to.have.lengthOf(1);
  });

  it('is told as a crossing where it goes a step beyond', () => {
    const over = road(2, [200, 80, 200, -1]);
    expect(endGaps(main, over)).to.deep.equal([]);
    expect(crossings(main, over)).to.deep.equal(['1@200, 2@80, 200 0']);
  });

  it('is each end that a look at all roads finds', () => {
    fc.assert(
      fc.property(anyLines(100, 30), (lines) => {
        const roads = lines.map((line, i) => road(i, line));
        const streets = network(...roads);
        const { end_gap, crossing } = findInventoryFaults(streets, { connected_m: 0 });
        const told = new Set(
          end_gap.flatMap(({ road: one, at_cm, other, other_at_cm }) => [`${one} ${at_cm}`, `${other} ${other_at_cm}`]),
        );
        for (const [i, { coordinates, length_cm }] of roads.entries()) {
          for (const [at, x, y] of [
            [0, coordinates[0]!, coordinates[1]!],
            [length_cm, coordinates[coordinates.length - 2]!, coordinates[coordinates.length - 1]!],
          ] as const) {
            const [nearest] = roads
              .flatMap((other, j) => (j === i ? [] : [{ j, offset_m: locate(other.coordinates, x, y).offset_m }]))
              .toSorted((a, b) => a.offset_m - b.offset_m);
            const beyond = crossing.some(
              (one) =>
                (one.road === i && one.other === nearest!.j && Math.abs(one.at_cm - at) <= 300) ||
                (one.other === i && one.road === nearest!.j && Math.abs(one.other_at_cm - at) <= 300),
            );
            const misses = nearest!.offset_m <= 3 && !beyond;
            if (misses) expect(told, `${i} at ${at}`).to.include(`${i} ${at}`);
            else expect(end_gap.some((one) => one.road === i && one.at_cm === at)).to.equal(false);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a crossing without a junction', () => {
  it('is told with its place on both roads', () => {
    expect(crossings(road(1, [0, 0, 100, 0]), road(2, [30, -20, 30, 60]))).to.deep.equal(['1@30, 2@20, 30 0']);
  });

  it('is none where the two share a vertex, or lie on two levels', () => {
    expect(crossings(road(1, [0, 0, 30, 0, 100, 0]), road(2, [30, -20, 30, 0, 30, 60]))).to.deep.equal([]);
    expect(crossings(road(1, [0, 0, 100, 0]), road(2, [30, -20, 30, 60], { layer: 1 }))).to.deep.equal([]);
  });

  it('is none within a step of a node they share', () => {
    expect(crossings(road(1, [0, 0, 50, 0, 100, 0]), road(2, [50, 0, 51, 1, 52, -1, 52, -50]))).to.deep.equal([]);
  });

  it('is told once where one goes through a vertex of the other, and once where it only touches there', () => {
    expect(crossings(road(1, [0, 0, 30, 0, 100, 0]), road(2, [30, -20, 30, 60]))).to.deep.equal(['1@30, 2@20, 30 0']);
    expect(crossings(road(1, [0, 0, 100, 0]), road(2, [0, -30, 30, 0, 60, -30]))).to.have.lengthOf(1);
  });

  it('is told at a junction that one road passes without being part of it', () => {
    const junction = [road(1, [0, 0, 30, 0]), road(3, [30, 0, 90, 0])];
    expect(crossings(...junction, road(2, [30, -20, 30, 60]))).to.have.lengthOf(1);
  });
});

eachEngine('faults of the inventory beside PostGIS', (district) => {
  const wkt = (coordinates: ArrayLike<number>): string =>
    `linestring(${Array.from({ length: coordinates.length / 2 }, (_, i) => `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`).join()})`;

  it('cross where ST_Crosses says that two lines do, as often as they do', async function () {
    this.timeout(60_000);
    const { db } = district();
    await fc.assert(
      fc.asyncProperty(anyLines(1000, 12), async (lines) => {
        const roads = lines.map((line, i) => road(i, line));
        const { crossing } = findInventoryFaults(buildNetwork(roads, 1));
        const found = new Map<string, number>();
        for (const one of crossing) {
          const key = [one.road, one.other].toSorted((a, b) => a - b).join(' ');
          found.set(key, (found.get(key) ?? 0) + 1);
        }
        const { rows } = await db.raw<{ rows: { pair: string; places: number }[] }>(
          `with lines as (select (n - 1) as id, st_geomfromtext(line) as geom from unnest(?::text[]) with ordinality as l (line, n))
           select a.id || ' ' || b.id as pair, st_npoints(st_intersection(a.geom, b.geom)) as places
           from lines a join lines b on a.id < b.id and st_crosses(a.geom, b.geom)`,
          [lines.map(wkt)],
        );
        expect(Object.fromEntries(found)).to.deep.equal(
          Object.fromEntries(rows.map(({ pair, places }) => [pair, places])),
        );
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('hang together as ST_ClusterDBSCAN clusters lines that touch', async function () {
    this.timeout(60_000);
    const { db } = district();
    const corner = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
    // Of steps of 1 to 1 between corners, so that lines never cross or touch but at corners.
    const link = fc
      .tuple(corner, fc.boolean())
      .map(([[x, y], up]) => [x, y, up ? x : x + 1, up ? y + 1 : y].map((n) => 100 * n));
    await fc.assert(
      fc.asyncProperty(fc.array(link, { minLength: 1, maxLength: 300 }), async (lines) => {
        const { disconnected } = findInventoryFaults(
          buildNetwork(
            lines.map((line, i) => road(i, line)),
            1,
          ),
        );
        const { rows } = await db.raw<{ rows: { roads: number[] }[] }>(
          `with lines as (select (n - 1)::integer as id, st_geomfromtext(line) as geom from unnest(?::text[]) with ordinality as l (line, n)),
           clusters as (select id, st_clusterdbscan(geom, 0.001, 1) over () as cluster from lines)
           select array_agg(id order by id) as roads from clusters group by cluster order by count(*) desc`,
          [lines.map(wkt)],
        );
        expect(disconnected).to.have.lengthOf(rows.length - 1);
        for (const { roads } of disconnected) expect(rows.map((row) => row.roads)).to.deep.include(roads);
      }),
      { numRuns: 40, seed: 12 },
    );
  });
});
