import { frontages } from '../plan/land-plan.ts';
import { addLine } from '../drawing/network.ts';
import type { Line, Network } from '../drawing/network.ts';
import { beside, footOnLine, lengthOf, partOf, pointAlong } from '../drawing/polyline.ts';
import { keyOf } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';

/** Lanes leave and rejoin the avenue this far from the cross streets that bound them. */
const mouthMetres = 30;

/** Draws the service lanes beside the avenues: off at one crossing, along the shop fronts, back on before the next. */
export function drawFrontages(network: Network): void {
  for (const frontage of frontages) {
    const avenue = named(network, frontage.avenue);
    const metres = [frontage.from, frontage.to].map((street) => metresAtCrossing(network, avenue, street));
    const [from, to] = [Math.min(...metres) + mouthMetres, Math.max(...metres) - mouthMetres];
    const offset = frontage.side === 'left' ? frontage.metres : -frontage.metres;
    const lane = beside(partOf(avenue.points, from + 16, to - 16), offset);
    const points = [pointAlong(avenue.points, from).point, ...lane, pointAlong(avenue.points, to).point];
    addLine(network, { name: frontage.name, roadClass: 'service', oneway: true, origin: 'frontage', points });
  }
}

function named(network: Network, name: string): Line {
  const line = network.lines.find((candidate) => candidate.name === name);
  if (line === undefined) throw new Error(`No street is called ${name}`);
  return line;
}

function metresAtCrossing(network: Network, avenue: Line, street: string): number {
  const keys = new Set(network.lines.filter((line) => line.name === street).flatMap((line) => line.points.map(keyOf)));
  const shared = avenue.points.find((point) => keys.has(keyOf(point)));
  if (shared === undefined) throw new Error(`${avenue.name ?? 'A street'} does not meet ${street}`);
  const foot = footOnLine(shared, avenue.points);
  return (
    lengthOf(partOf(avenue.points, 0, lengthOf(avenue.points)).slice(0, foot.segment + 1)) +
    segmentPart(avenue.points, foot)
  );
}

function segmentPart(points: readonly Point[], foot: { segment: number; share: number }): number {
  return lengthOf([points[foot.segment] as Point, points[foot.segment + 1] as Point]) * foot.share;
}
