import { addNode, addPassage, layOutJunctions, passGivenNodes, startGathering } from './junctions.ts';
import type { Gathering, Junctions } from './junctions.ts';
import { lengthOf, measureAt, roadCount } from './lines.ts';
import type { RoadInput } from './lines.ts';
import type { Network } from './network.ts';
import { placeKey, samePlace } from './place-table.ts';
import { chained } from './shared.ts';
import { visitSegments } from './segment-index.ts';
import type { Indexed } from './segment-index.ts';

/**
 * The junctions of a network after some roads changed: the passages of the roads that stay, those of the changed roads,
 * and those of staying roads that a changed one now meets. Changed roads without nodes meet any road at shared vertices.
 *
 * @param indexed the lines with the changed ones behind the old ones, ready to be searched.
 */
export function joinChanged(old: Network, indexed: Indexed, changed: readonly RoadInput[]): Junctions {
  const nodeNumbers = new Map(changed.some((road) => road.nodes) ? old.nodeNumbers : []);
  const gathering = startGathering(old.nodeXy.length / 2, nodeNumbers);
  const newNodes = new Map<string, number>();
  for (const [i, input] of changed.entries()) {
    const road = roadCount(old) + i;
    passGivenNodes(gathering, indexed, road, input);
    if (!input.nodes) passMetVertices(gathering, old, indexed, road, newNodes);
  }
  const kept = keptPassages(old, indexed.roadGone);
  const passages = {
    roads: chained(
      Uint32Array,
      kept.map((i) => old.passageRoads[i]!),
      gathering.roads,
    ),
    nodes: chained(
      Uint32Array,
      kept.map((i) => old.passageNodes[i]!),
      gathering.nodes,
    ),
    measures_cm: chained(
      Float64Array,
      new Float64Array(kept).map((i) => old.passageMeasures_cm[i]!),
      gathering.measures_cm,
    ),
  };
  const nodeXy = chained(Float64Array, old.nodeXy, gathering.nodeXy);
  const numbers = changed.some((road) => road.nodes) ? nodeNumbers : old.nodeNumbers;
  return layOutJunctions(passages, nodeXy, numbers, roadCount(indexed));
}

function keptPassages({ passageRoads }: Network, roadGone: Uint8Array): Uint32Array {
  const kept = new Uint32Array(passageRoads.length);
  let count = 0;
  for (let i = 0; i < passageRoads.length; i++) if (roadGone[passageRoads[i]!] === 0) kept[count++] = i;
  return kept.subarray(0, count);
}

/** As passSharedVertices in junctions.ts, but for one road, asking the spatial index who else is at its vertices. */
function passMetVertices(
  gathering: Gathering,
  old: Network,
  indexed: Indexed,
  road: number,
  newNodes: Map<string, number>,
): void {
  const { xy, along, vertexRoads, roadVertices } = indexed;
  const measure = (v: number): number => measureAt(indexed, vertexRoads[v]!, along[v]!);
  for (let v = roadVertices[road]!; v < roadVertices[road + 1]!; v++) {
    if (v > roadVertices[road]! && samePlace(xy, v - 1, v)) continue; // a doubled vertex is no loop
    const others = verticesAt(indexed, v).filter((w) => vertexRoads[w] !== road || measure(w) !== measure(v));
    const isEnd = along[v] === 0 || along[v] === lengthOf(indexed, road);
    if (!isEnd && others.length === 0) continue;
    const key = placeKey(xy, v);
    const known = others.map((w) => oldNode(old, vertexRoads[w]!, measure(w))).find((node) => node !== -1);
    const node = known ?? newNodes.get(key) ?? addNode(gathering, xy[2 * v]!, xy[2 * v + 1]!);
    if (known === undefined && !newNodes.has(key)) {
      newNodes.set(key, node);
      for (const w of others) {
        if (vertexRoads[w]! < roadCount(old)) addPassage(gathering, vertexRoads[w]!, node, measure(w));
      }
    }
    addPassage(gathering, road, node, measure(v));
  }
}

/** The vertices that share the place of a vertex, itself among them; of one that is doubled, the first. */
function verticesAt(indexed: Indexed, v: number): number[] {
  const { xy, vertexRoads } = indexed;
  const found = new Set<number>();
  visitSegments(indexed, xy[2 * v]!, xy[2 * v + 1]!, 0.002, (segment) => {
    for (const w of [segment, segment + 1]) if (samePlace(xy, v, w)) found.add(w);
  });
  return [...found].filter((w) => !(vertexRoads[w - 1] === vertexRoads[w] && samePlace(xy, w - 1, w)));
}

/** The node that a road of the old network passes at a measure, or -1. */
function oldNode(
  { roadPassages, passageMeasures_cm, passageNodes }: Network,
  road: number,
  measure_cm: number,
): number {
  for (let passage = roadPassages[road] ?? 0; passage < (roadPassages[road + 1] ?? 0); passage++) {
    if (passageMeasures_cm[passage] === measure_cm) return passageNodes[passage]!;
  }
  return -1;
}
