import { addNode, addPassage, layOutGathering, startGathering } from './junctions.ts';
import type { Junctions } from './junctions.ts';
import { layOut } from './lines.ts';
import type { Network } from './network.ts';
import { sharedZeros } from './shared.ts';
import { packSegments } from './segment-index.ts';

/** The network without what is gone, in one tree. */
export function repacked(network: Network): Network {
  const { roadVertices, xy } = network;
  const stay = [...network.roadIds.keys()].filter((road) => network.roadGone[road] === 0);
  const lines = layOut(
    stay.map((road) => ({
      id: network.roadIds[road]!,
      class: network.roadClasses[road]!,
      name: network.roadNames[road]!,
      layer: network.roadLayers[road]!,
      length_cm: network.roadLengths_cm[road]!,
      coordinates: xy.subarray(2 * roadVertices[road]!, 2 * roadVertices[road + 1]!),
    })),
  );
  return {
    ...lines,
    ...junctionsAnew(network, stay),
    indexes: [packSegments(lines, 0)],
    roadGone: sharedZeros(Uint8Array, stay.length),
    version: network.version,
    numbers: { packed: new Map(stay.map((old, road) => [network.roadIds[old]!, road])), added: new Map() },
  };
}

/** The junctions of the roads that stay, which get new numbers; nodes that none of them passes are dropped. */
function junctionsAnew(network: Network, stay: readonly number[]): Junctions {
  const { roadPassages, passageNodes, passageMeasures_cm } = network;
  const gathering = startGathering(0, new Map());
  const nodes = new Map<number, number>();
  for (const [road, old] of stay.entries()) {
    for (let passage = roadPassages[old]!; passage < roadPassages[old + 1]!; passage++) {
      const oldNode = passageNodes[passage]!;
      const node =
        nodes.get(oldNode) ?? addNode(gathering, network.nodeXy[2 * oldNode]!, network.nodeXy[2 * oldNode + 1]!);
      nodes.set(oldNode, node);
      addPassage(gathering, road, node, passageMeasures_cm[passage]!);
    }
  }
  for (const [id, old] of network.nodeNumbers) {
    const node = nodes.get(old);
    if (node !== undefined) gathering.nodeNumbers.set(id, node);
  }
  return layOutGathering(gathering, stay.length);
}
