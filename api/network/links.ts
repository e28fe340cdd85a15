/**
 * The network cut at its nodes, for whoever follows ways through it: a link is the part of a road between two passages
 * next to each other, known by the number of the first one. Each can be walked both ways: forward is 2 · link, backward
 * 2 · link + 1, and that number is a *way*.
 */
import { lengthOf } from './lines.ts';
import type { Network } from './network.ts';

export type Links = {
  /** Metres of each link; 0 for the last passage of a road, which begins none, and between passages at one place. */
  readonly lengths: Float64Array;
  /** Metres along the line of its road at which each passage lies. */
  readonly starts: Float64Array;
  /** The ways that leave node n: nodeWays from nodeWayOffsets[n] up to nodeWayOffsets[n + 1]. */
  readonly nodeWayOffsets: Uint32Array;
  readonly nodeWays: Uint32Array;
  /** The node to which each way leads. */
  readonly wayEnds: Int32Array;
};

export const backAlong = (way: number): number => way ^ 1;

export function linksOf(network: Network): Links {
  const { passageRoads, passageNodes, passageMeasures_cm, roadLengths_cm, roadGone } = network;
  const passages = passageRoads.length;
  const lengths = new Float64Array(passages);
  const starts = new Float64Array(passages);
  const wayEnds = new Int32Array(2 * passages).fill(-1);
  const nodes = network.nodeXy.length / 2;
  const nodeWayOffsets = new Uint32Array(nodes + 1);
  for (let p = 0; p < passages; p++) {
    const road = passageRoads[p]!;
    const scale = lengthOf(network, road) / roadLengths_cm[road]!;
    starts[p] = passageMeasures_cm[p]! * scale;
    if (passageRoads[p + 1] !== road || roadGone[road] === 1) continue;
    lengths[p] = (passageMeasures_cm[p + 1]! - passageMeasures_cm[p]!) * scale;
    if (lengths[p] === 0) continue;
    wayEnds[2 * p] = passageNodes[p + 1]!;
    wayEnds[2 * p + 1] = passageNodes[p]!;
    nodeWayOffsets[passageNodes[p]! + 1]! += 1;
    nodeWayOffsets[passageNodes[p + 1]! + 1]! += 1;
  }
  for (let node = 0; node < nodes; node++) nodeWayOffsets[node + 1]! += nodeWayOffsets[node]!;
  const next = nodeWayOffsets.slice();
  const nodeWays = new Uint32Array(nodeWayOffsets[nodes]!);
  for (let p = 0; p < passages; p++) {
    if (lengths[p] === 0) continue;
    nodeWays[next[passageNodes[p]!]!++] = 2 * p;
    nodeWays[next[passageNodes[p + 1]!]!++] = 2 * p + 1;
  }
  return { lengths, starts, nodeWayOffsets, nodeWays, wayEnds };
}
