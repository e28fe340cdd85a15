/**
 * Ways that people walk and report from where no registered road is (R8: "no blind spot"): found where walks off the
 * roads and reports without a road gather, and answered with the line that a road there would have.
 *
 *   1. trodden-ground.ts    squares of 5 m off the roads, with who came over them
 *   2. gathered.ts          connected ground on which enough different witnesses came
 *   3. proposed-lines.ts    the ways through it, in the middle of those who walked them (middle-line.ts), their ends led
 *                           to the roads from which people came (join-ends.ts); or an area where people go all ways
 *   4. reported-together.ts reports that no walk explains
 */
import { ringAround } from '../geometry/hull.ts';
import { gatheringsOf } from './gathered.ts';
import type { Network } from './network.ts';
import { describeGathering } from './proposed-lines.ts';
import { reportedTogether } from './reported-together.ts';
import { treadGround } from './trodden-ground.ts';
import type { Steps } from './trodden-ground.ts';
import { ENOUGH, outcomeOf, REPORT, WALK } from './witnesses.ts';
import type { Outcome, Witness } from './witnesses.ts';

/** Metres of the network's CRS, seconds of any epoch. A patrol may have several. */
export type OffRoadLine = { patrol: number; chief: number; at_s: number; coordinates: ArrayLike<number> };
export type LoneReport = { report: number; at_s: number; x: number; y: number };

export type Unregistered = Outcome & {
  /** A way that was walked; a place where people go all ways; or reports that no walk explains. */
  fault: 'walked' | 'wandered' | 'reported';
  /** x, y, … of the proposed line, or of the closed ring around the area. */
  coordinates: number[];
  /** Metres of the proposed line; 0 where there is none. */
  length_m: number;
  /** Of the registered roads that the line leads to. */
  road_ids: number[];
};

/** A report lies as far from its position in two of three cases. */
const REPORT_ACCURACY_M = 10;

/**
 * Step by step: 400 lanes that 2,000 walks went along are a second and a half of work, and others want their turn.
 * The order of walks and reports makes no difference.
 */
export function* lookForUnregistered(
  network: Network,
  walks: readonly OffRoadLine[],
  reports: readonly LoneReport[],
): Steps<Unregistered[]> {
  const lines = walks.toSorted(
    (a, b) => a.patrol - b.patrol || a.at_s - b.at_s || compare(a.coordinates, b.coordinates),
  );
  const points = reports.toSorted((a, b) => a.report - b.report);
  const { witnesses, ofPatrol, firstReport } = hear(lines, points);
  const ground = yield* treadGround(
    network,
    lines.map(({ patrol, coordinates }) => ({ witness: ofPatrol.get(patrol)!, coordinates })),
    points.map(({ x, y }, i) => ({ witness: firstReport + i, x, y })),
  );
  const turns: number[][] = witnesses.map(() => []);
  for (const { patrol, coordinates } of lines) {
    const last = coordinates.length - 2;
    turns[ofPatrol.get(patrol)!]!.push(coordinates[0]!, coordinates[1]!, coordinates[last]!, coordinates[last + 1]!);
  }
  const found: Unregistered[] = [];
  for (const cells of yield* gatheringsOf(ground, witnesses, ENOUGH)) {
    found.push(...describeGathering(network, cells, turns, witnesses));
    yield;
  }
  const explained = new Set(found.flatMap((one) => one.reports));
  const left = points
    .map((point, i) => ({ ...point, witness: firstReport + i }))
    .filter(({ report }) => !explained.has(report));
  for (const together of reportedTogether(left, ENOUGH / REPORT)) {
    const numbers = together.map(({ witness }) => witness);
    found.push({
      ...outcomeOf(witnesses, numbers),
      fault: 'reported',
      coordinates: ringAround(
        together.flatMap(({ x, y }) => [x, y]),
        REPORT_ACCURACY_M,
      ),
      length_m: 0,
      road_ids: [],
    });
  }
  return found;
}

/** Each patrol is one witness, however often it left the roads, from the first time on; each report is one. */
function hear(
  walks: readonly OffRoadLine[],
  reports: readonly LoneReport[],
): { witnesses: Witness[]; ofPatrol: Map<number, number>; firstReport: number } {
  const witnesses: Witness[] = [];
  const ofPatrol = new Map<number, number>();
  for (const { patrol, chief, at_s } of walks) {
    if (ofPatrol.has(patrol)) continue;
    ofPatrol.set(patrol, witnesses.length);
    witnesses.push({ patrol, chief, report: null, at_s, weight: WALK });
  }
  const firstReport = witnesses.length;
  for (const { report, at_s } of reports) {
    witnesses.push({ patrol: null, chief: null, report, at_s, weight: REPORT });
  }
  return { witnesses, ofPatrol, firstReport };
}

function compare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
