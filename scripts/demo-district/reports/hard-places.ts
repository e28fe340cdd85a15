import type { Road } from '../streets/finished-roads.ts';
import type { Green } from '../land/greens.ts';
import type { HardPlace } from './issues.ts';
import { nearnessOf } from '../drawing/nearness.ts';
import { contains } from '../drawing/polygon.ts';
import { footOnLine, lengthOf, pointAlong } from '../drawing/polyline.ts';
import type { Chance } from '../drawing/random.ts';
import { add, between, boxOf, keyOf, turned } from '../drawing/shapes.ts';
import type { Point } from '../drawing/shapes.ts';
import { missingLane } from '../plan/missing-lane.ts';

/**
 * Reports that no snapper should place with confidence: at corners, between an avenue and its lane, under the flyover, in a
 * park, and in the lane that is not registered.
 */
export function hardPlaces(roads: readonly Road[], greens: readonly Green[], chance: Chance): HardPlace[] {
  return [
    ...atCorners(roads, chance),
    ...betweenLanes(roads, chance),
    ...underFlyover(roads),
    ...inParks(roads, greens, chance),
    ...inMissingLane(),
  ];
}

function atCorners(roads: readonly Road[], chance: Chance): HardPlace[] {
  const streets = roads.filter(
    (road) => ['main', 'secondary', 'branch'].includes(road.roadClass) && road.name !== null,
  );
  const meetings = new Map<string, { point: Point; names: string[] }>();
  for (const road of streets) {
    for (const point of road.line.points) {
      const meeting = meetings.get(keyOf(point)) ?? { point, names: [] };
      meeting.names.push(road.name as string);
      meetings.set(keyOf(point), meeting);
    }
  }
  const corners = [...meetings.values()].filter(({ names }) => new Set(names).size === 2);
  return Array.from({ length: 30 }, () => {
    const { point, names } = chance.pick(corners);
    const code = chance.pick(['09009', '06010', '09010', '07001', '02017']);
    const where = `${names[0] ?? ''}与${names[1] ?? ''}路口`;
    const what =
      {
        '09009': '车辆停在路口',
        '06010': '有暴露垃圾',
        '09010': '电动车乱停',
        '07001': '有小广告',
        '02017': '护栏损坏',
      }[code] ?? '';
    return {
      point: add(point, turned([chance.between(4, 11), 0], chance.between(0, 6.28))),
      code,
      text: `${where}${what}`,
    };
  });
}

function betweenLanes(roads: readonly Road[], chance: Chance): HardPlace[] {
  const lanes = roads.filter((road) => road.line.origin === 'frontage');
  return Array.from({ length: 22 }, () => {
    const lane = chance.pick(lanes);
    const { point } = pointAlong(lane.points, (lane.lengthCm / 100) * chance.between(0.2, 0.8));
    const avenues = roads.filter((road) => road.roadClass === 'main' && road.line.layer === 0);
    const feet = avenues.map((road) => footOnLine(point, road.points)).toSorted((a, b) => a.metres - b.metres);
    const code = chance.pick(['09009', '09005', '06017', '09011']);
    const what =
      { '09009': '车停在绿化带缺口', '09005': '门前店外经营', '06017': '隔离绿化带里有垃圾', '09011': '共享单车堆放' }[
        code
      ] ?? '';
    return {
      point: between(point, feet[0]?.point ?? point, chance.between(0.35, 0.65)),
      code,
      text: `${lane.name ?? ''}${what}`,
    };
  });
}

function underFlyover(roads: readonly Road[]): HardPlace[] {
  const flyover = roads.find((road) => road.line.origin === 'flyover');
  if (flyover === undefined) return [];
  const { point } = pointAlong(flyover.points, flyover.lengthCm / 200);
  return [
    { point: add(point, [3, 4]), code: '09017', text: '立交桥下停满了车' },
    { point: add(point, [-5, -12]), code: '06010', text: '立交桥下有暴露垃圾' },
    { point: add(point, [8, 20]), code: '06013', text: '立交桥处路面破损，不知是桥上还是桥下' },
  ];
}

/** More than 60 m from any road or path: the honest answer is "no road". */
function inParks(roads: readonly Road[], greens: readonly Green[], chance: Chance): HardPlace[] {
  const toRoad = nearnessOf(roads.map((road) => road.points));
  const parks = greens.filter((green) => ['park', 'wood', 'farmland'].includes(green.kind));
  const places: HardPlace[] = [];
  for (let attempt = 0; attempt < 4000 && places.length < 14; attempt++) {
    const park = chance.weighted(parks, (green) => (green.kind === 'park' ? 12 : 1));
    const box = boxOf(park.ring);
    const point: Point = [chance.between(box.minEast, box.maxEast), chance.between(box.minNorth, box.maxNorth)];
    if (!contains(park.ring, point) || toRoad(point, 75) !== Infinity) continue;
    if (park.kind === 'park')
      places.push({ point, code: '06047', text: chance.pick(['公园里有人遛大型犬不牵绳', '公园草坪上搭帐篷过夜']) });
    else places.push({ point, code: '06020', text: '田里焚烧秸秆' });
  }
  return places;
}

function inMissingLane(): HardPlace[] {
  const { points, reports } = missingLane;
  return reports.map(({ at, code, text }) => ({
    point: pointAlong(points, at * lengthOf(points)).point,
    code,
    text,
  }));
}
