/**
 * What the screens, the certificate and the exported files all call things, Chinese first: one word for a thing, wherever
 * it is read. The client takes this file as it is, so it imports types alone: nothing of the server reaches the browser.
 * What a narrow screen must say shorter stands in client/i18n/, what only documents say in coverage/words.ts.
 */
import type { Gap } from './coverage/coverage.contract.ts';
import type { RoadClass, Role, Sides, ZoneLevel } from './http/shapes.ts';

export type Language = 'zh' | 'en';

/** The plan's; a district may name duties of its own. */
type Duty = 'inspection' | 'check' | 'patrol' | 'joint_check' | 'community_patrol' | 'collection' | 'sweeping';
type ZoneFault = 'no_community' | 'hole' | 'overlap' | 'outside_parent';
type Unregistered = 'walked' | 'reported' | 'wandered';
type InventoryFault = 'unnamed' | 'short' | 'duplicate' | 'disconnected' | 'end_gap' | 'crossing';

/** Each known key has its word; of any other, which may come all the same, the key itself is shown. */
type Open<Known extends string> = Record<Known, string> & Partial<Record<string, string>>;

export type Names = {
  role: Record<Role, string>;
  roadClass: Record<RoadClass, string>;
  sides: Record<Sides, string>;
  zoneLevel: Record<ZoneLevel, string>;
  unnamed: string;
  fault: Open<ZoneFault | Unregistered | InventoryFault>;
  duty: Open<Duty>;
  per: Record<'day' | 'week' | 'month', string>;
  /** Whose it is to mend. */
  actor: Record<Gap['properties']['who_acts']['kind'], string>;
};

export const names: Record<Language, Names> = {
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
    sides: { left: '左侧', both: '双侧', right: '右侧' },
    zoneLevel: { district: '区', town: '镇街', community: '社区', grid: '网格', bureau: '区城管局牵头区域' },
    unnamed: '无名道路',
    fault: {
      no_community: '未划入社区',
      hole: '区划空隙',
      overlap: '区划重叠',
      outside_parent: '超出上级边界',
      walked: '有人走、无登记',
      reported: '有上报、无登记',
      wandered: '有人走、走向不明',
      unnamed: '没有路名',
      short: '过短',
      duplicate: '重复登记',
      disconnected: '与路网不连通',
      end_gap: '端点没有接上',
      crossing: '相交处没有路口',
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
    actor: { chief: '路长', town: '镇街', bureau: '区城管局', district: '区级部门' },
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
    sides: { left: 'Left', both: 'Both', right: 'Right' },
    zoneLevel: { district: 'District', town: 'Town', community: 'Community', grid: 'Grid', bureau: 'Bureau-led area' },
    unnamed: 'Unnamed road',
    fault: {
      no_community: 'In no community',
      hole: 'Hole between zones',
      overlap: 'Zones overlap',
      outside_parent: 'Reaches out of its parent',
      walked: 'Walked, not registered',
      reported: 'Reported, not registered',
      wandered: 'Walked, course unclear',
      unnamed: 'No name',
      short: 'Too short',
      duplicate: 'Registered twice',
      disconnected: 'Not connected',
      end_gap: 'Ends miss each other',
      crossing: 'Crossing without junction',
    },
    duty: {
      inspection: 'Key point inspection',
      check: 'Weekly check',
      patrol: 'Daily patrol',
      joint_check: 'Joint check',
      community_patrol: 'Community patrol',
      collection: 'Data collection',
      sweeping: 'Sweeping',
    },
    per: { day: 'daily', week: 'weekly', month: 'monthly' },
    actor: { chief: 'Chief', town: 'Town', bureau: 'Urban management bureau', district: 'The district' },
  },
};
