import { areaOf } from './polygon.ts';
import { keyOf } from './shapes.ts';
import type { Point, Ring } from './shapes.ts';

interface Node {
  point: Point;
  /** Keys of the neighbours, counter-clockwise by angle once sorted. */
  around: string[];
}

/**
 * The land enclosed by lines that share vertices where they meet (the faces of a planar graph), as
 * counter-clockwise rings. Dead ends are left out; the endless outside is not returned.
 */
export function facesBetween(lines: readonly (readonly Point[])[]): Ring[] {
  const nodes = graphOf(lines);
  dropDeadEnds(nodes);
  for (const node of nodes.values()) {
    node.around.sort((a, b) => angleTo(node, nodes.get(a) as Node) - angleTo(node, nodes.get(b) as Node));
  }
  const walked = new Set<string>();
  const faces: Ring[] = [];
  for (const [start, node] of nodes) {
    for (const first of node.around) {
      if (walked.has(`${start}>${first}`)) continue;
      const ring: Point[] = [];
      let [here, next] = [start, first];
      while (!walked.has(`${here}>${next}`)) {
        walked.add(`${here}>${next}`);
        ring.push((nodes.get(here) as Node).point);
        const around = (nodes.get(next) as Node).around;
        // The sharpest left turn: the neighbour just clockwise of the way we came.
        const back = around.indexOf(here);
        [here, next] = [next, around[(back - 1 + around.length) % around.length] as string];
      }
      if (areaOf(ring) > 1) faces.push(ring);
    }
  }
  return faces;
}

function graphOf(lines: readonly (readonly Point[])[]): Map<string, Node> {
  const nodes = new Map<string, Node>();
  const nodeAt = (point: Point): Node => {
    const key = keyOf(point);
    const node = nodes.get(key) ?? { point, around: [] };
    nodes.set(key, node);
    return node;
  };
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point];
      const [from, to] = [nodeAt(a), nodeAt(b)];
      if (!from.around.includes(keyOf(b))) from.around.push(keyOf(b));
      if (!to.around.includes(keyOf(a))) to.around.push(keyOf(a));
    }
  }
  return nodes;
}

function dropDeadEnds(nodes: Map<string, Node>): void {
  const ends = [...nodes.keys()].filter((key) => (nodes.get(key) as Node).around.length === 1);
  while (ends.length > 0) {
    const key = ends.pop() as string;
    const neighbour = nodes.get(key)?.around[0];
    nodes.delete(key);
    if (neighbour === undefined) continue;
    const node = nodes.get(neighbour);
    if (node === undefined) continue;
    node.around.splice(node.around.indexOf(key), 1);
    if (node.around.length === 1) ends.push(neighbour);
  }
}

function angleTo(from: Node, to: Node): number {
  return Math.atan2(to.point[1] - from.point[1], to.point[0] - from.point[0]);
}
