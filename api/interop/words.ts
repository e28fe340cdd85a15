/** The words that files use for our keys, Chinese and English. Our own keys are always among them. */
import { roleKeys, type Role, type Sides, type ZoneLevel } from '../http/shapes.ts';
import type { IssueStatus } from '../issues/issues.contract.ts';
import type { RoadStatus } from '../roads/take-roads.ts';

const same = <Word extends string>(keys: readonly Word[]): Record<string, Word> =>
  Object.fromEntries(keys.map((key) => [key, key]));

export const roleWords: Record<string, Role> = {
  ...same(roleKeys),
  总路长: 'general',
  镇街一级路长: 'town_l1',
  街道一级路长: 'town_l1',
  城管一级路长: 'management_l1',
  社区二级路长: 'community_l2',
  城管二级路长: 'management_l2',
  数字化采集员: 'management_l2',
  '城管二级路长(数字化采集员)': 'management_l2',
  '城管二级路长（数字化采集员）': 'management_l2',
  环卫二级路长: 'sanitation_l2',
};

export const levelWords: Record<string, ZoneLevel> = {
  ...same(['district', 'town', 'community', 'grid', 'bureau'] as const),
  county: 'district',
  subdistrict: 'town',
  village: 'community',
  区: 'district',
  县: 'district',
  区县: 'district',
  镇街: 'town',
  街道: 'town',
  镇: 'town',
  乡镇: 'town',
  街镇: 'town',
  社区: 'community',
  村: 'community',
  村居: 'community',
  居委会: 'community',
  网格: 'grid',
  牵头区域: 'bureau',
  城管牵头区域: 'bureau',
};

export const statusWords: Record<string, RoadStatus> = {
  ...same(['planned', 'built', 'handed_over'] as const),
  规划: 'planned',
  在建: 'planned',
  未建: 'planned',
  建设中: 'planned',
  已建: 'built',
  建成: 'built',
  已建成: 'built',
  未移交: 'built',
  已移交: 'handed_over',
  移交: 'handed_over',
  已交付: 'handed_over',
  交付使用: 'handed_over',
  已建成并交付使用: 'handed_over',
};

export const sidesWords: Record<string, Sides> = {
  ...same(['left', 'right', 'both'] as const),
  左: 'left',
  左侧: 'left',
  右: 'right',
  右侧: 'right',
  双侧: 'both',
  两侧: 'both',
  全部: 'both',
};

export const issueStatusWords: Record<string, IssueStatus> = {
  ...same(['reported', 'filed', 'dispatched', 'resolved', 'closed', 'void'] as const),
  已上报: 'reported',
  上报: 'reported',
  已立案: 'filed',
  立案: 'filed',
  已派遣: 'dispatched',
  派遣: 'dispatched',
  已处置: 'resolved',
  处置: 'resolved',
  已结案: 'closed',
  结案: 'closed',
  作废: 'void',
};
