import type { Role } from './chiefs.ts';
import type { Road } from '../streets/finished-roads.ts';
import type { Chance } from '../drawing/random.ts';

/** Part of a road that was left out when stretches were dealt out, and to which roles that happened. */
export interface Gap {
  fromCm: number;
  toCm: number;
  sides: 'left' | 'right' | 'both';
  roles: readonly Role[];
  why: string;
}

const everyone: readonly Role[] = [
  'general',
  'town_l1',
  'management_l1',
  'community_l2',
  'management_l2',
  'sanitation_l2',
];
const daily: readonly Role[] = ['community_l2', 'sanitation_l2'];

/** Gaps on roads of the street plan, from and to as shares of the road. */
// prettier-ignore
const plannedGaps: readonly { road: string; from: number; to: number; sides: Gap['sides']; roles: readonly Role[]; why: string }[] = [
  { road: '解放北路', from: 0.52, to: 0.71, sides: 'both', roles: daily, why: 'boundary street: each community took it for the other one’s' },
  { road: '解放南路', from: 0.3, to: 0.56, sides: 'left', roles: ['community_l2'], why: 'boundary street: one side was never taken up' },
  { road: '文昌路', from: 0.1, to: 0.24, sides: 'right', roles: daily, why: 'boundary street: one side was never taken up' },
  { road: '建设桥', from: 0, to: 1, sides: 'both', roles: ['town_l1', 'management_l1', 'community_l2', 'sanitation_l2'], why: 'bridge between two sub-districts' },
  { road: '北溪大桥', from: 0.5, to: 1, sides: 'both', roles: ['community_l2'], why: 'far half of a bridge' },
  { road: '新华大道东辅路', from: 0, to: 1, sides: 'both', roles: everyone, why: 'service lane taken for a part of the avenue' },
  { road: '建设路北辅路', from: 0, to: 1, sides: 'both', roles: daily, why: 'service lane taken for a part of the avenue' },
  { road: '人民西路北辅路', from: 0.35, to: 1, sides: 'both', roles: ['sanitation_l2'], why: 'service lane swept half way only' },
  { road: '石西路', from: 0.45, to: 1, sides: 'both', roles: ['management_l2', 'sanitation_l2'], why: 'far end of a country road' },
  { road: '柳西路', from: 0.4, to: 1, sides: 'both', roles: daily, why: 'far end of a country road' },
  { road: '白沙路', from: 0.55, to: 1, sides: 'both', roles: ['community_l2'], why: 'road between two towns' },
  { road: '环城西路', from: 0.3, to: 0.85, sides: 'both', roles: ['town_l1', 'management_l2'], why: 'ring road: main street of no community' },
  { road: '振兴路', from: 0.62, to: 1, sides: 'both', roles: ['town_l1', 'management_l1', 'management_l2'], why: 'far end of a country road' },
  { road: '石塘街', from: 0, to: 0.35, sides: 'both', roles: ['town_l1', 'management_l2'], why: 'far end of a country road' },
  { road: '马东路', from: 0.7, to: 1, sides: 'both', roles: ['sanitation_l2'], why: 'far end of a country road' },
];

/** Everything that nobody took on this road; the reasons are those one meets in real districts. */
export function gapsOn(road: Road, chance: Chance): Gap[] {
  const whole = { fromCm: 0, toCm: road.lengthCm, sides: 'both' } as const;
  const gaps: Gap[] = plannedGaps
    .filter((gap) => gap.road === road.name)
    .map((gap) => ({
      ...gap,
      fromCm: share(road, gap.from),
      toCm: gap.to === 1 ? road.lengthCm : share(road, gap.to),
    }));
  const { origin } = road.line;
  if (origin === 'new estate')
    gaps.push({ ...whole, roles: everyone, why: 'new housing estate, handed over after the stretches were dealt out' });
  const forgotten = (origin === 'dead end' || origin === 'works') && road.name === null && chance.happens(0.6);
  if (forgotten) gaps.push({ ...whole, roles: everyone, why: 'lane without a name, on nobody’s list' });
  const deadEnd = ['rows', 'village', 'estate', 'dead end'].includes(origin) && road.lengthCm > 6000;
  if (deadEnd && chance.happens(0.14)) {
    gaps.push({ ...whole, fromCm: share(road, chance.between(0.55, 0.75)), roles: daily, why: 'far end of a lane' });
  }
  const villageLane = origin === 'village' && road.roadClass === 'alley';
  if (villageLane && chance.happens(0.45))
    gaps.push({ ...whole, roles: ['sanitation_l2'], why: 'village lane the town does not sweep yet' });
  if (villageLane && chance.happens(0.3))
    gaps.push({ ...whole, roles: ['general'], why: 'village lane missing on the town’s own list' });
  return gaps;
}

/** To the decimetre, as a person reading a map would say it. */
function share(road: Road, part: number): number {
  return Math.round((road.lengthCm * part) / 10) * 10;
}
