/**
 * Where roads meet. Roads are not cut at junctions: a road *passes* a node at a measure, in its middle as well as at its
 * ends, and two roads meet where both pass the same node. Every end of a road is a node, also a dead one.
 */
import { interpolateAt } from '../geometry/interpolate.ts';
import { measureToDistance } from '../geometry/line.ts';
import { lengthOf, measureAt } from './lines.ts';
import type { Lines, RoadInput } from './lines.ts';
import { createPlaceTable } from './place-table.ts';
import { picked, shared, sharedZeros } from './shared.ts';

/** Passages are numbered in the order of their roads and along them. */
export type Junctions = {
  readonly passageRoads: Uint32Array;
  readonly passageNodes: Uint32Array;
  readonly passageMeasures_cm: Float64Array;
  /** Road r has the passages from roadPassages[r] up to roadPassages[r + 1]. */
  readonly roadPassages: Uint32Array;
  /** Node n is passed in nodePassages from nodeOffsets[n] up to nodeOffsets[n + 1]. */
  readonly nodeOffsets: Uint32Array;
  readonly nodePassages: Uint32Array;
  /** x, y of each node. */
  readonly nodeXy: Float64Array;
  /** Node numbers by the id a node came with, if it did. */
  readonly nodeNumbers: ReadonlyMap<number, number>;
};

/** Junctions while they are gathered. */
export type Gathering = {
  /** Passages in any order. */
  roads: number[];
  nodes: number[];
  measures_cm: number[];
  /** x, y of the new nodes, which are numbered from firstNode. */
  nodeXy: number[];
  firstNode: number;
  nodeNumbers: Map<number, number>;
};

export function joinRoads(lines: Lines, roads: readonly RoadInput[]): Junctions {
  const gathering = startGathering(0, new Map());
  for (const [road, input] of roads.entries()) passGivenNodes(gathering, lines, road, input);
  if (roads.some((road) => !road.nodes)) passSharedVertices(gathering, lines, roads);
  return layOutGathering(gathering, roads.length);
}

export function startGathering(firstNode: number, nodeNumbers: Map<number, number>): Gathering {
  return { roads: [], nodes: [], measures_cm: [], nodeXy: [], firstNode, nodeNumbers };
}

export function addNode(gathering: Gathering, x: number, y: number): number {
  return gathering.firstNode + gathering.nodeXy.push(x, y) / 2 - 1;
}

export function addPassage(gathering: Gathering, road: number, node: number, measure_cm: number): void {
  gathering.roads.push(road);
  gathering.nodes.push(node);
  gathering.measures_cm.push(measure_cm);
}

/** Passes the nodes that a road came with, and its two ends where they are not among them. Nothing if it came with none. */
export function passGivenNodes(
  gathering: Gathering,
  lines: Lines,
  road: number,
  { nodes, length_cm }: RoadInput,
): void {
  if (!nodes) return;
  const [first, last] = [lines.roadVertices[road]!, lines.roadVertices[road + 1]!];
  const line = lines.xy.subarray(2 * first, 2 * last);
  const distances = lines.along.subarray(first, last);
  const nodeAt = (measure_cm: number): number => {
    const place = interpolateAt(line, distances, measureToDistance(measure_cm, length_cm, lengthOf(lines, road)));
    return addNode(gathering, place.x, place.y);
  };
  for (const { node_id, at_cm } of nodes) {
    const node = gathering.nodeNumbers.get(node_id) ?? nodeAt(at_cm);
    gathering.nodeNumbers.set(node_id, node);
    addPassage(gathering, road, node, at_cm);
  }
  for (const end of [0, length_cm]) {
    if (!nodes.some(({ at_cm }) => at_cm === end)) addPassage(gathering, road, nodeAt(end), end);
  }
}

/** Roads that came without nodes pass one wherever they share a place with a node, with another road or with themselves. */
function passSharedVertices(gathering: Gathering, lines: Lines, roads: readonly RoadInput[]): void {
  const { xy, along, roadVertices, vertexRoads } = lines;
  const places = createPlaceTable(xy.length / 2 + gathering.nodeXy.length / 2);
  const placeNodes = new Int32Array(places.size).fill(-1);
  const firstVertices = new Int32Array(places.size).fill(-1);
  for (let node = 0; node < gathering.nodeXy.length / 2; node++) {
    placeNodes[places.numberOf(gathering.nodeXy[2 * node]!, gathering.nodeXy[2 * node + 1]!)] = node;
  }
  const pass = (v: number, node: number): void => {
    addPassage(gathering, vertexRoads[v]!, node, measureAt(lines, vertexRoads[v]!, along[v]!));
  };
  for (const [road, input] of roads.entries()) {
    if (input.nodes) continue;
    const length = lengthOf(lines, road);
    for (let v = roadVertices[road]!, previous = -1; v < roadVertices[road + 1]!; v++) {
      const place = places.numberOf(xy[2 * v]!, xy[2 * v + 1]!);
      if (place === previous) continue; // a doubled vertex is no loop
      previous = place;
      const first = firstVertices[place]!;
      if (placeNodes[place]! >= 0) pass(v, placeNodes[place]!);
      else if (first === -1 && along[v]! > 0 && along[v]! < length) firstVertices[place] = v;
      else {
        placeNodes[place] = addNode(gathering, xy[2 * v]!, xy[2 * v + 1]!);
        if (first !== -1) pass(first, placeNodes[place]);
        pass(v, placeNodes[place]);
      }
    }
  }
}

export function layOutGathering(gathering: Gathering, roadTotal: number): Junctions {
  const passages = {
    roads: Uint32Array.from(gathering.roads),
    nodes: Uint32Array.from(gathering.nodes),
    measures_cm: Float64Array.from(gathering.measures_cm),
  };
  return layOutJunctions(passages, shared(Float64Array, gathering.nodeXy), gathering.nodeNumbers, roadTotal);
}

/** One entry a passage. */
export type Passages = { roads: Uint32Array; nodes: Uint32Array; measures_cm: Float64Array };

/** Sorts passages by road and along it, and lists them by node. */
export function layOutJunctions(
  { roads, nodes, measures_cm }: Passages,
  nodeXy: Float64Array,
  nodeNumbers: ReadonlyMap<number, number>,
  roadTotal: number,
): Junctions {
  const { offsets, members } = grouped(roads, roadTotal);
  for (let road = 0; road < roadTotal; road++) sortBy(measures_cm, members, offsets[road]!, offsets[road + 1]!);
  const passageNodes = picked(Uint32Array, nodes, members);
  const byNode = grouped(passageNodes, nodeXy.length / 2);
  return {
    passageRoads: picked(Uint32Array, roads, members),
    passageNodes,
    passageMeasures_cm: picked(Float64Array, measures_cm, members),
    roadPassages: offsets,
    nodeOffsets: byNode.offsets,
    nodePassages: byNode.members,
    nodeXy,
    nodeNumbers,
  };
}

/** Sorts a part of a list by insertion: it is short, and nearly in order already. */
function sortBy(measures_cm: Float64Array, members: Uint32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const member = members[i]!;
    let j = i;
    for (; j > from && measures_cm[members[j - 1]!]! > measures_cm[member]!; j--) members[j] = members[j - 1]!;
    members[j] = member;
  }
}

/** The members of each group, from offsets[group] up to offsets[group + 1], in the order they came (a counting sort). */
function grouped(groups: Uint32Array, count: number): { offsets: Uint32Array; members: Uint32Array } {
  const offsets = sharedZeros(Uint32Array, count + 1);
  for (let i = 0; i < groups.length; i++) offsets[groups[i]! + 1]! += 1;
  for (let group = 0; group < count; group++) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice();
  const members = sharedZeros(Uint32Array, groups.length);
  for (let i = 0; i < groups.length; i++) members[next[groups[i]!]!++] = i;
  return { offsets, members };
}
