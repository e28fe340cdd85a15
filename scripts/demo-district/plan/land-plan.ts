import type { Point } from '../drawing/shapes.ts';

/** The river 云溪河, from the hills in the north to the plain in the south; the plan's "XX河以东" (R7) is its east bank. */
// prettier-ignore
export const riverCentre: readonly Point[] = [
  [-1195, 2545], [-1090, 2070], [-1250, 1710], [-1350, 1370], [-1190, 985], [-860, 655], [-740, 315], [-800, -45],
  [-1030, -350], [-1090, -655], [-965, -985], [-935, -1295], [-770, -1540], [-675, -1805], [-770, -2070], [-700, -2470],
];

/** Half the river's width in metres at each point of its centre line. */
export const riverHalfWidths: readonly number[] = [24, 26, 30, 34, 33, 30, 28, 30, 33, 36, 34, 32, 33, 35, 34, 36];

export const riversideRoadMetres = 58;

/** The outline of the district. */
// prettier-ignore
export const districtOutline: readonly Point[] = [
  [-2420, 255], [-2315, 595], [-2470, 1080], [-2375, 1565], [-2425, 1860], [-2025, 1975], [-1805, 2240], [-1150, 2275],
  [-1090, 2130], [-695, 2150], [-445, 2335], [465, 2355], [550, 2225], [1090, 2210], [1150, 2330], [1805, 2295],
  [1960, 2025], [2355, 1860], [2470, 1520], [2895, 1235], [2835, 905], [3110, 700], [3020, 175], [3180, -305],
  [3040, -800], [3085, -1130], [2800, -1250], [2630, -1775], [2250, -1860], [2195, -2075], [1495, -2170], [1380, -2045],
  [945, -2095], [840, -2240], [-110, -2190], [-755, -2225], [-1380, -2095], [-1585, -2190], [-2065, -2005],
  [-2335, -1515], [-2225, -1165], [-2390, -725], [-2330, -255],
];

/** Ditches and field paths that part the land of towns and communities where no street does. */
// prettier-ignore
export const fieldLimits: readonly (readonly Point[])[] = [
  // The ring road's corners to the district's edge: town limits.
  [[-1890, 1380], [-2095, 1495], [-2485, 1550]],
  [[-1710, -1130], [-1960, -1295], [-2385, -1380]],
  [[1775, 1345], [2150, 1540], [2545, 1670]],
  [[1860, -1090], [2215, -1275], [2585, -1235], [3055, -1150]],
  // Communities of the three towns.
  [[-1805, 1745], [-1690, 2000], [-1775, 2265]],
  [[-510, 1375], [-550, 1630], [-465, 1910], [-410, 2330]],
  [[935, 1455], [990, 1670], [965, 1920], [1030, 2330]],
  [[1470, 1690], [1730, 1660], [2035, 1760], [2265, 1950]],
  [[1990, 655], [2240, 700], [2515, 655], [2835, 735], [3195, 685]],
  [[1990, -240], [2250, -190], [2530, -240], [2835, -305], [3270, -275]],
  [[2495, 275], [2775, 410], [3270, 305]],
  [[-1570, -1165], [-1495, -1455], [-1540, -1760], [-1470, -2250]],
  [[-245, -1245], [-305, -1485], [-240, -1745], [-190, -2250]],
  [[935, -1265], [975, -1485], [915, -1735], [965, -2250]],
  // The north-western corner of the four lines, from 文昌路 to the river (R7).
  [[-885, 794], [-940, 790], [-1040, 775]],
  [[1480, -1495], [1815, -1455], [2150, -1515], [2760, -1465]],
];

/** Still waters besides the river, as rough outlines to be smoothed. */
// prettier-ignore
export const lakes: readonly { name: string; outline: readonly Point[] }[] = [
  {
    name: '云溪湖',
    outline: [
      [-2040, -240], [-1975, -150], [-1915, -190], [-1880, -290], [-1900, -420], [-1945, -500], [-2000, -430], [-2035, -350],
    ],
  },
  { name: '东湖', outline: [[1560, 480], [1640, 590], [1760, 600], [1870, 530], [1850, 420], [1740, 460], [1650, 400], [1570, 410]] },
  { name: '月湖', outline: [[620, 445], [665, 470], [710, 455], [725, 415], [675, 395], [620, 405]] },
  { name: '莲花塘', outline: [[2265, 445], [2320, 495], [2370, 470], [2360, 425], [2295, 410]] },
  { name: '北荡', outline: [[-655, 1690], [-580, 1760], [-500, 1735], [-520, 1660], [-605, 1635]] },
  { name: '南荡', outline: [[1130, -1540], [1220, -1495], [1300, -1535], [1280, -1605], [1180, -1620]] },
  { name: '王家塘', outline: [[2110, -835], [2165, -810], [2195, -850], [2145, -885]] },
  { name: '西塘', outline: [[-2025, -1550], [-1950, -1515], [-1900, -1560], [-1960, -1600]] },
];

/** Lowland turned into rows of square fish ponds; `heading` in radians from east. */
// prettier-ignore
export const fishPonds: readonly { around: readonly Point[]; heading: number }[] = [
  { around: [[-700, 1990], [-480, 1960], [-470, 2200], [-680, 2110]], heading: 0.12 },
  { around: [[-1500, -1850], [-1180, -1790], [-1180, -2050], [-1420, -2080]], heading: 0.05 },
  { around: [[1620, -1560], [1960, -1540], [1950, -1680], [1650, -1680]], heading: 0.02 },
  { around: [[2560, -200], [2980, -240], [3020, -560], [2580, -560]], heading: -0.1 },
];

/** The hill in the north-west and a wood by the river. */
// prettier-ignore
export const woods: readonly { name: string; outline: readonly Point[] }[] = [
  {
    name: '凤凰山',
    outline: [[-2260, 1830], [-2080, 1850], [-1960, 1930], [-1850, 1880], [-1760, 1960], [-1720, 2100], [-1770, 2190], [-1830, 2080], [-1940, 1965], [-2090, 1900]],
  },
  { name: '柳林', outline: [[-1040, 2080], [-960, 1960], [-890, 2010], [-900, 2110], [-980, 2140]] },
  { name: '白沙林场', outline: [[2860, -1180], [2960, -1160], [3010, -1060], [2990, -960], [3020, -860], [2960, -850], [2930, -1000], [2870, -1090]] },
];

export type LandUse =
  'old town' | 'rows' | 'estate' | 'new estate' | 'works' | 'flats' | 'school' | 'park' | 'shops' | 'village' | 'empty';

/** A built-up part of the district: its blocks are cut to about `pieceArea` m² and used by the given mix. */
export interface Quarter {
  name: string;
  around: readonly Point[];
  pieceArea: number;
  /** One use for all, or the weights of several. */
  use?: LandUse;
  mix?: Partial<Record<LandUse, number>>;
}

/** The first quarter that holds a block's centre decides. */
// prettier-ignore
export const quarters: readonly Quarter[] = [
  {
    name: '老城', use: 'old town', pieceArea: 3500,
    around: [[150, -60], [125, -270], [10, -405], [-220, -435], [-435, -400], [-585, -290], [-640, -140], [-615, 15], [-475, 115], [-255, 150], [-45, 140], [110, 65]],
  },
  { name: '城中', pieceArea: 60000, mix: { rows: 0.7, flats: 4.2, estate: 0.7, shops: 3, school: 0.6, park: 0.3 }, around: [[-1350, 1455], [-1190, 985], [-860, 655], [-740, 315], [-800, -45], [-1030, -350], [-1090, -655], [-965, -985], [-935, -1335], [480, -1335], [425, 295], [410, 1505]] },
  { name: '开发区', pieceArea: 110000, mix: { works: 7, rows: 0.6, flats: 1, shops: 0.5, empty: 0.6 }, around: [[480, -600], [480, -1370], [2070, -1370], [2070, -590]] },
  { name: '城东', pieceArea: 68000, mix: { estate: 1, rows: 0.4, flats: 4, shops: 3, school: 0.5, park: 0.2 }, around: [[410, 1505], [425, 295], [480, -620], [2070, -620], [2070, 1505]] },
  { name: '河西', pieceArea: 70000, mix: { estate: 1.4, 'new estate': 1.6, flats: 3, shops: 1.4, school: 0.5, park: 0.3, empty: 0.7 }, around: [[-2225, 1505], [-2225, -1280], [-770, -1280], [-770, 1505]] },
  { name: '柳桥', pieceArea: 30000, mix: { rows: 1.5, flats: 2, shops: 2.5, works: 1, school: 0.7 }, around: [[85, 1400], [920, 1400], [920, 2155], [85, 2155]] },
  { name: '石塘', pieceArea: 32000, mix: { rows: 1.5, flats: 2, shops: 2.5, works: 1.5, school: 0.7 }, around: [[130, -1195], [1070, -1195], [1070, -2020], [130, -2020]] },
  { name: '白马', pieceArea: 26000, mix: { rows: 2, flats: 2, shops: 2.5, school: 0.7 }, around: [[2190, 565], [2820, 565], [2820, 20], [2190, 20]] },
];

/** What stands on the block that holds a point; `whole` keeps branch roads out of it. */
// prettier-ignore
export const landMarks: readonly { at: Point; use: LandUse; name?: string; whole?: boolean }[] = [
  { at: [-1905, -360], use: 'park', name: '云溪湖公园', whole: true },
  { at: [1700, 560], use: 'park', name: '东湖公园', whole: true },
  { at: [670, 430], use: 'park', name: '人民公园', whole: true },
  { at: [-760, 1230], use: 'park', name: '北苑公园' },
  { at: [-620, -1060], use: 'park', name: '南门公园' },
  { at: [-1560, 960], use: 'park', name: '香樟公园' },
  { at: [560, 1730], use: 'park', name: '柳湖公园' },
];

/** Villages of the three towns, each off the road that passes it; `lanes` is about how many side lanes it has. */
export const villages: readonly { name: string; at: Point; lanes: number }[] = [
  { name: '王家庄', at: [-800, 1960], lanes: 6 },
  { name: '柳湾', at: [-880, 1640], lanes: 7 },
  { name: '桥头', at: [-1500, 1960], lanes: 7 },
  { name: '凤凰', at: [-2200, 1760], lanes: 6 },
  { name: '北荡', at: [-300, 1700], lanes: 8 },
  { name: '薛家', at: [-180, 2060], lanes: 6 },
  { name: '东柳', at: [1800, 2080], lanes: 8 },
  { name: '顾家荡', at: [2050, 1690], lanes: 6 },
  { name: '南塘', at: [-480, -1590], lanes: 9 },
  { name: '河口', at: [-1150, -1850], lanes: 7 },
  { name: '西塘', at: [-1800, -1560], lanes: 9 },
  { name: '芦荡', at: [-1720, -1920], lanes: 6 },
  { name: '石山', at: [1230, -1840], lanes: 6 },
  { name: '东塘', at: [1950, -1880], lanes: 7 },
  { name: '丰收', at: [2190, -1600], lanes: 6 },
  { name: '白沙', at: [2860, -1000], lanes: 7 },
  { name: '马家桥', at: [2120, -430], lanes: 8 },
  { name: '七里', at: [2260, 940], lanes: 8 },
  { name: '集上', at: [2700, 1010], lanes: 7 },
  { name: '东庄', at: [2960, 190], lanes: 6 },
  { name: '西岗', at: [-2195, 150], lanes: 7 },
];

/** Service lanes beside avenues (辅路), on one side from one cross street to another. */
// prettier-ignore
export const frontages: readonly { avenue: string; from: string; to: string; side: 'left' | 'right'; metres: number; name: string }[] = [
  { avenue: '解放北路', from: '文昌路', to: '花园路', side: 'left', metres: 13, name: '解放北路西辅路' },
  { avenue: '解放北路', from: '环城北路', to: '文昌路', side: 'right', metres: 15, name: '解放北路东辅路' },
  { avenue: '解放南路', from: '建设路', to: '东大街', side: 'left', metres: 12, name: '解放南路东辅路' },
  { avenue: '解放南路', from: '团结路', to: '建设路', side: 'right', metres: 14, name: '解放南路西辅路' },
  { avenue: '新华大道', from: '文昌路', to: '环城北路', side: 'left', metres: 16, name: '新华大道东辅路' },
  { avenue: '新华大道', from: '花园路', to: '人民东路', side: 'right', metres: 11, name: '新华大道西辅路' },
  { avenue: '新华大道', from: '胜利路', to: '建设路', side: 'right', metres: 12, name: '新华大道南段西辅路' },
  { avenue: '人民东路', from: '新华大道', to: '站前路', side: 'left', metres: 14, name: '人民东路北辅路' },
  { avenue: '人民东路', from: '站前路', to: '迎宾大道', side: 'right', metres: 14, name: '人民东路南辅路' },
  { avenue: '人民中路', from: '青年南路', to: '北大街', side: 'right', metres: 10, name: '人民中路北辅路' },
  { avenue: '人民中路', from: '北大街', to: '云溪广场环岛', side: 'left', metres: 9, name: '人民中路南辅路' },
  { avenue: '人民西路', from: '丹桂路', to: '滨河西路', side: 'right', metres: 15, name: '人民西路北辅路' },
  { avenue: '建设路', from: '幸福路', to: '解放南路', side: 'left', metres: 13, name: '建设路南辅路' },
  { avenue: '建设路', from: '滨河东路', to: '南大街', side: 'right', metres: 16, name: '建设路北辅路' },
  { avenue: '建设路', from: '解放南路', to: '新华大道', side: 'left', metres: 14, name: '建设路东段南辅路' },
  { avenue: '建设西路', from: '银杏路', to: '丹桂路', side: 'left', metres: 12, name: '建设西路南辅路' },
  { avenue: '柳桥大道', from: '环城北路', to: '富强路', side: 'left', metres: 11, name: '柳桥大道东辅路' },
];
