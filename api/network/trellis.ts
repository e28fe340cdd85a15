/**
 * Every way in which a walker may have come along, and how probable each is, given all of the track: a hidden Markov
 * model over the cells of the network, walked through forward and backward (Rabiner 1989), with two things of its own.
 *
 * - *The error lasts.* A phone that is 15 m too far north now is so in ten seconds, too. With an error e that keeps the
 *   part r from one observation to the next, what surprises is not e but e - r · (e before): an innovation with
 *   variance σ²(1 - r²) on each axis. It is a matter of two cells, so it is weighed with the step between them. (Errors
 *   that are taken for independent, as in Newson and Krumm 2009, make a lasting one look certain after a minute, and
 *   matchers invent ways for it.)
 * - *States are cells and a direction*, not the nearest places, so that also a walker's pace tells where he is, and an
 *   error along the street costs nothing. He may also stand in a cell, and one more state is off the network.
 *
 * Places and errors are in metres, times in seconds.
 */
import type { Cells } from './cells.ts';
import { backAlong } from './links.ts';
import type { Links } from './links.ts';
import type { Network } from './network.ts';
import type { Onward } from './onward.ts';
import { visitSegments } from './segment-index.ts';
import type { Step, WalkModel } from './walk-model.ts';

export type Observation = {
  at_s: number;
  x: number;
  y: number;
  /** From the first to the last of the fixes that it stands for. */
  from_s: number;
  to_s: number;
  fixes: number;
};

/** How a pair of states is joined; 0 and more: by this entry of Onward. */
export const AHEAD = -1;
export const OFF = -2;
export const TURNED = -3;
export const STOOD = -4;

/** Steps that are kept at once: 2 million pairs are 32 MB, and some 3,000 steps of a walk. */
const MOST_PAIRS = 2_000_000;
/** There are four pairs to a state at the least. */
const PAIRS_A_NODE = 4;
/** A step is begun while there is room for so many more; few need it. */
const ROOM_FOR_STEP = 10_000;

/** exp(-q), looked up: a step of 1/64 is wrong by less than 1 %, where models are wrong by more. */
const STEPS = 64;
const MOST_Q = 16;
const exponentials = Float64Array.from({ length: STEPS * MOST_Q }, (_, i) => Math.exp(-(i + 0.5) / STEPS));

/** States less probable than this, as things stand, are not followed. */
const FORGOTTEN = 1e-4;
/** Turning round within a street is followed only from states that matter: it doubles the work and is rare. */
const FORGOTTEN_TURNING = 1e-3;
/** Only when he may well have been off it are all ways back onto the network looked at. */
const MAYBE_OFF = 0.002;

export type Trellis = ReturnType<typeof createTrellis>;

/** What the states say of the errors: sums over all steps, weighted with their probability. */
export type ErrorSums = { square: number; before: number; product: number; weight: number };

/** @param mostPairs of states are held; then it asks to look back and continue. */
export function createTrellis(
  network: Network,
  links: Links,
  cells: Cells,
  onward: Onward,
  mostPairs: number = MOST_PAIRS,
) {
  const mostNodes = Math.ceil(mostPairs / PAIRS_A_NODE);
  const { lengths, starts } = links;
  const { counts } = cells;

  const nodeWay = new Int32Array(mostNodes);
  const nodeCell = new Int32Array(mostNodes);
  const errorX = new Float64Array(mostNodes);
  const errorY = new Float64Array(mostNodes);
  /** Probability of the state given the track up to now; what follows given the state. */
  const alpha = new Float64Array(mostNodes);
  const beta = new Float64Array(mostNodes);
  const pairFrom = new Int32Array(mostPairs);
  const pairTo = new Int32Array(mostPairs);
  const pairVia = new Int32Array(mostPairs);
  const pairWeight = new Float32Array(mostPairs);
  let nodes = 0;
  let pairs = 0;
  /** Step k has the nodes from stepNodes[k] up to stepNodes[k + 1], the last one off the network, and comes by the
   *  pairs from stepPairs[k] up to stepPairs[k + 1]. */
  const stepNodes: number[] = [];
  const stepPairs: number[] = [];
  const scales: number[] = [];

  // The states of one way at one step: cells in a row. Who stands on a link has a way of its own, behind all others.
  const ways = links.wayEnds.length;
  const madeIn = new Int32Array(1.5 * ways);
  const firstNode = new Int32Array(1.5 * ways);
  const firstCell = new Int32Array(1.5 * ways);
  const lastCell = new Int32Array(1.5 * ways);
  let making = 0;
  let here: Observation;
  let gate = 0;

  // The cells of a link within the gate of the present observation, from -1 where there is none.
  const lookedAtIn = new Int32Array(ways / 2);
  const nearFrom = new Int32Array(ways / 2);
  const nearTo = new Int32Array(ways / 2);

  function lookAt(link: number): void {
    lookedAtIn[link] = making;
    nearFrom[link] = -1;
    const first = cells.firstOf(link);
    const xy = cells.xy();
    for (let c = 0; c < counts[link]!; c++) {
      const dx = here.x - xy[2 * (first + c)]!;
      const dy = here.y - xy[2 * (first + c) + 1]!;
      if (dx * dx + dy * dy > gate * gate) continue;
      if (nearFrom[link] === -1) nearFrom[link] = c;
      nearTo[link] = c;
    }
  }

  /** The first node of a way at the present step; -1 when no cell of it is near enough, or there is no room left. */
  function blockOf(way: number): number {
    if (madeIn[way] === making) return firstNode[way]!;
    madeIn[way] = making;
    firstNode[way] = -1;
    const link = linkOf(way);
    if (lookedAtIn[link] !== making) lookAt(link);
    const [from, to] = [nearFrom[link]!, nearTo[link]!];
    if (from === -1 || nodes + to - from + 2 > mostNodes) return -1;
    const first = cells.firstOf(link);
    const xy = cells.xy();
    firstNode[way] = nodes;
    firstCell[way] = from;
    lastCell[way] = to;
    for (let c = from; c <= to; c++) {
      nodeWay[nodes] = way;
      nodeCell[nodes] = c;
      errorX[nodes] = here.x - xy[2 * (first + c)]!;
      errorY[nodes] = here.y - xy[2 * (first + c) + 1]!;
      alpha[nodes++] = 0;
    }
    return firstNode[way];
  }

  function addOff(): number {
    nodeWay[nodes] = -1;
    alpha[nodes] = 0;
    return nodes++;
  }

  const found = new Int32Array(network.passageRoads.length);
  let finding = 0;
  /** Makes the states of all ways near the present observation. */
  function makeAllNear(): void {
    finding++;
    const { along, vertexRoads, roadPassages } = network;
    visitSegments(network, here.x, here.y, gate, (v) => {
      const end = roadPassages[vertexRoads[v]! + 1]! - 1;
      for (let link = roadPassages[vertexRoads[v]!]!; link < end; link++) {
        if (starts[link]! > along[v + 1]!) break;
        if (starts[link + 1]! < along[v]! || lengths[link] === 0 || found[link] === finding) continue;
        found[link] = finding;
        blockOf(2 * link);
        blockOf(2 * link + 1);
        blockOf(ways + link);
      }
    });
  }

  function linkOf(way: number): number {
    return way < ways ? way >> 1 : way - ways;
  }

  const cellLength = (way: number): number => lengths[linkOf(way)]! / counts[linkOf(way)]!;

  /** Divides by the sum; the last node gets all when there is nothing. */
  function normalise(from: number): number {
    let sum = 0;
    for (let i = from; i < nodes; i++) sum += alpha[i]!;
    if (!(sum > 0)) {
      alpha[nodes - 1] = 1;
      return 1;
    }
    for (let i = from; i < nodes; i++) alpha[i]! /= sum;
    return sum;
  }

  // The step that is being made: what may happen in it; factors for who stays on the network, and walks on there.
  let now: Step;
  let sharpness = 0;
  let staying = 0;
  let going = 0;

  /**
   * Joins a node with `count` nodes from `to` on, which are at `distance` along the way, then `each` further on.
   * The hottest loop of all.
   */
  function join(
    from: number,
    to: number,
    count: number,
    distance: number,
    each: number,
    factor: number,
    via: number,
  ): void {
    const { densities, perMetre, kept } = now;
    const a = alpha[from]!;
    const x = kept * errorX[from]!;
    const y = kept * errorY[from]!;
    const step = each * perMetre;
    let d = distance * perMetre;
    for (let t = to; t < to + count; t++, d += step) {
      const dx = errorX[t]! - x;
      const dy = errorY[t]! - y;
      const q = (dx * dx + dy * dy) * sharpness;
      if (q >= STEPS * MOST_Q) continue;
      const weight = factor * densities[d | 0]! * exponentials[q | 0]!;
      pairFrom[pairs] = from;
      pairTo[pairs] = t;
      pairVia[pairs] = via;
      pairWeight[pairs++] = weight;
      alpha[t]! += a * weight;
    }
  }

  /** The nodes of the way that is being left which are not forgotten. */
  const leaving = new Int32Array(mostNodes);

  /** Joins the states of one way, `leaving[0]` up to `count`, with all that may follow. False when there is no room for it. */
  function leave(way: number, count: number): boolean {
    const n = counts[way >> 1]!;
    const h = cellLength(way);
    const forward = (way & 1) === 0;
    if (pairs + 2 * n * count > mostPairs) return false;
    goOn(way, count, n, h, forward);

    // Cells of the way ahead from which its end is within reach.
    const nearest = forward ? n - 1 - nodeCell[leaving[count - 1]!]! : nodeCell[leaving[0]!]!;
    if ((nearest + 0.5) * h > now.reach) return true;
    onward.after(way, now.reach);
    const { from, to } = onward;
    const [nextWays, distances, chances] = [onward.ways(), onward.distances(), onward.chances()];
    for (let entry = from; entry < to; entry++) {
      const between = distances[entry]!;
      if (between + (nearest + 0.5) * h > now.reach) break;
      const next = nextWays[entry]!;
      const block = blockOf(next);
      if (block === -1) continue;
      const m = counts[next >> 1]!;
      const g = cellLength(next);
      const onwardForward = (next & 1) === 0;
      const [nextFrom, nextTo] = [firstCell[next]!, lastCell[next]!];
      if (pairs + count * (nextTo - nextFrom + 1) > mostPairs) return false;
      const factor = going * g * chances[entry]!;
      for (let k = 0; k < count; k++) {
        const i = leaving[k]!;
        const c = nodeCell[i]!;
        const base = between + (forward ? n - c - 0.5 : c + 0.5) * h;
        const most = Math.floor((now.reach - base) / g - 0.5);
        if (most < 0) continue;
        const low = onwardForward ? nextFrom : Math.max(nextFrom, m - 1 - most);
        const high = onwardForward ? Math.min(nextTo, most) : nextTo;
        if (high < low) continue;
        const distance = base + (onwardForward ? low + 0.5 : m - low - 0.5) * g;
        join(i, block + low - nextFrom, high - low + 1, distance, onwardForward ? g : -g, factor, entry);
      }
    }
    return true;
  }

  /** Joins states with those further on along their way, with standing, and with turning round on it. */
  function goOn(way: number, count: number, n: number, h: number, forward: boolean): void {
    const ahead = blockOf(way);
    const back = backAlong(way);
    const behind = blockOf(back);
    const standing = ways + (way >> 1);
    const stopping = blockOf(standing);
    const turning = (staying * now.turnsBack * h) / (2 * now.usual + h);
    const far = Math.floor(now.reach / h);
    const turnFar = Math.floor(now.usual / h);
    for (let k = 0; k < count; k++) {
      const i = leaving[k]!;
      const c = nodeCell[i]!;
      if (ahead !== -1) {
        const low = Math.max(firstCell[way]!, forward ? c : c - far);
        const high = Math.min(lastCell[way]!, forward ? c + far : c);
        const to = ahead + low - firstCell[way]!;
        if (high >= low) join(i, to, high - low + 1, Math.abs(low - c) * h, forward ? h : -h, going * h, AHEAD);
      }
      if (stopping !== -1 && has(standing, c)) {
        joinAnyhow(i, stopping + c - firstCell[standing]!, staying * now.stops, STOOD);
      }
      if (behind !== -1 && alpha[i]! > FORGOTTEN_TURNING) {
        const low = Math.max(firstCell[back]!, c - turnFar);
        const high = Math.min(lastCell[back]!, c + turnFar);
        for (let j = low; j <= high; j++) joinAnyhow(i, behind + j - firstCell[back]!, turning, TURNED);
      }
    }
  }

  function has(way: number, cell: number): boolean {
    return cell >= firstCell[way]! && cell <= lastCell[way]!;
  }

  /** Joins the states of somebody who stands on a link with all that may follow: he stands on, or walks either way. */
  function leaveStanding(standing: number, count: number): void {
    const link = linkOf(standing);
    for (const way of [standing, 2 * link, 2 * link + 1]) {
      const block = blockOf(way);
      if (block === -1) continue;
      const factor = staying * (way === standing ? now.remains : (1 - now.remains) / 2);
      for (let k = 0; k < count; k++) {
        const c = nodeCell[leaving[k]!]!;
        if (has(way, c)) joinAnyhow(leaving[k]!, block + c - firstCell[way]!, factor, STOOD);
      }
    }
  }

  /** Joins two nodes whatever the distance. */
  function joinAnyhow(from: number, to: number, factor: number, via: number): void {
    const dx = errorX[to]! - now.kept * errorX[from]!;
    const dy = errorY[to]! - now.kept * errorY[from]!;
    const q = (dx * dx + dy * dy) * sharpness;
    if (q < STEPS * MOST_Q) put(from, to, factor * exponentials[q | 0]!, via);
  }

  function put(from: number, to: number, weight: number, via: number): void {
    pairFrom[pairs] = from;
    pairTo[pairs] = to;
    pairVia[pairs] = via;
    pairWeight[pairs++] = weight;
    alpha[to]! += alpha[from]! * weight;
  }

  /** One step on. False when there is no room for it; then all is as before. */
  function advance(before: Observation, model: WalkModel): boolean {
    const k = scales.length;
    const [from, to] = [stepNodes[k - 1]!, stepNodes[k]!];
    now = model.step(here.at_s - before.at_s);
    sharpness = STEPS / (2 * now.innovation);
    staying = now.staysOn / (2 * Math.PI * now.innovation);
    going = staying * (1 - now.turnsBack - now.stops);
    making++;
    const [nodesBefore, pairsBefore] = [nodes, pairs];
    let room = nodes + ROOM_FOR_STEP / PAIRS_A_NODE < mostNodes && pairs + ROOM_FOR_STEP < mostPairs;
    for (let i = from; i < to - 1 && room;) {
      const way = nodeWay[i]!;
      let count = 0;
      for (; i < to - 1 && nodeWay[i] === way; i++) if (alpha[i]! >= FORGOTTEN) leaving[count++] = i;
      if (count > 0 && way < ways) room = leave(way, count);
      else if (count > 0) leaveStanding(way, count);
    }
    const wasOff = to - 1;
    if (room && alpha[wasOff]! > MAYBE_OFF) room = comeBack(wasOff, model);
    if (!room || nodes + 1 > mostNodes || pairs + to - from > mostPairs) {
      [nodes, pairs] = [nodesBefore, pairsBefore];
      return false;
    }
    const off = addOff();
    const square = (here.x - before.x) ** 2 + (here.y - before.y) ** 2;
    const free = Math.exp(-Math.min(30, square / (2 * now.freely))) / (2 * Math.PI * now.freely);
    for (let i = from; i < wasOff; i++) if (alpha[i]! >= FORGOTTEN) put(i, off, free * (1 - now.staysOn), OFF);
    put(wasOff, off, free * (1 - now.comesBack), OFF);
    stepNodes.push(nodes);
    stepPairs.push(pairs);
    scales.push(normalise(to));
    return true;
  }

  /** From off the network onto any cell near, each as likely as another before the error is looked at. */
  function comeBack(wasOff: number, model: WalkModel): boolean {
    makeAllNear();
    const first = stepNodes.at(-1)!;
    if (pairs + nodes - first > mostPairs) return false;
    const variance = model.sigma ** 2;
    const density = now.comesBack / ((nodes - first) * 2 * Math.PI * variance);
    for (let i = first; i < nodes; i++) {
      const q = ((errorX[i]! ** 2 + errorY[i]! ** 2) * STEPS) / (2 * variance);
      if (q < STEPS * MOST_Q) put(wasOff, i, density * exponentials[q | 0]!, OFF);
    }
    return true;
  }

  return {
    nodeWay,
    nodeCell,
    linkOf,
    pairFrom,
    pairTo,
    pairVia,

    /** Begins with what the error alone says of the first place. */
    begin(first: Observation, model: WalkModel): void {
      cells.cutTo(model.spacing);
      onward.tidy();
      [nodes, pairs] = [0, 0];
      making++;
      here = first;
      gate = model.gate;
      makeAllNear();
      const variance = model.sigma ** 2;
      for (let i = 0; i < nodes; i++) {
        const q = (errorX[i]! ** 2 + errorY[i]! ** 2) / (2 * variance);
        alpha[i] = (cellLength(nodeWay[i]!) * Math.exp(-q)) / (2 * Math.PI * variance);
      }
      let sum = 0;
      for (let i = 0; i < nodes; i++) sum += alpha[i]!;
      alpha[addOff()] = 0.02 * sum;
      stepNodes.splice(0, Infinity, 0, nodes);
      stepPairs.splice(0, Infinity, 0, 0);
      scales.splice(0, Infinity, normalise(0));
    },

    /** Forgets all steps but step k, which becomes the first. */
    continueFrom(k: number): void {
      const [from, to] = [stepNodes[k]!, stepNodes[k + 1]!];
      nodeWay.copyWithin(0, from, to);
      nodeCell.copyWithin(0, from, to);
      errorX.copyWithin(0, from, to);
      errorY.copyWithin(0, from, to);
      alpha.copyWithin(0, from, to);
      [nodes, pairs] = [to - from, 0];
      stepNodes.splice(0, Infinity, 0, nodes);
      stepPairs.splice(0, Infinity, 0, 0);
      scales.splice(0, Infinity, 1);
    },

    /** Goes on to the next observation. False when there is no room left: then look back, and continue from a later step. */
    advance(before: Observation, next: Observation, model: WalkModel): boolean {
      here = next;
      gate = model.gate;
      return advance(before, model);
    },

    /** Metres from the one state of a pair to the other along the network; NaN where that is not known. */
    distanceOf(pair: number): number {
      const [i, j, via] = [pairFrom[pair]!, pairTo[pair]!, pairVia[pair]!];
      if (via === OFF || via === TURNED || via === STOOD) return NaN;
      const [way, next] = [nodeWay[i]!, nodeWay[j]!];
      if (via === AHEAD) return Math.abs(nodeCell[j]! - nodeCell[i]!) * cellLength(way);
      const begun = (nodeCell[i]! + 0.5) * cellLength(way);
      const entered = (nodeCell[j]! + 0.5) * cellLength(next);
      return (
        onward.distances()[via]! +
        ((way & 1) === 0 ? lengths[way >> 1]! - begun : begun) +
        ((next & 1) === 0 ? entered : lengths[next >> 1]! - entered)
      );
    },

    /**
     * Goes back through all steps and tells every pair of states (of step k - 1 and k) that is at least `least`
     * probable in the light of the whole track.
     */
    lookBack(least: number, visit: (k: number, pair: number, probability: number) => void): ErrorSums {
      const sums = { square: 0, before: 0, product: 0, weight: 0 };
      const last = scales.length - 1;
      beta.fill(1, stepNodes[last], stepNodes[last + 1]);
      for (let k = last; k >= 1; k--) {
        beta.fill(0, stepNodes[k - 1], stepNodes[k]);
        const scale = 1 / scales[k]!;
        for (let pair = stepPairs[k]!; pair < stepPairs[k + 1]!; pair++) {
          const [i, j] = [pairFrom[pair]!, pairTo[pair]!];
          const follows = pairWeight[pair]! * beta[j]! * scale;
          beta[i]! += follows;
          const probability = alpha[i]! * follows;
          if (probability < least) continue;
          if (pairVia[pair] !== OFF) {
            sums.product += probability * (errorX[i]! * errorX[j]! + errorY[i]! * errorY[j]!);
            sums.before += probability * (errorX[i]! ** 2 + errorY[i]! ** 2);
            sums.square += probability * (errorX[j]! ** 2 + errorY[j]! ** 2);
            sums.weight += probability;
          }
          visit(k, pair, probability);
        }
      }
      return sums;
    },
  };
}
