import type { Network } from '../../api/network/network.ts';

/** Who meets at each node that is passed more than once: "id@metres id@metres", sorted. */
export function meetings({ nodeOffsets, nodePassages, passageRoads, passageMeasures_cm, roadIds }: Network): string[] {
  return Array.from({ length: nodeOffsets.length - 1 }, (_, node) =>
    [...nodePassages.subarray(nodeOffsets[node], nodeOffsets[node + 1])]
      .map((passage) => `${roadIds[passageRoads[passage]!]}@${passageMeasures_cm[passage]! / 100}`)
      .sort()
      .join(' '),
  )
    .filter((who) => who.includes(' '))
    .sort();
}
