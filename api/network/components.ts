/** Which roads hang together: those that can be reached from each other through nodes are one component. */
import { roadCount } from './lines.ts';
import type { Network } from './network.ts';

/**
 * @returns for each road the least number of a road in its component, which names the component; -1 for a road that is
 *   gone. Roads of all levels: a bridge hangs on its ramps.
 */
export function componentsOf({ roadGone, nodeOffsets, nodePassages, passageRoads, ...lines }: Network): Int32Array {
  const roots = Int32Array.from({ length: roadCount(lines) }, (_, road) => road);
  const rootOf = (road: number): number => {
    let root = road;
    while (roots[root] !== root) {
      roots[root] = roots[roots[root]!]!; // halves the way for whoever comes next
      root = roots[root]!;
    }
    return root;
  };
  for (let node = 0; node < nodeOffsets.length - 1; node++) {
    let first = -1;
    for (let i = nodeOffsets[node]!; i < nodeOffsets[node + 1]!; i++) {
      const road = passageRoads[nodePassages[i]!]!;
      if (roadGone[road] === 1) continue;
      const root = rootOf(road);
      if (first === -1) first = root;
      else if (root !== first) {
        const least = Math.min(first, root);
        roots[Math.max(first, root)] = least;
        first = least;
      }
    }
  }
  return roots.map((_, road) => (roadGone[road] === 1 ? -1 : rootOf(road)));
}
