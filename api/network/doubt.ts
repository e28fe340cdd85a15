import { heading } from '../geometry/interpolate.ts';
import { angleBetween } from './evidence.ts';
import type { Network } from './network.ts';

/** Why two roads near a position can be taken for each other. */
export type Doubt = 'corner' | 'parallel' | 'layer';

/** Roads that make less than this angle run beside each other; at more they cross. */
const PARALLEL_DEG = 30;

/**
 * layer: one road runs above the other. corner: they meet within `near_m` of the position, or run towards each other
 * (a junction that the data misses). parallel: they run side by side, as lanes, carriageways and frontage roads do.
 *
 * @param a, b the segments of two roads nearest to the position.
 */
export function doubtBetween(network: Network, a: number, b: number, x: number, y: number, near_m: number): Doubt {
  const { vertexRoads, roadLayers } = network;
  const [roadA, roadB] = [vertexRoads[a]!, vertexRoads[b]!];
  if (roadLayers[roadA] !== roadLayers[roadB]) return 'layer';
  if (meetWithin(network, roadA, roadB, x, y, near_m)) return 'corner';
  return angleBetween(segmentHeading(network, a), segmentHeading(network, b)) < PARALLEL_DEG ? 'parallel' : 'corner';
}

function segmentHeading({ xy }: Network, v: number): number {
  return heading(xy[2 * v + 2]! - xy[2 * v]!, xy[2 * v + 3]! - xy[2 * v + 1]!);
}

function meetWithin(network: Network, a: number, b: number, x: number, y: number, near_m: number): boolean {
  const { roadPassages, passageNodes, passageRoads, nodeOffsets, nodePassages, nodeXy } = network;
  for (let passage = roadPassages[a]!; passage < roadPassages[a + 1]!; passage++) {
    const node = passageNodes[passage]!;
    const dx = nodeXy[2 * node]! - x;
    const dy = nodeXy[2 * node + 1]! - y;
    if (dx * dx + dy * dy > near_m * near_m) continue;
    for (let i = nodeOffsets[node]!; i < nodeOffsets[node + 1]!; i++) {
      if (passageRoads[nodePassages[i]!] === b) return true;
    }
  }
  return false;
}
