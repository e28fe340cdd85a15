import { expect } from 'chai';
import { createCells } from '../../api/network/cells.ts';
import { linksOf } from '../../api/network/links.ts';
import type { Network } from '../../api/network/network.ts';
import { createOnward } from '../../api/network/onward.ts';
import { createTrellis } from '../../api/network/trellis.ts';
import type { Observation } from '../../api/network/trellis.ts';
import { walkModel } from '../../api/network/walk-model.ts';
import type { Step, WalkModel } from '../../api/network/walk-model.ts';
import { seededRandom } from '../support/shapes.ts';
import { network, road } from '../support/streets.ts';

describe('the probabilities of a track', () => {
  const crossing = network(road(1, [-20, 0, 0, 0, 24, 0]), road(2, [0, 0, 3, -22]));
  const triangle = network(road(1, [0, 0, 22, 0]), road(2, [22, 0, 11, 18]), road(3, [11, 18, 0, 0]));

  for (const [name, streets] of Object.entries({ crossing, triangle })) {
    it(`equal those of all ways one by one: a ${name}, 4 observations`, () => {
      const random = seededRandom(3);
      for (let track = 0; track < 12; track++) {
        const model = walkModel({ sigma: 4 + 8 * random(), lasts_s: 60 * random(), speed: 1.4, spacing: 11 });
        const observations = Array.from({ length: 4 }, (_, k) => {
          const at_s = 9 * k + 2 * random();
          const [x, y] = [-10 + 30 * random(), -12 + 20 * random()];
          return { at_s, from_s: at_s, to_s: at_s, x, y, fixes: 1 };
        });
        const found = byTrellis(streets, observations, model);
        const truth = byEnumeration(streets, observations, model);
        expect(truth.size).to.be.above(8);
        for (const [place, probability] of truth) {
          // The trellis looks exponentials up to 1 % and forgets what is less probable than 1 in 10,000.
          expect(found.get(place) ?? 0, `${place} of track ${track}`).to.be.closeTo(probability, 0.01);
        }
      }
    });
  }
});

/** How probable each place is at each step: "step link cell", "step off". */
type Places = Map<string, number>;

const count = (places: Places, place: string, probability: number): void => {
  places.set(place, (places.get(place) ?? 0) + probability);
};

function byTrellis(streets: Network, observations: readonly Observation[], model: WalkModel): Places {
  const links = linksOf(streets);
  const trellis = createTrellis(streets, links, createCells(streets, links), createOnward(links));
  trellis.begin(observations[0]!, model);
  for (let k = 1; k < observations.length; k++) trellis.advance(observations[k - 1]!, observations[k]!, model);
  const places: Places = new Map();
  const placeOf = (step: number, node: number): string => {
    const way = trellis.nodeWay[node]!;
    return way === -1 ? `${step} off` : `${step} ${trellis.linkOf(way)} ${trellis.nodeCell[node]}`;
  };
  trellis.lookBack(0, (k, pair, probability) => {
    count(places, placeOf(k, trellis.pairTo[pair]!), probability);
    if (k === 1) count(places, placeOf(0, trellis.pairFrom[pair]!), probability);
  });
  return places;
}

/** A state of the model, by its own book-keeping: on a link in a direction, standing on it, or off the network. */
type State = { link: number; cell: number; direction: 1 | -1 | 0; at: number; x: number; y: number } | null;

function byEnumeration(streets: Network, observations: readonly Observation[], model: WalkModel): Places {
  const { lengths, starts } = linksOf(streets);
  const linkNumbers = Array.from(lengths.keys()).filter((link) => lengths[link]! > 0);
  const states: State[] = [null];
  for (const link of linkNumbers) {
    const cells = Math.max(1, Math.round(lengths[link]! / model.spacing));
    for (let cell = 0; cell < cells; cell++) {
      const at = ((cell + 0.5) * lengths[link]!) / cells;
      const { x, y } = placeAt(streets, link, starts[link]! + at);
      for (const direction of [1, -1, 0] as const) states.push({ link, cell, direction, at, x, y });
    }
  }
  const cellLength = (link: number): number => lengths[link]! / Math.max(1, Math.round(lengths[link]! / model.spacing));
  const normal = (dx: number, dy: number, variance: number): number =>
    Math.exp(-(dx * dx + dy * dy) / (2 * variance)) / (2 * Math.PI * variance);
  const near = (state: State, { x, y }: Observation): boolean =>
    state === null || Math.hypot(x - state.x, y - state.y) <= model.gate;

  const first = observations[0]!;
  const onNetwork = states.map((state) =>
    state && near(state, first)
      ? cellLength(state.link) * normal(first.x - state.x, first.y - state.y, model.sigma ** 2)
      : 0,
  );
  const sum = onNetwork.reduce((total, one) => total + one, 0);
  const beginnings = states.map((state, i) => (state === null ? 0.02 * sum : onNetwork[i]!));

  const steps = observations.slice(1).map((after, k) => {
    const before = observations[k]!;
    const dt = after.at_s - before.at_s;
    const backAmong = states.filter((state) => state !== null && near(state, after)).length;
    const step = model.step(dt);
    const free = normal(after.x - before.x, after.y - before.y, step.freely);
    return states.map((from) =>
      states.map((to) => {
        if (!near(to, after) || !near(from, before)) return 0;
        if (to === null) return free * (from === null ? 1 - step.comesBack : 1 - step.staysOn);
        const [dx, dy] = [after.x - to.x, after.y - to.y];
        if (from === null) return (step.comesBack / backAmong) * normal(dx, dy, model.sigma ** 2);
        const [wasX, wasY] = [before.x - from.x, before.y - from.y];
        const { kept } = step;
        const surprise = normal(dx - kept * wasX, dy - kept * wasY, step.innovation);
        return step.staysOn * surprise * moves(from, to, step);
      }),
    );
  });

  /** The probability to come from one state to another in the time, by all rules of the model. */
  function moves(from: NonNullable<State>, to: NonNullable<State>, step: Step): number {
    const samePlace = from.link === to.link && from.cell === to.cell;
    if (from.direction === 0) {
      const share = to.direction === 0 ? step.remains : (1 - step.remains) / 2;
      return samePlace ? share : 0;
    }
    if (to.direction === 0) return samePlace ? step.stops : 0;
    const { reach, densities, perMetre } = step;
    const going = 1 - step.turnsBack - step.stops;
    const h = cellLength(to.link);
    const walked = (distance: number): number =>
      distance > reach ? 0 : going * h * densities[Math.trunc(distance * perMetre + 1e-9)]!;
    let probability = 0;
    if (from.link === to.link) {
      const distance = (to.at - from.at) * from.direction;
      if (to.direction === from.direction && distance > -1e-9) probability += walked(Math.max(0, distance));
      if (to.direction !== from.direction && Math.abs(to.cell - from.cell) <= Math.floor(step.usual / h)) {
        probability += (step.turnsBack * h) / (2 * step.usual + h);
      }
    }
    // Onward over the end of the link, along the shortest way to the beginning of the other one.
    const toEnd = from.direction === 1 ? lengths[from.link]! - from.at : from.at;
    const into = to.direction === 1 ? to.at : lengths[to.link]! - to.at;
    const way = shortest(from.link, from.direction, to.link, to.direction);
    if (way) probability += way.chance * walked(toEnd + way.distance + into);
    return probability;
  }

  function ends(link: number, direction: number): number {
    return streets.passageNodes[direction === 1 ? link + 1 : link]!;
  }

  function shortest(
    link: number,
    direction: 1 | -1,
    target: number,
    wanted: 1 | -1,
  ): { distance: number; chance: number } | null {
    const open = [{ link, direction, distance: 0, chance: 1, first: true }];
    const taken = new Set<string>();
    for (;;) {
      const offers = open.flatMap((one) => {
        const node = ends(one.link, one.direction);
        const leaving = linkNumbers.flatMap((next) =>
          ([1, -1] as const)
            .filter((way) => ends(next, -way) === node)
            .map((way) => ({ link: next, direction: way, back: next === one.link && way === -one.direction })),
        );
        return leaving
          .filter(({ back }) => !back || one.first || leaving.length === 1)
          .map((next) => ({
            ...next,
            distance: one.distance,
            chance: one.chance * (leaving.length === 1 ? 1 : next.back ? 0.005 : 1 / (leaving.length - 1)),
          }));
      });
      const best = offers
        .filter((next) => !taken.has(`${next.link} ${next.direction}`))
        .toSorted((a, b) => a.distance - b.distance)[0];
      if (!best) return null;
      if (best.link === target && best.direction === wanted) return best;
      taken.add(`${best.link} ${best.direction}`);
      open.push({ ...best, distance: best.distance + lengths[best.link]!, first: false });
    }
  }

  const places: Places = new Map();
  let total = 0;
  const follow = (k: number, chosen: number[], probability: number): void => {
    if (probability === 0) return;
    if (k === observations.length) {
      total += probability;
      for (const [step, i] of chosen.entries()) {
        const state = states[i]!;
        count(places, state === null ? `${step} off` : `${step} ${state.link} ${state.cell}`, probability);
      }
      return;
    }
    for (let to = 0; to < states.length; to++)
      follow(k + 1, [...chosen, to], probability * steps[k - 1]![chosen[k - 1]!]![to]!);
  };
  for (let i = 0; i < states.length; i++) follow(1, [i], beginnings[i]!);
  return new Map([...places].map(([place, probability]) => [place, probability / total]));
}

function placeAt(streets: Network, link: number, along: number): { x: number; y: number } {
  const road = streets.passageRoads[link]!;
  let v = streets.roadVertices[road]!;
  while (v < streets.roadVertices[road + 1]! - 2 && streets.along[v + 1]! < along) v++;
  const t = (along - streets.along[v]!) / (streets.along[v + 1]! - streets.along[v]!);
  const at = (axis: number): number =>
    streets.xy[2 * v + axis]! + t * (streets.xy[2 * v + 2 + axis]! - streets.xy[2 * v + axis]!);
  return { x: at(0), y: at(1) };
}
