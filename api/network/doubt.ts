import type { Network } from './network.ts';

/** Why two roads near a position can be taken for each other. */
export type Doubt = 'corner' | 'parallel' | 'layer';

/** Roads that make less than 30° run beside each other; at more they cross. */
const PARALLEL_COSINE_SQUARE = 0.75;

/**
 * layer: one road runs above the other. corner: they meet within `near_m` of the position, or run towards each other
 * (a junction that the data misses). parallel: they run side by side, as lanes, carriageways and frontage roads do.
 *
 * @param a, b the segments of two roads nearest to the position.
 */
export function doubtBetween(network: Network, a: number, b: number, x: number, y: number, near_m: number): Doubt {
  const { vertexRoads, roadLayers } = network;
  const roadA = vertexRoads[a]!;
  const roadB = vertexRoads[b]!;
  if (roadLayers[roadA] !== roadLayers[roadB]) return 'layer';
  // Looking along a road for junctions takes ten times as long as the angle, which mostly tells.
  return areParallel(network, a, b) && !meetWithin(network, roadA, roadB, x, y, near_m) ? 'parallel' : 'corner';
}

/** By the square of the cosine between them: snapping asks for each pair of rivals. */
function areParallel({ xy }: Network, a: number, b: number): boolean {
  const ax = xy[2 * a + 2]! - xy[2 * a]!;
  const ay = xy[2 * a + 3]! - xy[2 * a + 1]!;
  const bx = xy[2 * b + 2]! - xy[2 * b]!;
  const by = xy[2 * b + 3]! - xy[2 * b + 1]!;
  const dot = ax * bx + ay * by;
  return dot * dot > PARALLEL_COSINE_SQUARE * (ax * ax + ay * ay) * (bx * bx + by * by);
}

function meetWithin(network: Network, a: number, b: number, x: number, y: number, near_m: number): boolean {
  const { roadPassages, passageNodes, nodeXy } = network;
  for (let passage = roadPassages[a]!; passage < roadPassages[a + 1]!; passage++) {
    const node = passageNodes[passage]!;
    const dx = nodeXy[2 * node]! - x;
    const dy = nodeXy[2 * node + 1]! - y;
    if (dx * dx + dy * dy > near_m * near_m) continue;
    for (let other = roadPassages[b]!; other < roadPassages[b + 1]!; other++) {
      if (passageNodes[other] === node) return true;
    }
  }
  return false;
}
