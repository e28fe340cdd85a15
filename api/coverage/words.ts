/** What the certificate and the exports call things, Chinese first. */
import type { Role, RoadClass, Sides, ZoneLevel } from '../http/shapes.ts';
import { percent } from '../http/units.ts';
import type { GapKind } from './coverage.contract.ts';

export type Language = 'zh' | 'en';
type Actor = 'chief' | 'town' | 'bureau' | 'district';

export type Words = {
  role: Record<Role, string>;
  roadClass: Record<RoadClass, string>;
  sides: Record<Sides, string>;
  level: Record<ZoneLevel, string>;
  kind: Record<GapKind, string>;
  /** Of a fault that is not here its own name is shown. */
  fault: Record<string, string>;
  /** A district may name duties of its own, which are shown as they are. */
  duty: Record<string, string>;
  per: Record<'day' | 'week' | 'month', string>;
  actor: Record<Actor, string>;
  unnamed: string;
  never: string;
};

export const words: Record<Language, Words> = {
  zh: {
    role: {
      general: '总路长',
      town_l1: '镇街一级路长',
      management_l1: '城管一级路长',
      community_l2: '社区二级路长',
      management_l2: '城管二级路长',
      sanitation_l2: '环卫二级路长',
    },
    roadClass: {
      main: '主干道',
      secondary: '次干道',
      branch: '支路',
      alley: '背街小巷',
      service: '附属道路',
      path: '步行道',
      other: '其他道路',
    },
    sides: { left: '左侧', right: '右侧', both: '双侧' },
    level: { district: '区', town: '镇街', community: '社区', grid: '网格', bureau: '区城管局牵头区域' },
    kind: {
      unheld: '岗位空缺',
      unwalked: '巡查未到位',
      unzoned: '未划入社区',
      unregistered: '道路未登记',
      inventory: '台账差错',
    },
    fault: {
      no_community: '不在任何社区',
      hole: '区域之间有空隙',
      overlap: '区域重叠',
      outside_parent: '超出上级范围',
      walked: '有人巡查而无路',
      reported: '有人上报而无路',
      wandered: '偏离道路行走',
      unnamed: '无名',
      short: '过短',
      duplicate: '重复登记',
      disconnected: '与路网不连通',
      end_gap: '端点未接上',
      crossing: '相交而无路口',
    },
    duty: {
      inspection: '重点点位巡视',
      check: '每周检查',
      patrol: '日常巡查',
      joint_check: '联合检查',
      community_patrol: '社区巡查',
      collection: '信息采集',
      sweeping: '清扫保洁',
    },
    per: { day: '每日', week: '每周', month: '每月' },
    actor: { chief: '路长', town: '镇街', bureau: '区城管局', district: '区' },
    unnamed: '无名道路',
    never: '从未',
  },
  en: {
    role: {
      general: 'General chief',
      town_l1: 'Town chief, level 1',
      management_l1: 'Management chief, level 1',
      community_l2: 'Community chief, level 2',
      management_l2: 'Management chief, level 2',
      sanitation_l2: 'Sanitation chief, level 2',
    },
    roadClass: {
      main: 'Main road',
      secondary: 'Secondary',
      branch: 'Branch road',
      alley: 'Alley',
      service: 'Service lane',
      path: 'Footpath',
      other: 'Other road',
    },
    sides: { left: 'Left', right: 'Right', both: 'Both' },
    level: { district: 'District', town: 'Town', community: 'Community', grid: 'Grid', bureau: 'Bureau-led area' },
    kind: {
      unheld: 'Unheld',
      unwalked: 'Not walked',
      unzoned: 'In no community',
      unregistered: 'Unregistered road',
      inventory: 'Register fault',
    },
    fault: {
      no_community: 'In no community',
      hole: 'Hole between zones',
      overlap: 'Zones overlap',
      outside_parent: 'Reaches out of its parent',
      walked: 'Walked where no road is',
      reported: 'Reported where no road is',
      wandered: 'Walked off the road',
      unnamed: 'No name',
      short: 'Too short',
      duplicate: 'Registered twice',
      disconnected: 'Not joined to the network',
      end_gap: 'Ends miss each other',
      crossing: 'Crossing without a junction',
    },
    duty: {
      inspection: 'Inspection of key points',
      check: 'Weekly check',
      patrol: 'Patrol',
      joint_check: 'Joint check',
      community_patrol: 'Community patrol',
      collection: 'Collection',
      sweeping: 'Sweeping',
    },
    per: { day: 'day', week: 'week', month: 'month' },
    actor: { chief: 'Chief', town: 'Town', bureau: 'Urban management bureau', district: 'District' },
    unnamed: 'Unnamed road',
    never: 'never',
  },
};

/** A number with separators, the decimals it has up to `most`. */
export function decimal(language: Language, value: number, least = 0, most = 3): string {
  return value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

/** Side-centimetres as metres of road: exact, so with three decimals. */
export const sideMetres = (language: Language, side_cm: number): string => decimal(language, side_cm / 200, 3);

/** Nothing required is no share. */
export function share(language: Language, met: number, required: number): string {
  const value = percent(met, required);
  return value === null ? '—' : `${decimal(language, value, 2, 2)}%`;
}

/** `2026-05-01 08:30` in the district's time zone. */
export function dayAndTime(time_zone: string, moment: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: time_zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(moment));
  const part = (type: string): string => parts.find((one) => one.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
