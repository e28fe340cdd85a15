import type { Rhythm } from './issue-kinds.ts';

/** A place where things keep happening. */
export interface HotSpot {
  name: string;
  road: string;
  /** Centre and spread along the road, as shares of its length. */
  at: number;
  spread: number;
  perWeek: number;
  /** Codes with weights. */
  codes: Readonly<Record<string, number>>;
  rhythm: Rhythm;
  /** Weight of Saturday and Sunday against a weekday. */
  weekend: number;
  /** Only from this day, until that day. */
  from?: string;
  until?: string;
  /** Days on which nothing happens: school holidays. */
  closed?: readonly [string, string];
  landmark: string;
}

// prettier-ignore
export const hotSpots: readonly HotSpot[] = [
  { name: '南门菜市', road: '南城根街', at: 0.2, spread: 0.13, perWeek: 8, codes: { '09005': 4, '09006': 3, '09001': 3, '06010': 3, '06012': 2, '09020': 2, '09010': 1, '06030': 1 }, rhythm: 'morning market', weekend: 1.7, landmark: '南门菜市场门口' },
  { name: '实验小学', road: '青年南路', at: 0.62, spread: 0.1, perWeek: 5, codes: { '09009': 6, '09010': 2, '09001': 3, '06010': 1 }, rhythm: 'school', weekend: 0.05, closed: ['2026-07-04', '2026-08-31'], landmark: '实验小学门口' },
  { name: '客运站', road: '站前路', at: 0.35, spread: 0.14, perWeek: 6, codes: { '09011': 4, '09001': 3, '07001': 2, '09010': 2, '09009': 2, '06010': 1 }, rhythm: 'commuting', weekend: 1.3, landmark: '客运站出站口' },
  { name: '花园夜市', road: '花园路', at: 0.55, spread: 0.16, perWeek: 6, codes: { '06029': 4, '09006': 4, '06027': 2, '06028': 2, '06010': 2, '09009': 1 }, rhythm: 'evening', weekend: 1.9, landmark: '花园路夜市' },
  { name: '鼓楼', road: '东大街', at: 0.16, spread: 0.1, perWeek: 4, codes: { '09009': 3, '09011': 3, '09005': 3, '07001': 2, '07006': 1 }, rhythm: 'commuting', weekend: 1.6, landmark: '鼓楼东侧' },
  { name: '新城工地', road: '新城路', at: 0.4, spread: 0.12, perWeek: 4, codes: { '08004': 3, '08012': 4, '06014': 4, '08002': 1, '06028': 1 }, rhythm: 'night works', weekend: 0.8, from: '2026-07-06', landmark: '新城路在建工地出入口' },
  { name: '人民医院', road: '永安路', at: 0.5, spread: 0.09, perWeek: 4, codes: { '09009': 6, '09010': 3, '09001': 2, '07001': 2, '09012': 1 }, rhythm: 'commuting', weekend: 0.7, landmark: '人民医院门前' },
  { name: '柳桥集镇', road: '富民路', at: 0.55, spread: 0.12, perWeek: 4, codes: { '09006': 4, '09005': 3, '09002': 2, '06010': 2, '09009': 2 }, rhythm: 'morning market', weekend: 1.4, landmark: '柳桥集市' },
  { name: '河滩', road: '滨河东路', at: 0.45, spread: 0.1, perWeek: 2.5, codes: { '06010': 3, '06036': 2, '06025': 2, '09001': 1 }, rhythm: 'evening', weekend: 1.8, landmark: '滨河绿地' },
  { name: '物流园', road: '工业路', at: 0.35, spread: 0.12, perWeek: 3, codes: { '09009': 4, '06014': 3, '06013': 2, '06012': 1 }, rhythm: 'night works', weekend: 0.6, landmark: '物流园北门' },
  { name: '东湖公园', road: '文昌路', at: 0.88, spread: 0.04, perWeek: 2.5, codes: { '09009': 4, '09001': 2, '06017': 2, '06028': 1 }, rhythm: 'evening', weekend: 2.4, landmark: '东湖公园北门' },
  { name: '石塘街口', road: '石塘街', at: 0.62, spread: 0.06, perWeek: 2.5, codes: { '09005': 3, '09006': 2, '06010': 2, '09009': 2 }, rhythm: 'morning market', weekend: 1.3, landmark: '石塘农贸市场' },
];
