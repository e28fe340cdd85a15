import { cutAcross } from './cuts.ts';
import type { CutStyle } from './cuts.ts';
import { addLine, removeLine, roadsAt } from '../drawing/network.ts';
import type { Draft, Line, Network } from '../drawing/network.ts';
import { areaOf, metresToEdge, splitRing } from '../drawing/polygon.ts';
import type { Chance } from '../drawing/random.ts';
import { direction, distance, dot, keyOf } from '../drawing/shapes.ts';
import type { Point, Ring } from '../drawing/shapes.ts';

/** Cuts a block by streets until the pieces are as small as wanted (m²); answers with the pieces. */
export function subdivide(
  network: Network,
  ring: Ring,
  chance: Chance,
  style: CutStyle & { pieceArea: number },
  draft: Omit<Draft, 'points'>,
): Ring[] {
  const area = areaOf(ring);
  if (area < style.pieceArea * 1.35) return [ring];
  const attract = (end: Point) => streetAcross(network, ring, end);
  const cut = cutAcross(ring, chance, { ...style, attract });
  if (cut === null) return [ring];
  const street = addLine(network, { ...draft, points: cut });
  return splitRing(ring, street.points).flatMap((piece) => subdivide(network, piece, chance, style, draft));
}

/** The end of a street that meets this block's edge from the other side within 28 m: going on from there makes a crossing. */
function streetAcross(network: Network, ring: Ring, end: Point): Point | null {
  let nearest: Point | null = null;
  let nearestMetres = 28;
  for (const line of network.lines) {
    if (line.kind !== 'road' || line.layer !== 0) continue;
    for (const tip of [line.points[0] as Point, line.points.at(-1) as Point]) {
      const metres = distance(tip, end);
      if (metres < nearestMetres && metresToEdge(ring, tip) < 0.01) [nearest, nearestMetres] = [tip, metres];
    }
  }
  return nearest;
}

/** Joins streets of one origin that go straight on into each other: people call them one road. */
export function joinThroughStreets(network: Network, origin: string, mostTurn = 0.45): void {
  for (let joined = true; joined;) {
    joined = false;
    for (const line of network.lines.filter((candidate) => candidate.origin === origin)) {
      const next = continuation(network, line, mostTurn);
      if (next === null) continue;
      removeLine(network, next.line);
      removeLine(network, line);
      const points = [...line.points, ...(next.atStart ? next.line.points : next.line.points.toReversed()).slice(1)];
      addLine(network, { ...line, points });
      joined = true;
      break;
    }
  }
}

function continuation(network: Network, line: Line, mostTurn: number): { line: Line; atStart: boolean } | null {
  const end = line.points.at(-1) as Point;
  const heading = direction(line.points.at(-2) as Point, end);
  for (const { line: other, index } of roadsAt(network, end)) {
    const atStart = index === 0;
    if (other === line || other.origin !== line.origin || other.group !== line.group) continue;
    if (!atStart && index !== other.points.length - 1) continue;
    const onward = atStart ? other.points : other.points.toReversed();
    const turns = Math.acos(Math.min(1, dot(heading, direction(end, onward[1] as Point))));
    if (turns < mostTurn && keyOf(onward.at(-1) as Point) !== keyOf(line.points[0] as Point))
      return { line: other, atStart };
  }
  return null;
}
