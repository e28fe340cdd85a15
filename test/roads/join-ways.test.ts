import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { joinWays } from '../../api/roads/join-ways.ts';
import { nodeKey, type Way } from '../../api/roads/way.ts';

/** A way through places in tens of metres east and north of 120°E 30°N: '0,0 10,0' is 100 m eastwards. */
function way(id: string, places: string, more: Partial<Way> = {}): Way {
  const coordinates = places
    .split(' ')
    .filter((place) => place !== '')
    .map((place): [number, number] => {
      const [x, y] = place.split(',').map(Number) as [number, number];
      return [Math.round((120 + x * 1.0385e-4) * 1e7) / 1e7, Math.round((30 + y * 8.993e-5) * 1e7) / 1e7];
    });
  return { id, coordinates, name: null, class: 'alley', layer: 0, oneway: false, properties: {}, ...more };
}

const named = (id: string, places: string, name = '甘水路', more: Partial<Way> = {}): Way =>
  way(id, places, { name, class: 'main', ...more });

const part = (places: string, from: number, to?: number): string => places.split(' ').slice(from, to).join(' ');

/** The ways of each road, sorted, as "1+2". */
const groups = (ways: Way[]): string[] =>
  joinWays(ways)
    .roads.map(({ way_ids }) => way_ids.toSorted().join('+'))
    .sort();

/** Every piece of line between two vertices, without direction, sorted: what must be the same before and after. */
const pieces = (lines: [number, number][][]): string[] =>
  lines
    .flatMap((line) => line.slice(1).map((to, index) => [nodeKey(line[index]!), nodeKey(to)].sort().join(' – ')))
    .filter((piece) => new Set(piece.split(' – ')).size === 2)
    .sort();

describe('joining ways into roads', () => {
  it('joins the pieces of a named street, whichever way each was drawn', () => {
    const { roads } = joinWays([named('2', '20,0 10,0'), named('3', '20,0 30,1'), named('1', '0,0 10,0')]);
    expect(roads).to.have.length(1);
    expect(roads[0]).to.deep.include({
      external_id: '1',
      name: '甘水路',
      way_ids: ['1', '2', '3'],
      class: 'main',
      layer: 0,
      oneway: false,
    });
    expect(roads[0]!.coordinates).to.deep.equal(way('', '0,0 10,0 20,0 30,1').coordinates);
  });

  it('makes one road of each disconnected piece of a name', () => {
    expect(groups([named('1', '0,0 10,0'), named('2', '50,0 60,0')])).to.deep.equal(['1', '2']);
  });

  it('goes on straight at a crossing of two streets of one name, and round the corner of an L', () => {
    const cross = [
      named('1', '0,0 10,0'),
      named('2', '10,0 20,0'),
      named('3', '10,-10 10,0'),
      named('4', '10,0 10,10'),
    ];
    expect(groups(cross)).to.deep.equal(['1+2', '3+4']);
    expect(groups([named('1', '0,0 10,0'), named('2', '10,0 10,10')])).to.deep.equal(['1+2']);
  });

  it('keeps the two carriageways of a street apart where they part, meet and end', () => {
    // One line from the west that splits in two, which join again at the far end by a short link.
    const west = named('1', '0,0 20,0');
    const forth = named('2', '20,0 24,-1 60,-1', '甘水路', { oneway: true });
    const back = named('3', '60,1 24,1 20,0', '甘水路', { oneway: true });
    const link = named('4', '60,-1 60,1', '甘水路', { oneway: true });
    for (const road of joinWays([west, forth, back, link]).roads) {
      const ids = road.way_ids;
      expect(ids.includes('2') && ids.includes('3'), ids.join('+')).to.equal(false);
    }
    expect(groups([forth, back])).to.deep.equal(['2', '3']);
    expect(
      groups([
        { ...forth, oneway: false },
        { ...back, oneway: false },
        { ...link, oneway: false },
      ]).some((ids) => ids.length === 5),
    ).to.equal(false);
  });

  it('never joins one-ways head to head, and follows their direction', () => {
    const east = named('2', '0,0 10,0', '甘水路', { oneway: true });
    const against = named('1', '20,0 10,0', '甘水路', { oneway: true });
    expect(groups([east, against])).to.deep.equal(['1', '2']);
    const { roads } = joinWays([east, named('1', '20,0 10,0')]);
    expect(roads[0]!.way_ids, 'the two-way piece has the smaller id, the one-way decides').to.deep.equal(['2', '1']);
    expect(roads[0]!.oneway).to.equal(false);
  });

  it('sees one-ways far along a chain: two opposite ones never end up in one road', () => {
    const ways = [
      named('1', '0,0 10,0', '甘水路', { oneway: true }),
      named('2', '10,0 20,0'),
      named('3', '30,0 20,0', '甘水路', { oneway: true }),
    ];
    expect(groups(ways)).to.have.length(2);
  });

  it('joins unnamed ways end to end and straight on through a junction, not round its corner', () => {
    expect(groups([way('1', '0,0 10,0'), way('2', '10,0 10,10')])).to.deep.equal(['1+2']);
    const cross = [way('1', '0,0 10,0'), way('2', '10,0 20,1'), way('3', '10,-10 10,0'), way('4', '10,0 11,10')];
    expect(groups(cross)).to.deep.equal(['1+2', '3+4']);
    const tee = [way('1', '0,0 10,0'), way('2', '10,0 10,10'), way('3', '10,0 10,-10')];
    expect(groups(tee)).to.deep.equal(['1', '2+3']);
    // Where a third way merely passes by (its vertex, not its end), it is a junction as well.
    expect(groups([way('1', '0,0 10,0'), way('2', '10,0 16,8'), way('3', '10,-10 10,0 10,10')])).to.deep.equal([
      '1',
      '2',
      '3',
    ]);
  });

  it('joins unnamed ways of one class only, and never with named ones', () => {
    expect(groups([way('1', '0,0 10,0'), way('2', '10,0 20,0', { class: 'path' })])).to.deep.equal(['1', '2']);
    expect(groups([way('1', '0,0 10,0'), named('2', '10,0 20,0')])).to.deep.equal(['1', '2']);
  });

  it('goes on with a name through a change of rank, but not into its service lane', () => {
    const ways = [
      named('1', '0,0 10,0'),
      named('2', '10,0 40,0', '甘水路', { class: 'secondary' }),
      named('3', '40,0 50,0', '甘水路', { class: 'service' }),
    ];
    const { roads } = joinWays(ways);
    expect(roads.map((road) => [road.way_ids.join('+'), road.class])).to.deep.equal([
      ['1+2', 'secondary'],
      ['3', 'service'],
    ]);
  });

  it('prefers the flyover to go on as flyover', () => {
    const ground = [named('1', '0,0 10,0'), named('2', '10,0 20,1')];
    const above = [named('3', '0,1 10,0', '甘水路', { layer: 1 }), named('4', '10,0 20,0', '甘水路', { layer: 1 })];
    expect(groups([...ground, ...above])).to.deep.equal(['1+2', '3+4']);
    const [bridge] = joinWays([
      named('1', '0,0 10,0'),
      named('2', '10,0 12,0', '甘水路', { layer: 1 }),
      named('3', '12,0 30,0'),
    ]).roads;
    expect(bridge).to.deep.include({ way_ids: ['1', '2', '3'], layer: 0 });
  });

  it('closes a ring of several ways and leaves a closed way, a roundabout, alone', () => {
    const octagon = '10,0 20,0 30,10 30,20 20,30 10,30 0,20 0,10 10,0';
    const small = '1,0 2,0 3,1 3,2 2,3 1,3 0,2 0,1 1,0';
    const ring = joinWays([
      named('1', part(octagon, 0, 4)),
      named('2', part(octagon, 3, 7)),
      named('3', part(octagon, 6)),
    ]).roads;
    expect(ring).to.have.length(1);
    expect(ring[0]!.way_ids).to.have.members(['1', '2', '3']);
    expect(ring[0]!.coordinates.at(-1)).to.deep.equal(ring[0]!.coordinates[0]);
    expect(groups([way('1', part(small, 0, 5)), way('2', part(small, 4))]), 'two halves of a roundabout').to.deep.equal(
      ['1+2'],
    );
    expect(groups([way('1', small), way('2', '-10,0 1,0')])).to.deep.equal(['1', '2']);
  });

  it('does not make a road that touches itself: the loop at the end of a P stays its own', () => {
    const stem = named('1', '0,0 10,0');
    const [up, down] = [named('2', '10,0 15,5 20,0'), named('3', '20,0 15,-5 10,0')];
    const lists = joinWays([stem, up, down]).roads.map(({ coordinates }) => coordinates.map(nodeKey));
    for (const keys of lists) expect(new Set(keys.slice(1)).size, keys.join(' ')).to.equal(keys.length - 1);
    expect(lists.flat()).to.have.length(2 + 3 + 3 - 1); // one joint in all
  });

  it('gives the smallest id, numbers as numbers, and a hash of the line where there is none', () => {
    expect(joinWays([named('way/100', '0,0 10,0'), named('way/99', '10,0 20,0')]).roads[0]!.external_id).to.equal(
      'way/99',
    );
    const [road] = joinWays([way('', '0,0 10,0')]).roads;
    expect(road!.external_id).to.match(/^line\/[0-9a-f]{16}$/);
    expect(joinWays([way('', '10,0 0,0')]).roads[0]!.external_id, 'drawn the other way round').to.equal(
      road!.external_id,
    );
  });

  it('tells apart different lines that share an id', () => {
    const ids = joinWays([way('7', '0,0 10,0'), way('7', '50,0 60,0')]).roads.map(({ external_id }) => external_id);
    expect(new Set(ids).size).to.equal(2);
    for (const id of ids) expect(id).to.match(/^7#[0-9a-f]{8}$/);
  });

  it('rejects what cannot be a road, with the reason', () => {
    const { roads, rejected } = joinWays([
      way('1', '0,0 10,0'),
      way('2', ''),
      way('3', '0,0'),
      way('4', '5,5 5,5 5,5'),
      way('5', '10,0 0,0'),
      {
        ...way('6', '0,0 1,1'),
        coordinates: [
          [120, 30],
          [Number.NaN, 30],
        ],
      },
      way('1', '0,0 10,0'),
    ]);
    expect(roads.map(({ external_id }) => external_id)).to.deep.equal(['1']);
    expect(Object.fromEntries(rejected.map(({ id, reason }) => [id, reason]))).to.deep.equal({
      1: 'stands in the file twice',
      2: 'has 0 points; a line needs two',
      3: 'has 1 point; a line needs two',
      4: 'has no length: all its points are the same',
      5: 'is the same line as 1',
      6: 'has a coordinate that is not a finite number',
    });
  });

  describe('on any network', () => {
    const place = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
      .map(([x, y]) => `${x * 5},${y * 5}`);
    const anyWay = fc.record({
      places: fc.array(place, { minLength: 1, maxLength: 4 }).map((list) => list.join(' ')),
      name: fc.constantFrom(null, null, '甲街', '乙街'),
      class: fc.constantFrom('main', 'alley', 'service'),
      layer: fc.constantFrom(0, 0, 0, 1),
      oneway: fc.boolean(),
      id: fc.constantFrom('id', 'id', 'id', ''),
    });
    const network = fc
      .array(anyWay, { minLength: 1, maxLength: 40 })
      .map((list) => list.map(({ places, id, ...more }, index) => way(id && `${id}${index}`, places, more)));

    it('loses nothing and invents nothing: the same pieces of line, each way once', () => {
      fc.assert(
        fc.property(network, (ways) => {
          const { roads, rejected } = joinWays(ways);
          const placed = roads.flatMap(({ way_ids }) => way_ids);
          expect(new Set(placed).size).to.equal(placed.length);
          expect(placed.length + rejected.length).to.equal(ways.length);
          const twin = /same line|twice/;
          const kept = joinWays(ways).rejected.filter(({ reason }) => twin.test(reason)).length;
          const distinct = new Map(
            ways.map((one) => [
              [one.coordinates.map(nodeKey).join(), one.coordinates.map(nodeKey).toReversed().join()].sort()[0]!,
              one,
            ]),
          );
          expect(ways.filter(({ coordinates }) => new Set(coordinates.map(nodeKey)).size > 1).length - kept).to.equal(
            [...distinct.values()].filter(({ coordinates }) => new Set(coordinates.map(nodeKey)).size > 1).length,
          );
          expect(pieces(roads.map(({ coordinates }) => coordinates))).to.deep.equal(
            pieces([...distinct.values()].map(({ coordinates }) => coordinates)),
          );
        }),
        { numRuns: 500 },
      );
    });

    it('gives the same roads in whatever order the ways come', () => {
      const shuffled = network.chain((ways) =>
        fc.tuple(fc.constant(ways), fc.shuffledSubarray(ways, { minLength: ways.length })),
      );
      fc.assert(
        fc.property(shuffled, ([ways, other]) => {
          expect(joinWays(other).roads).to.deep.equal(joinWays(ways).roads);
        }),
        { numRuns: 500 },
      );
    });

    it('makes unbroken lines whose one-way parts agree, and that meet themselves only where a way does or a ring closes', () => {
      fc.assert(
        fc.property(network, (ways) => {
          const { roads } = joinWays(ways);
          const lengthOf = new Map(ways.map((one) => [one.id, one.coordinates.length]));
          for (const { coordinates, way_ids } of roads) {
            if (way_ids.length === 1) continue;
            if (way_ids.every((id) => lengthOf.has(id)))
              expect(coordinates.length).to.equal(way_ids.reduce((sum, id) => sum + lengthOf.get(id)! - 1, 1));
            const own = way_ids.map((id) => ways.find((one) => one.id === id)).filter((one) => one !== undefined);
            for (const [index, one] of own.entries())
              for (const other of own.slice(index + 1)) {
                const shared = one.coordinates
                  .map(nodeKey)
                  .filter((key) => other.coordinates.map(nodeKey).includes(key));
                expect(new Set(shared).size, `${one.id} and ${other.id}`).to.be.at.most(2);
              }
            for (const one of own.filter(({ oneway }) => oneway)) {
              const [text, line] = [one.coordinates.map(nodeKey).join(' '), coordinates.map(nodeKey).join(' ')];
              expect(line.includes(text), `${one.id} is walked in its direction`).to.equal(true);
            }
          }
        }),
        { numRuns: 500 },
      );
    });
  });

  it('makes roads of inner Beijing: the two carriageways of 东长安街 are two, 东交民巷 is one', function () {
    const file = new URL('../../../shared/data/beijing-2013/roads.geojson', import.meta.url);
    if (!existsSync(file)) {
      console.log('      skipped: ../shared/data is not here');
      return this.skip();
    }
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
      features: {
        id: number;
        properties: { highway: string; name: string | null; oneway: boolean };
        geometry: { coordinates: [number, number][] };
      }[];
    };
    const ways = features.map(({ id, properties: { highway, name, oneway }, geometry: { coordinates } }): Way => ({
      id: String(id),
      coordinates,
      name,
      class: /primary|trunk|motorway/.test(highway)
        ? 'main'
        : /secondary/.test(highway)
          ? 'secondary'
          : /tertiary|residential|unclassified|living/.test(highway)
            ? 'alley'
            : highway,
      layer: 0,
      oneway,
      properties: {},
    }));
    const { roads, rejected } = joinWays(ways);
    expect(ways).to.have.length(19_198);
    expect(rejected).to.have.length(1);
    expect(roads.length).to.be.within(13_500, 15_500);
    const called = (name: string): boolean[] => roads.filter((road) => road.name === name).map(({ oneway }) => oneway);
    expect(called('东长安街')).to.deep.equal([true, true]);
    expect(called('东交民巷')).to.deep.equal([false]);
    expect(roads.flatMap(({ way_ids }) => way_ids)).to.have.length(19_197);
    const lost = new Set(rejected.map(({ id }) => id));
    const before = pieces(ways.filter(({ id }) => !lost.has(id)).map(({ coordinates }) => coordinates));
    expect(pieces(roads.map(({ coordinates }) => coordinates))).to.deep.equal(before);
  });
});
