/** What an exported gap says in a table, and under which heads. */
import { roadMetres } from '../http/units.ts';
import type { StreamedGap } from './gaps.queries.ts';
import { dayAndTime, words, type Language } from './words.ts';

export type Cell = string | number | null;
type Column = {
  zh: string;
  en: string;
  width: number;
  of: (gap: StreamedGap, language: Language, time_zone: string) => Cell;
};

const day = (moment: string | null, time_zone: string): Cell =>
  moment === null ? null : dayAndTime(time_zone, moment);

export const columns: Column[] = [
  { zh: '类别', en: 'Kind', width: 12, of: ({ row }, language) => words[language].kind[row.kind] },
  {
    zh: '问题',
    en: 'Fault',
    width: 18,
    of: ({ row }, language) => row.fault && (words[language].fault[row.fault] ?? row.fault),
  },
  { zh: '岗位', en: 'Role', width: 18, of: ({ row }, language) => row.role && words[language].role[row.role] },
  {
    zh: '巡查事项',
    en: 'Duty',
    width: 16,
    of: ({ row }, language) => row.duty && (words[language].duty[row.duty] ?? row.duty),
  },
  {
    zh: '周期开始',
    en: 'Period from',
    width: 17,
    of: ({ feature }, _, zone) => day(feature.properties.period?.from ?? null, zone),
  },
  {
    zh: '周期结束',
    en: 'Period to',
    width: 17,
    of: ({ feature }, _, zone) => day(feature.properties.period?.to ?? null, zone),
  },
  { zh: '道路编号', en: 'Road number', width: 14, of: ({ row }) => row.road_external_id },
  {
    zh: '道路名称',
    en: 'Road name',
    width: 18,
    of: ({ row }, language) => (row.road_id === null ? null : (row.road_name ?? words[language].unnamed)),
  },
  {
    zh: '道路等级',
    en: 'Class',
    width: 12,
    of: ({ row }, language) => row.class && words[language].roadClass[row.class],
  },
  { zh: '起点（米）', en: 'From (m)', width: 11, of: ({ feature }) => feature.properties.from_m },
  { zh: '终点（米）', en: 'To (m)', width: 11, of: ({ feature }) => feature.properties.to_m },
  {
    zh: '侧',
    en: 'Side',
    width: 7,
    of: ({ feature }, language) => feature.properties.sides && words[language].sides[feature.properties.sides],
  },
  { zh: '长度（米）', en: 'Length (m)', width: 11, of: ({ feature }) => feature.properties.length_m },
  {
    zh: '缺口（米，单侧计半）',
    en: 'Missing (m, a side counts half)',
    width: 13,
    of: ({ row }) => (row.sides === null ? null : roadMetres(row.weight)),
  },
  { zh: '面积（平方米）', en: 'Area (m²)', width: 12, of: ({ row }) => row.area_m2 },
  { zh: '镇街', en: 'Town', width: 14, of: ({ row }) => row.town_name },
  { zh: '社区', en: 'Community', width: 16, of: ({ row }) => row.community_name },
  {
    zh: '牵头区域',
    en: 'Bureau-led',
    width: 9,
    of: ({ row }, language) => (language === 'zh' ? (row.bureau_led ? '是' : '否') : row.bureau_led ? 'yes' : 'no'),
  },
  { zh: '自何时起', en: 'Since', width: 17, of: ({ feature }, _, zone) => day(feature.properties.since, zone) },
  { zh: '前任', en: 'Last holder', width: 12, of: ({ row }) => row.last_holder },
  { zh: '现任路长', en: 'Chief', width: 12, of: ({ feature }) => feature.properties.chief?.name ?? null },
  {
    zh: '由谁处理',
    en: 'Who acts',
    width: 20,
    of: ({ feature }, language) => {
      const { kind, name } = feature.properties.who_acts;
      return name ? `${words[language].actor[kind]} ${name}` : words[language].actor[kind];
    },
  },
];

/**
 * A text that a spreadsheet would take for a formula, with an apostrophe in front: a road called `=HYPERLINK(…)` must
 * not run on the desk of whoever opens the file (CSV injection).
 */
export const harmless = (cell: Cell): Cell =>
  typeof cell === 'string' && /^[\s]*[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : cell;
