/** Where two ways may be one road: pairs of way ends at a node, with how little the road would turn there. */
import { nodeKey, type Way } from './way.ts';

/** Two ends that may be joined. An end is way index × 2 for the first point, + 1 for the last. */
export type Joint = { a: number; b: number; cost: number };

export type WayNetwork = {
  ways: Way[];
  /** Node number of every vertex, way by way. */
  nodes: Int32Array[];
  /** Indices of the ways through each node; twice where a way comes by twice. */
  waysAt: number[][];
  /** Metres, way by way. */
  lengths: Float64Array;
};

export const wayOf = (end: number): number => end >> 1;
export const otherEnd = (end: number): number => end ^ 1;

/** Turns above this are corners between streets, or U-turns, even where the name goes on. L-shaped alleys turn by 90°. */
const mostTurn = 100;
/** Unnamed ways go on through a junction only when they go straight. */
const mostTurnThroughJunction = 30;
/** A change of layer or of one-way is paid as if it were a turn: the flyover goes on as flyover, the carriageway as carriageway. */
const changePenalty = 20;
/** The direction of an end is taken over its last metres: the last segment alone is often a drawn-in curb. */
const directionMetres = 20;

export function wayNetwork(ways: Way[]): WayNetwork {
  const numbers = new Map<string, number>();
  const waysAt: number[][] = [];
  const nodes = ways.map(({ coordinates }, way) => {
    const own = new Int32Array(coordinates.length);
    for (const [index, position] of coordinates.entries()) {
      const key = nodeKey(position);
      let node = numbers.get(key);
      if (node === undefined) {
        node = numbers.size;
        numbers.set(key, node);
        waysAt.push([]);
      }
      own[index] = node;
      if (index === 0 || own[index - 1] !== node) waysAt[node]!.push(way);
    }
    return own;
  });
  return { ways, nodes, waysAt, lengths: Float64Array.from(ways, ({ coordinates }) => lengthMetres(coordinates)) };
}

/** All pairs that may be joined, the straightest first; equal ones in the order of the ways. */
export function findJoints(network: WayNetwork): Joint[] {
  const endsAt = new Map<number, number[]>();
  for (const [way, nodes] of network.nodes.entries()) {
    const [first, last] = [nodes[0]!, nodes[nodes.length - 1]!];
    if (first === last) continue; // a closed way, most often a roundabout, has no end to go on from
    for (const [node, end] of [
      [first, way * 2],
      [last, way * 2 + 1],
    ] as const) {
      const ends = endsAt.get(node);
      if (ends) ends.push(end);
      else endsAt.set(node, [end]);
    }
  }
  const headings = new Map<number, number>();
  const heading = (end: number): number => {
    let known = headings.get(end);
    if (known === undefined) headings.set(end, (known = headingInto(network.ways[wayOf(end)]!.coordinates, end & 1)));
    return known;
  };
  const joints: Joint[] = [];
  for (const [node, ends] of endsAt) {
    for (const [index, a] of ends.entries())
      for (const b of ends.slice(index + 1)) {
        const cost = jointCost(network, node, a, b, heading(a), heading(b));
        if (cost !== null) joints.push({ a, b, cost });
      }
  }
  return joints.sort((one, other) => one.cost - other.cost || one.a - other.a || one.b - other.b);
}

/** Road arms that leave a node: a way that ends there has one, one that goes through has two. */
function countArms({ nodes, waysAt }: WayNetwork, node: number): number {
  let arms = 0;
  for (const way of new Set(waysAt[node])) {
    const own = nodes[way]!;
    for (let index = 0; index < own.length; index += 1)
      if (own[index] === node) arms += index === 0 || index === own.length - 1 ? 1 : 2;
  }
  return arms;
}

/** null: not the same road. */
function jointCost(
  network: WayNetwork,
  node: number,
  a: number,
  b: number,
  headingA: number,
  headingB: number,
): number | null {
  const [one, other] = [network.ways[wayOf(a)]!, network.ways[wayOf(b)]!];
  if (one === other) return null;
  const name = plainName(one);
  if (name !== plainName(other)) return null;
  if (name === null ? one.class !== other.class : familyOf(one.class) !== familyOf(other.class)) return null;
  // Two one-ways go on into each other head to tail, never head to head.
  if (one.oneway && other.oneway && (a & 1) === (b & 1)) return null;
  const turn = 180 - Math.abs(((headingA - headingB + 540) % 360) - 180);
  if (turn > mostTurn) return null;
  if (name === null && turn > mostTurnThroughJunction && countArms(network, node) > 2) return null;
  return turn + (one.layer !== other.layer ? changePenalty : 0) + (one.oneway !== other.oneway ? changePenalty : 0);
}

/** Spaces and letter case do not make another street. */
export function plainName({ name }: Way): string | null {
  return name?.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase() || null;
}

/**
 * A named street may change its rank on the way and stays one street; its service lane, its pavement and the rest stay apart.
 */
const familyOf = (roadClass: string): string =>
  ['main', 'secondary', 'branch', 'alley'].includes(roadClass) ? 'street' : roadClass;

/** Degrees clockwise from north, from an end into its way. */
function headingInto(coordinates: [number, number][], last: number): number {
  const inward = last ? coordinates.toReversed() : coordinates;
  const [dx, dy] = offsetAlong(inward, directionMetres);
  return (Math.atan2(dx, dy) * 180) / Math.PI;
}

/** Metres east and north from the first position to the point `metres` along, or to the end of a shorter line. */
export function offsetAlong(coordinates: [number, number][], metres: number): [number, number] {
  const [longitude, latitude] = coordinates[0]!;
  let left = metres;
  for (let index = 1; index < coordinates.length; index += 1) {
    const [from, to] = [coordinates[index - 1]!, coordinates[index]!];
    const step = distanceMetres(from, to);
    const share = step > left ? left / step : 1;
    left -= step;
    if (left > 0 && index < coordinates.length - 1) continue;
    const x = from[0] + (to[0] - from[0]) * share;
    const y = from[1] + (to[1] - from[1]) * share;
    return [(x - longitude) * metresPerDegree * cosine(latitude), (y - latitude) * metresPerDegree];
  }
  return [0, 0];
}

const metresPerDegree = 111_195; // sphere of 6,371 km; turns and look-ahead need no better
const cosine = (latitude: number): number => Math.cos((latitude * Math.PI) / 180);

function distanceMetres(from: [number, number], to: [number, number]): number {
  const dx = (to[0] - from[0]) * cosine((from[1] + to[1]) / 2);
  return Math.hypot(dx, to[1] - from[1]) * metresPerDegree;
}

function lengthMetres(coordinates: [number, number][]): number {
  let sum = 0;
  for (let index = 1; index < coordinates.length; index += 1)
    sum += distanceMetres(coordinates[index - 1]!, coordinates[index]!);
  return sum;
}
