/**
 * The nodes of changed roads under the ids that the network in memory knows. `road_nodes` is numbered anew at every write,
 * so a node is recognised by a road that stays as it is and passes it at the same measure.
 */
import { roadNumber, type Network } from '../network/network.ts';

export type NodeRow = { node_id: number; road_id: number; at_cm: number };
export type GivenNodes = Map<number, { node_id: number; at_cm: number }[]>;

/** Nodes by road. */
export function nodesByRoad(rows: readonly NodeRow[]): GivenNodes {
  const nodes: GivenNodes = new Map();
  for (const { road_id, node_id, at_cm } of rows) {
    const list = nodes.get(road_id);
    if (list) list.push({ node_id, at_cm });
    else nodes.set(road_id, [{ node_id, at_cm }]);
  }
  return nodes;
}

/**
 * @param rows all rows of the nodes that changed roads pass.
 * @returns the nodes of the changed roads.
 */
export function knownNodes(network: Network, rows: readonly NodeRow[], changed: ReadonlySet<number>): GivenNodes {
  const ids = new Map<number, number>();
  const names = idsByNode(network);
  for (const { node_id, road_id, at_cm } of rows) {
    if (changed.has(road_id) || ids.has(node_id)) continue;
    const node = nodeAt(network, road_id, at_cm);
    const name = node === -1 ? undefined : names.get(node);
    if (name !== undefined) ids.set(node_id, name);
  }
  let next = 1 + [...network.nodeNumbers.keys()].reduce((most, id) => Math.max(most, id), 0);
  const own = rows.filter(({ road_id }) => changed.has(road_id));
  for (const { node_id } of own) if (!ids.has(node_id)) ids.set(node_id, next++);
  return nodesByRoad(own.map((row) => ({ ...row, node_id: ids.get(row.node_id)! })));
}

const idsByNode = ({ nodeNumbers }: Network): Map<number, number> =>
  new Map(Array.from(nodeNumbers, ([id, node]) => [node, id]));

function nodeAt(network: Network, road_id: number, at_cm: number): number {
  const road = roadNumber(network, road_id);
  if (road === -1) return -1;
  const { roadPassages, passageMeasures_cm, passageNodes } = network;
  for (let passage = roadPassages[road]!; passage < roadPassages[road + 1]!; passage++) {
    if (passageMeasures_cm[passage] === at_cm) return passageNodes[passage]!;
  }
  return -1;
}
