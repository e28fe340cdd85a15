import { smooth, wandering } from '../drawing/curves.ts';
import { addLine } from '../drawing/network.ts';
import type { Draft, Network } from '../drawing/network.ts';
import { beside, lengthOf, partOf } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, leftOf } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { fieldLimits, riversideRoadMetres } from '../plan/land-plan.ts';
import { outline, river } from '../plan/limits.ts';
import { expressway, roundabout, streetPlan } from '../plan/street-plan.ts';
import type { Stroke } from '../plan/street-plan.ts';
import { metresWhereMet, withinDistrict, withJoinedEnds } from './ends.ts';

/** Draws what was planned by hand: limits, riverside roads, the expressway, then every street of the plan in its order. */
export function drawSkeleton(network: Network, chance: Chance): void {
  addLine(network, { kind: 'limit', origin: 'outline', points: [...outline, outline[0] as Point] });
  addLine(network, { kind: 'limit', origin: 'river', points: withinDistrict(river) });
  drawRiverside(network);
  drawExpressway(network);
  const { name, centre, radius } = roundabout;
  addLine(network, { name, roadClass: 'main', oneway: true, origin: 'roundabout', points: circleOf(centre, radius) });
  for (const stroke of streetPlan) drawStroke(network, stroke);
  drawFlyoverLanes(network);
  for (const points of fieldLimits) {
    const reaching = withJoinedEnds(
      network,
      withinDistrict(wandering(points, chance)),
      { start: true, end: true },
      () => true,
    );
    addLine(network, { kind: 'limit', origin: 'field', points: reaching });
  }
}

/** A road along each bank, from the northern ring to the southern. */
function drawRiverside(network: Network): void {
  for (const [name, side] of [
    ['滨河东路', 1],
    ['滨河西路', -1],
  ] as const) {
    const bank = beside(river, side * riversideRoadMetres);
    const from = metresWhereMet(bank, plannedCurve('环城北路'));
    const to = metresWhereMet(bank, plannedCurve('环城南路'));
    addLine(network, { name, roadClass: 'secondary', origin: 'riverside', points: partOf(bank, from, to) });
  }
}

/** Two carriageways at grade, broken where flyovers take them over another street without touching it. */
function drawExpressway(network: Network): void {
  const centre = withinDistrict(smooth(expressway.points));
  addLine(network, { kind: 'limit', origin: 'median', points: centre });
  for (const side of [1, -1]) {
    // Traffic keeps right: the carriageway right of the drawn direction (south) runs south, the other north.
    const lane = beside(centre, side * expressway.halfGap);
    const carriageway = side < 0 ? lane : lane.toReversed();
    const over = metresWhereMet(carriageway, plannedCurve(expressway.over));
    const cuts = [0, over - expressway.halfFlyover, over + expressway.halfFlyover, lengthOf(carriageway)];
    const draft = { name: expressway.name, roadClass: 'main', oneway: true, origin: 'expressway' } as const;
    const flyover = { ...draft, name: expressway.flyoverName, layer: 1, origin: 'flyover' };
    addLine(network, { ...draft, points: partOf(carriageway, cuts[0] as number, cuts[1] as number) });
    addLine(network, { ...draft, points: partOf(carriageway, cuts[2] as number, cuts[3] as number) });
    addLine(network, { ...flyover, points: partOf(carriageway, cuts[1] as number, cuts[2] as number) });
  }
}

/** The lanes at grade beside the flyover, through which one reaches the street below. */
function drawFlyoverLanes(network: Network): void {
  const centre = withinDistrict(smooth(expressway.points));
  const over = metresWhereMet(centre, plannedCurve(expressway.over));
  const [from, to] = [over - expressway.halfFlyover - 60, over + expressway.halfFlyover + 60];
  for (const side of [1, -1]) {
    const lane = [
      ...partOf(beside(centre, side * expressway.halfGap), from, from + 1).slice(0, 1),
      ...partOf(beside(centre, side * 24), from + 45, to - 45),
      ...partOf(beside(centre, side * expressway.halfGap), to - 1, to).slice(-1),
    ];
    addLine(network, {
      name: expressway.frontageName,
      roadClass: 'service',
      oneway: true,
      origin: 'frontage',
      points: side < 0 ? lane : lane.toReversed(),
    });
  }
}

function drawStroke(network: Network, stroke: Stroke): void {
  const { name, roadClass, status = 'handed_over', oneway = false } = stroke;
  const draft = { roadClass, status, oneway, name };
  const joins = { start: stroke.freeStart !== true, end: stroke.freeEnd !== true };
  const points = withJoinedEnds(
    network,
    withinDistrict(smooth(stroke.points, stroke)),
    joins,
    (line) => line.kind === 'road',
  );
  if (stroke.bridge === undefined) addLine(network, { ...draft, points });
  else drawAcrossRiver(network, draft, stroke.bridge, points);
}

/** East part, bridge and west part; the bridge stands between the riverside roads, or 55 m either way where there are none. */
function drawAcrossRiver(
  network: Network,
  draft: Omit<Draft, 'points'>,
  bridge: NonNullable<Stroke['bridge']>,
  points: Point[],
): void {
  const middle = metresWhereMet(points, river);
  const ends = [middle - 55, middle + 55];
  for (const line of network.lines.filter((candidate) => candidate.origin === 'riverside')) {
    const metres = metresWhereMet(points, line.points);
    if (Math.abs(metres - middle) < 110) ends[metres < middle ? 0 : 1] = metres;
  }
  const [from, to] = ends as [number, number];
  const startsEast = (points[0] as Point)[0] > (points.at(-1) as Point)[0];
  const names = [draft.name, bridge.westOfIt];
  const [before, after] = startsEast ? names : names.toReversed();
  addLine(network, { ...draft, name: before ?? null, points: partOf(points, 0, from) });
  addLine(network, { ...draft, name: after ?? null, points: partOf(points, to, lengthOf(points)) });
  // The limit under the bridge parts the river's land in communities; the bridge itself meets nothing but its two ends.
  const deck = addLine(network, { kind: 'limit', origin: 'deck', points: partOf(points, from, to) });
  addLine(network, { ...draft, name: bridge.name, layer: 1, origin: 'bridge', points: deck.points });
}

function circleOf(centre: Point, radius: number): Point[] {
  const corners = 32;
  return Array.from({ length: corners + 1 }, (_, i) => {
    const angle = ((i % corners) * 2 * Math.PI) / corners;
    return add(add(centre, [Math.cos(angle), 0], radius), leftOf([Math.sin(angle), 0]), radius);
  });
}

function plannedCurve(name: string): Point[] {
  const stroke = streetPlan.find((candidate) => candidate.name === name);
  if (stroke === undefined) throw new Error(`The street plan has no ${name}`);
  return smooth(stroke.points, stroke);
}
