import { expect } from 'chai';
import { createPathFinder } from '../../api/network/shortest-path.ts';
import { buildNetwork } from '../../api/network/network.ts';
import type { Network, NetworkPlace } from '../../api/network/network.ts';
import { seededRandom } from '../support/shapes.ts';
import { network, road, town } from '../support/streets.ts';

// A ladder: two streets of 300 m, 100 m apart, and rungs at 0, 100 and 300 m.
const ladder = network(
  road(1, [0, 0, 100, 0, 300, 0]),
  road(2, [0, 100, 100, 100, 300, 100]),
  road(3, [0, 0, 0, 100]),
  road(4, [100, 0, 100, 100]),
  road(5, [300, 0, 300, 100]),
);
const FAR = 1e9;

describe('the shortest path', () => {
  const { find } = createPathFinder(ladder);

  it('takes the rung at 100 m from 120 m on one street to 90 m on the other: 20 + 100 + 10', () => {
    expect(find({ road: 0, measure_cm: 12000 }, { road: 1, measure_cm: 9000 }, FAR)).to.deep.equal({
      length_cm: 13000,
      legs: [
        { road: 0, from_cm: 12000, to_cm: 10000 },
        { road: 3, from_cm: 0, to_cm: 10000 },
        { road: 1, from_cm: 10000, to_cm: 9000 },
      ],
    });
  });

  it('goes along one street as one leg, past its junctions', () => {
    expect(find({ road: 0, measure_cm: 5000 }, { road: 0, measure_cm: 25000 }, FAR)).to.deep.equal({
      length_cm: 20000,
      legs: [{ road: 0, from_cm: 5000, to_cm: 25000 }],
    });
  });

  it('leaves a bent street where there is a short cut', () => {
    const bent = network(road(1, [0, 0, 0, 100, 100, 100, 100, 0]), road(2, [0, 0, 100, 0]));
    const path = createPathFinder(bent).find({ road: 0, measure_cm: 0 }, { road: 0, measure_cm: 30000 }, FAR);
    expect(path).to.deep.equal({ length_cm: 10000, legs: [{ road: 1, from_cm: 0, to_cm: 10000 }] });
  });

  it('is none beyond the limit, or where the network is in two parts', () => {
    const [from, to] = [
      { road: 0, measure_cm: 12000 },
      { road: 1, measure_cm: 9000 },
    ];
    expect(find(from, to, 13000)?.length_cm).to.equal(13000);
    expect(find(from, to, 12999)).to.equal(null);
    const apart = network(road(1, [0, 0, 9, 0]), road(2, [0, 5, 9, 5]));
    expect(createPathFinder(apart).find({ road: 0, measure_cm: 0 }, { road: 1, measure_cm: 0 }, FAR)).to.equal(null);
  });

  it('from a place to itself has one leg of no length', () => {
    const here = { road: 3, measure_cm: 4000 };
    expect(find(here, here, 0)).to.deep.equal({ length_cm: 0, legs: [{ road: 3, from_cm: 4000, to_cm: 4000 }] });
  });

  it('is as long as Bellman and Ford find it, 300 times in a town, and its legs lead there', () => {
    const random = seededRandom(5);
    const streets = buildNetwork(town(random), 1);
    const finder = createPathFinder(streets);
    const anywhere = (): NetworkPlace => {
      const number = Math.floor(random() * streets.roadIds.length);
      return { road: number, measure_cm: Math.floor(random() * streets.roadLengths_cm[number]!) };
    };
    for (let i = 0; i < 300; i++) {
      const [from, to] = [anywhere(), anywhere()];
      const path = finder.find(from, to, FAR)!;
      expect(path.length_cm).to.equal(bellmanFord(streets, from, to));
      const walked = path.legs.reduce((sum, leg) => sum + Math.abs(leg.to_cm - leg.from_cm), 0);
      expect(walked).to.equal(path.length_cm);
      expect(path.legs[0]).to.satisfy((leg: { road: number; from_cm: number }) =>
        isAt(streets, leg.road, leg.from_cm, from),
      );
      const last = path.legs.at(-1)!;
      expect(isAt(streets, last.road, last.to_cm, to)).to.equal(true);
      for (const [j, leg] of path.legs.entries()) {
        const next = path.legs[j + 1];
        if (next)
          expect(nodesAt(streets, leg.road, leg.to_cm)).to.include.members(
            [...nodesAt(streets, next.road, next.from_cm)].slice(0, 1),
          );
      }
    }
  });
});

/** Whether a measure of a road is a place: the place itself, or a node at it. */
function isAt(streets: Network, number: number, measure_cm: number, place: NetworkPlace): boolean {
  if (number === place.road && measure_cm === place.measure_cm) return true;
  const here = nodesAt(streets, number, measure_cm);
  return nodesAt(streets, place.road, place.measure_cm).some((node) => here.includes(node));
}

function nodesAt(
  { passageRoads, passageMeasures_cm, passageNodes }: Network,
  number: number,
  measure_cm: number,
): number[] {
  return [...passageRoads.keys()]
    .filter((i) => passageRoads[i] === number && passageMeasures_cm[i] === measure_cm)
    .map((i) => passageNodes[i]!);
}

/** The oracle: relax every step between neighbouring passages until nothing changes. */
function bellmanFord(streets: Network, from: NetworkPlace, to: NetworkPlace): number {
  const { passageRoads, passageNodes, passageMeasures_cm, nodeXy } = streets;
  const at = new Float64Array(nodeXy.length / 2).fill(Infinity);
  const passages = [...passageRoads.keys()];
  const gap = (i: number, place: NetworkPlace): number =>
    passageRoads[i] === place.road ? Math.abs(passageMeasures_cm[i]! - place.measure_cm) : Infinity;
  for (const i of passages) at[passageNodes[i]!] = Math.min(at[passageNodes[i]!]!, gap(i, from));
  for (let changed = true; changed;) {
    changed = false;
    for (const i of passages) {
      for (const j of [i - 1, i + 1]) {
        if (passageRoads[j] !== passageRoads[i]) continue;
        const there = at[passageNodes[i]!]! + Math.abs(passageMeasures_cm[j]! - passageMeasures_cm[i]!);
        if (there < at[passageNodes[j]!]!) {
          at[passageNodes[j]!] = there;
          changed = true;
        }
      }
    }
  }
  const direct = from.road === to.road ? Math.abs(from.measure_cm - to.measure_cm) : Infinity;
  return passages.reduce((best, i) => Math.min(best, at[passageNodes[i]!]! + gap(i, to)), direct);
}
