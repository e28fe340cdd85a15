import { expect } from 'chai';
import fc from 'fast-check';
import { buildNetwork } from '../../api/network/network.ts';
import type { Network, RoadInput } from '../../api/network/network.ts';
import { nearest } from '../../api/network/nearest.ts';
import { snap } from '../../api/network/snap.ts';
import { createPathFinder } from '../../api/network/shortest-path.ts';
import { updateNetwork } from '../../api/network/update.ts';
import { network, road } from '../support/streets.ts';
import { meetings } from '../support/meetings.ts';

/** Forty streets that nobody touches, far away: so that a few changes are a small share. */
const elsewhere = Array.from({ length: 40 }, (_, i) => road(1000 + i, [5000, 50 * i, 5100, 50 * i, 5200, 50 * i]));

describe('an updated network', () => {
  const old = network(road(1, [0, 0, 50, 0, 100, 0]), road(2, [0, 60, 100, 60]), ...elsewhere);

  it('has the changed road and not the removed one, and the old network stays as it was', () => {
    const moved = updateNetwork(old, { changed: [road(1, [0, 30, 100, 30])], removed: [2, 999] }, 2);
    expect(moved.version).to.equal(2);
    expect(moved.indexes).to.have.length(2);
    expect(nearest(moved, 50, 50)).to.include({ road_id: 1, offset_m: 20 });
    expect(nearest(moved, 50, 130.5)).to.equal(null);
    expect(nearest(old, 50, 50)).to.include({ road_id: 2, offset_m: 10 });
    expect(snap(moved, { x: 50, y: 1 }).candidates.map(({ road_id }) => road_id)).to.deep.equal([1]);
  });

  it('joins a new road to the middle of an old one', () => {
    const more = updateNetwork(old, { changed: [road(3, [50, 0, 50, 60])], removed: [] }, 2);
    expect(meetings(more)).to.deep.equal(['1@50 3@0']);
    const { find } = createPathFinder(more);
    const number = more.numbers.added.get(3)!;
    expect(find({ road: 0, measure_cm: 2000 }, { road: number, measure_cm: 1000 }, 1e9)?.length_cm).to.equal(4000);
  });

  it('no longer leads over a removed road', () => {
    const three = network(road(1, [0, 0, 50, 0]), road(2, [50, 0, 90, 0]), road(3, [90, 0, 99, 0]), ...elsewhere);
    const cut = updateNetwork(three, { changed: [], removed: [2] }, 2);
    expect(createPathFinder(cut).find({ road: 0, measure_cm: 0 }, { road: 2, measure_cm: 900 }, 1e9)).to.equal(null);
  });

  it('takes given nodes, known ones and new ones', () => {
    const given = network(
      road(1, [0, 0, 100, 0], { nodes: [{ node_id: 7, at_cm: 5000 }] }),
      ...elsewhere.map((far) => ({ ...far, nodes: [] })),
    );
    const nodes = [
      { node_id: 7, at_cm: 0 },
      { node_id: 8, at_cm: 3000 },
    ];
    const more = updateNetwork(given, { changed: [road(2, [50, 0, 50, 30], { nodes })], removed: [] }, 2);
    expect(meetings(more)).to.deep.equal(['1@50 2@0']);
    expect([...more.nodeNumbers.keys()]).to.have.members([7, 8]);
  });

  it('is built anew when a tenth of it has changed, with the same meetings', () => {
    const cross = network(road(1, [-50, 0, 0, 0, 50, 0]), road(2, [0, -50, 0, 0, 0, 50]));
    const anew = updateNetwork(cross, { changed: [road(3, [50, 0, 50, 50])], removed: [] }, 2);
    expect(anew.indexes).to.have.length(1);
    expect(meetings(anew)).to.deep.equal(['1@100 3@0', '1@50 2@50']);
  });

  it('refuses a road that comes twice', () => {
    const twice = [road(5, [0, 0, 1, 0]), road(5, [0, 0, 2, 0])];
    expect(() => updateNetwork(old, { changed: twice, removed: [] }, 2)).to.throw(RangeError, 'road 5 comes twice');
  });

  it('answers as one built from its roads does, after any changes', () => {
    // Streets between corners of a grid, so that many meet.
    const corner = fc.integer({ min: 0, max: 5 }).map((n) => 40 * n);
    const street = fc
      .array(fc.tuple(corner, corner), { minLength: 2, maxLength: 4 })
      .map((places) => places.flat())
      .filter((line) => line[0] !== line[2] || line[1] !== line[3]);
    const change = fc.record({ id: fc.integer({ min: 1, max: 12 }), line: fc.option(street, { nil: null }) });
    fc.assert(
      fc.property(
        fc.array(street, { maxLength: 10 }),
        fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }),
        (lines, steps) => {
          const roads = new Map<number, RoadInput>(lines.map((line, i) => [i + 1, road(i + 1, line)]));
          for (const far of elsewhere) roads.set(far.id, far);
          let updated = buildNetwork([...roads.values()], 0);
          for (const [version, changes] of steps.entries()) {
            const last = new Map(changes.map(({ id, line }) => [id, line]));
            const changed = [...last].flatMap(([id, line]) => (line ? [road(id, line)] : []));
            const removed = [...last].flatMap(([id, line]) => (line ? [] : [id]));
            updated = updateNetwork(updated, { changed, removed }, version);
            for (const one of changed) roads.set(one.id, one);
            for (const id of removed) roads.delete(id);
          }
          const built = buildNetwork([...roads.values()], steps.length);
          expect(meetings(updated)).to.deep.equal(meetings(built));
          for (const [x, y] of [
            [30, 50],
            [110, 95],
            [200, 10],
          ] as const) {
            expect(shown(updated, x, y)).to.deep.equal(shown(built, x, y));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** What snapping says, without the numbers of the roads. */
function shown(streets: Network, x: number, y: number): string[] {
  const { verdict, candidates } = snap(streets, { x, y, accuracy_m: 30 });
  const told = candidates.map(
    ({ road_id, probability, offset_m }) => `${road_id} ${probability.toFixed(6)} ${offset_m.toFixed(6)}`,
  );
  return [verdict, ...told.sort()];
}
