import { hotSpots } from './hot-spots.ts';

/** A place that the general chief inspects (R21): where along a road, as a share of its length, and how much of it is meant. */
export interface KeyPoint {
  name: string;
  road: string;
  at: number;
  reach_m: number;
}

/** Names on the list of the hot spots are those of people; on this one they are those of the places. */
const officialNames: Readonly<Record<string, string>> = {
  南门菜市: '南门菜市场',
  客运站: '云溪客运站',
  新城工地: '新城路建设工地',
  河滩: '滨河绿地',
  东湖公园: '东湖公园北门',
  石塘街口: '石塘农贸市场',
};

// prettier-ignore
const others: readonly KeyPoint[] = [
  { name: '区政务服务中心', road: '人民中路', at: 0.62, reach_m: 60 },
  { name: '云溪广场', road: '解放南路', at: 0.06, reach_m: 60 },
  { name: '第一中学', road: '文昌路', at: 0.3, reach_m: 50 },
  { name: '幸福路幼儿园', road: '幸福路', at: 0.4, reach_m: 40 },
  { name: '区文化馆', road: '西大街', at: 0.45, reach_m: 40 },
  { name: '科技路公交枢纽', road: '科技路', at: 0.5, reach_m: 40 },
  { name: '白马镇卫生院', road: '白马街', at: 0.55, reach_m: 50 },
  { name: '柳桥中心小学', road: '振兴路', at: 0.42, reach_m: 50 },
];

export const keyPoints: readonly KeyPoint[] = [
  ...hotSpots.map(({ name, road, at }) => ({ name: officialNames[name] ?? name, road, at, reach_m: 60 })),
  ...others,
];
