import { pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, leftOf } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { hotSpots } from '../plan/hot-spots.ts';
import type { HotSpot } from '../plan/hot-spots.ts';
import { issueKind, issueKinds } from '../plan/issue-kinds.ts';
import type { IssueKind, Setting } from '../plan/issue-kinds.ts';
import type { Road } from '../streets/finished-roads.ts';
import { atHourOf, dayMs, firstDay, now, startOfDay, timeFor } from './calendar.ts';
import { settled } from './settling.ts';
import type { Issue } from './settling.ts';

/** Half a year of reports: everyday ones all over, hot spots, relapses, and some that are hard to place. In order of time. */
export function reportIssues(roads: readonly Road[], hardPlaces: readonly HardPlace[], chance: Chance): Issue[] {
  const issues = [
    ...everyday(roads, chance, 820),
    ...hotSpots.flatMap((spot) => aroundHotSpot(roads, spot, chance)),
    ...Array.from({ length: 48 }, () => relapses(roads, chance)).flat(),
    ...hardPlaces.map(({ point, code, text }) => {
      const kind = issueKind(code);
      return settled(point, kind, text, timeFor(kind.rhythm, 1, chance), 1, chance, 0.5);
    }),
  ];
  return issues.filter((issue) => issue.reportedAt < now - 20 * 60_000).toSorted((a, b) => a.reportedAt - b.reportedAt);
}

/** A place chosen by hand: a corner, between two lanes, in a park. */
export interface HardPlace {
  point: Point;
  code: string;
  text: string;
}

const density: Record<Setting, number> = {
  avenue: 2.4,
  street: 1.7,
  'old town': 3,
  housing: 1.3,
  village: 0.7,
  works: 0.8,
};

function settingOf(road: Road): Setting | null {
  if (road.status === 'planned' || road.roadClass === 'path' || road.roadClass === 'other') return null;
  if (['main', 'secondary'].includes(road.roadClass)) return 'avenue';
  const byOrigin: Record<string, Setting> = {
    'old town': 'old town',
    'dead end': 'old town',
    rows: 'housing',
    estate: 'housing',
    'new estate': 'housing',
    village: 'village',
    works: 'works',
  };
  return byOrigin[road.line.origin] ?? 'street';
}

function everyday(roads: readonly Road[], chance: Chance, count: number): Issue[] {
  const eligible = roads.filter((road) => settingOf(road) !== null);
  return Array.from({ length: count }, () => {
    const road = chance.weighted(
      eligible,
      (candidate) => density[settingOf(candidate) as Setting] * candidate.lengthCm,
    );
    const kind = everydayKind(road, chance);
    return reported(
      road,
      chance.next(),
      kind,
      timeFor(kind.rhythm, kind.rhythm === 'patrol' ? 0.75 : 1, chance),
      chance,
    );
  });
}

function everydayKind(road: Road, chance: Chance): IssueKind {
  return chance.weighted(issueKinds, (candidate) => candidate.weights[settingOf(road) as Setting] ?? 0);
}

function aroundHotSpot(roads: readonly Road[], spot: HotSpot, chance: Chance): Issue[] {
  const road = roads.find((candidate) => candidate.name === spot.road);
  if (road === undefined) throw new Error(`The hot spot ${spot.name} needs ${spot.road}`);
  const count = Math.round((spot.perWeek * (now - firstDay)) / (7 * dayMs));
  const issues = Array.from({ length: count }, () => {
    const kind = issueKind(chance.weighted(Object.entries(spot.codes), ([, weight]) => weight)[0]);
    const at = Math.min(0.99, Math.max(0.01, spot.at + (spot.spread / 2) * chance.normal()));
    return reported(road, at, kind, timeFor(spot.rhythm, spot.weekend, chance), chance, spot.landmark);
  });
  return issues.filter(({ reportedAt }) => {
    const tooEarly = spot.from !== undefined && reportedAt < startOfDay(spot.from);
    const closed =
      spot.closed !== undefined && reportedAt > startOfDay(spot.closed[0]) && reportedAt < startOfDay(spot.closed[1]);
    return !tooEarly && !closed;
  });
}

const relapsing = ['06010', '06036', '09005', '07001', '06042', '09009', '09006', '06014', '06030'];

/** The same thing at the same place: closed, and back after two or three weeks, three to seven times. */
function relapses(roads: readonly Road[], chance: Chance): Issue[] {
  const eligible = roads.filter((road) => settingOf(road) !== null && road.lengthCm > 5000);
  const road = chance.weighted(eligible, (candidate) => density[settingOf(candidate) as Setting] * candidate.lengthCm);
  const kinds = relapsing.map(issueKind).filter((kind) => (kind.weights[settingOf(road) as Setting] ?? 0) > 0);
  const kind = kinds.length > 0 ? chance.pick(kinds) : issueKind('06010');
  const at = chance.between(0.08, 0.92);
  const side = chance.happens(0.5) ? 1 : -1;
  const issues: Issue[] = [];
  let time = firstDay + chance.between(0, 60) * dayMs;
  for (let again = 0; again < chance.whole(3, 7) && time < now; again++) {
    const when = atHourOf(kind.rhythm, time, chance);
    const issue = reported(
      road,
      at + chance.between(-2, 2) / (road.lengthCm / 100),
      kind,
      when,
      chance,
      undefined,
      side,
    );
    issues.push(issue);
    if (issue.closedAt === null) break;
    time = issue.closedAt + chance.between(10, 26) * dayMs;
  }
  return issues;
}

/** Half the width of a carriageway and the pavement beside it, in metres, by class. */
const roadside: Record<Road['roadClass'], readonly [number, number]> = {
  main: [6, 15],
  secondary: [4, 10],
  branch: [2.5, 7],
  alley: [0.5, 3],
  service: [0.5, 4],
  path: [0.5, 2],
  other: [1, 3],
};

function reported(
  road: Road,
  share: number,
  kind: IssueKind,
  time: number,
  chance: Chance,
  landmark?: string,
  side?: number,
): Issue {
  const { point, heading } = pointAlong(road.points, (share * road.lengthCm) / 100);
  const [near, far] = roadside[road.roadClass];
  const aside = kind.surface === 'ground' ? chance.between(near * 0.6, far) : far + chance.between(0, 3);
  const onSide = side ?? (chance.happens(0.5) ? 1 : -1);
  const truth = add(point, leftOf(heading), aside * onSide);
  const where = landmark ?? road.name ?? nearby(road);
  const text = chance.pick(kind.texts).replace('{place}', where);
  const neglected = road.line.origin === 'new estate' || road.name === null || road.name.endsWith('辅路');
  return settled(truth, kind, text, time, neglected ? 4 : 1, chance, road.roadClass === 'alley' ? 1.5 : 1);
}

function nearby(road: Road): string {
  return road.line.group === null || road.line.group.includes(':') || road.line.group === 'lanes'
    ? '无名小巷'
    : `${road.line.group}附近`;
}
