/**
 * Which ends of ways are joined: greedily, the straightest pair of the whole file first ("strokes": Thomson & Richardson,
 * The good continuation principle of perceptual organization applied to the generalization of road networks, ICC 1999), so
 * each pair is the best for both its ends among those still free. An end is paired once, hence no road branches.
 */
import { findJoints, offsetAlong, otherEnd, type WayNetwork, wayOf } from './way-joints.ts';

/** For each end the end it is joined to, or -1. */
export function pairEnds(network: WayNetwork): Int32Array {
  const partner = new Int32Array(network.ways.length * 2).fill(-1);
  const groups = makeGroups(network.ways.length);
  for (const { a, b } of findJoints(network)) {
    if (partner[a] !== -1 || partner[b] !== -1) continue;
    const [one, other] = [groups.of(wayOf(a)), groups.of(wayOf(b))];
    if (one === other) continue; // the last joint of a ring: its ends meet there anyway
    const ring = ringNode(network, partner, a, b);
    if (!directionsAgree(network, partner, a, b) || turnsBack(network, partner, a, b, ring !== null)) continue;
    if (touches(network, groups, a, b, ring)) continue;
    partner[a] = b;
    partner[b] = a;
    groups.merge(one, other);
  }
  return partner;
}

/** Whether the one-way parts of both chains would all point the same way along the joined road. */
function directionsAgree(network: WayNetwork, partner: Int32Array, a: number, b: number): boolean {
  const towards = onewayAlong(network, partner, a);
  const away = onewayAlong(network, partner, b);
  return towards === 0 || away === 0 || towards === -away;
}

/** Walking from an end into its chain: 1 when its one-way ways are walked along, -1 against, 0 when there are none. */
function onewayAlong({ ways }: WayNetwork, partner: Int32Array, start: number): number {
  for (let end = start; end !== -1; end = partner[otherEnd(end)]!)
    if (ways[wayOf(end)]!.oneway) return end & 1 ? -1 : 1; // the chain is consistent in itself: the first decides
  return 0;
}

/** How far both sides of a joint are looked at: carriageways of one street lie less than 60 m apart. */
const lookAlongMetres = 100;

/**
 * Whether the road would come back beside itself: 100 m (or the shorter side) from the joint, both sides are nearer to each
 * other than at a turn of 120°. This sees the U of two carriageways and a short link, which is two turns of 90°.
 * The halves of a ring do meet: there only half of the shorter one is looked at.
 */
function turnsBack(network: WayNetwork, partner: Int32Array, a: number, b: number, ring: boolean): boolean {
  const one = along(network, partner, a);
  const other = along(network, partner, b);
  const shorter = Math.min(one.metres, other.metres);
  const reach = Math.min(lookAlongMetres, ring ? shorter / 2 : shorter);
  const [x1, y1] = offsetAlong(one.coordinates, reach);
  const [x2, y2] = offsetAlong(other.coordinates, reach);
  return Math.hypot(x1 - x2, y1 - y2) < reach;
}

/** The first 100 m of a chain from one of its ends, whole ways. */
function along(
  { ways, lengths }: WayNetwork,
  partner: Int32Array,
  start: number,
): { coordinates: [number, number][]; metres: number } {
  const coordinates: [number, number][] = [];
  let metres = 0;
  for (let end = start; end !== -1 && metres < lookAlongMetres; end = partner[otherEnd(end)]!) {
    const way = ways[wayOf(end)]!;
    coordinates.push(...(end & 1 ? way.coordinates.toReversed() : way.coordinates));
    metres += lengths[wayOf(end)]!;
  }
  return { coordinates, metres };
}

/** The node where the far ends of both chains meet, so that joining them closes a ring; else null. */
function ringNode(network: WayNetwork, partner: Int32Array, a: number, b: number): number | null {
  const far = nodeOf(network, farEnd(partner, a));
  return far === nodeOf(network, farEnd(partner, b)) ? far : null;
}

/** Whether two chains share a node other than the joint and the one where they close a ring. */
function touches(network: WayNetwork, groups: Groups, a: number, b: number, ring: number | null): boolean {
  const [small, large] = groups.size(wayOf(a)) <= groups.size(wayOf(b)) ? [a, b] : [b, a];
  const largeGroup = groups.of(wayOf(large));
  const joint = nodeOf(network, small);
  for (const way of groups.members(wayOf(small)))
    for (const node of network.nodes[way]!) {
      if (node === joint || node === ring) continue;
      if (network.waysAt[node]!.some((neighbour) => groups.of(neighbour) === largeGroup)) return true;
    }
  return false;
}

const nodeOf = ({ nodes }: WayNetwork, end: number): number => {
  const own = nodes[wayOf(end)]!;
  return end & 1 ? own[own.length - 1]! : own[0]!;
};

/** The free end one comes to when entering a chain at `start` and walking through it. */
export function farEnd(partner: Int32Array, start: number): number {
  let end = otherEnd(start);
  while (partner[end] !== -1) end = otherEnd(partner[end]!);
  return end;
}

type Groups = ReturnType<typeof makeGroups>;

/** Which chain a way is in: each chain by a number, the smaller one renumbered when two become one. */
function makeGroups(count: number) {
  const group = Int32Array.from({ length: count }, (_, index) => index);
  const ways: number[][] = Array.from({ length: count }, (_, index) => [index]);
  return {
    of: (way: number): number => group[way]!,
    members: (way: number): number[] => ways[group[way]!]!,
    size: (way: number): number => ways[group[way]!]!.length,
    merge(one: number, other: number): void {
      const [small, large] = ways[one]!.length < ways[other]!.length ? [one, other] : [other, one];
      for (const way of ways[small]!) group[way] = large;
      ways[large]!.push(...ways[small]!);
      ways[small] = [];
    },
  };
}
