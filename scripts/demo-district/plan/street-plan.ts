import type { RoadClass, RoadStatus } from '../drawing/network.ts';
import type { Point } from '../drawing/shapes.ts';

/** A street as one would sketch it: a few points; ends that are not `free` reach for the nearest street and stop there. */
export interface Stroke {
  name: string | null;
  roadClass: RoadClass;
  points: readonly Point[];
  /** A point before the first or after the last through which the street would go on, so that its neighbour continues it. */
  before?: Point;
  after?: Point;
  freeStart?: boolean;
  freeEnd?: boolean;
  status?: RoadStatus;
  oneway?: boolean;
  /** The stroke crosses the river: its middle becomes a bridge, the part beyond has another name. */
  bridge?: { name: string; westOfIt: string };
}

const circle: Point = [425, 295];
/** The roundabout where the two avenues meet. */
export const roundabout = { name: '云溪广场环岛', centre: circle, radius: 42 };

/** The ring, closed at its corners; then avenues; then the streets that end on them: the order is that of drawing. */
// prettier-ignore
export const streetPlan: readonly Stroke[] = [
  {
    name: '环城北路', roadClass: 'main', before: [-2040, 1190], after: [1925, 1180], freeStart: true, freeEnd: true, bridge: { name: '北溪大桥', westOfIt: '环城西北路' },
    points: [[-1890, 1380], [-1600, 1430], [-1015, 1405], [-220, 1400], [945, 1435], [1525, 1420], [1775, 1345]],
  },
  {
    name: '环城东路', roadClass: 'main', before: [1525, 1420], after: [1600, -1205], freeStart: true, freeEnd: true,
    points: [[1775, 1345], [1925, 1180], [1985, 835], [1990, 290], [1985, -580], [1950, -885], [1860, -1090]],
  },
  {
    name: '环城南路', roadClass: 'main', before: [1950, -885], after: [-1960, -920], freeStart: true, freeEnd: true, bridge: { name: '南溪大桥', westOfIt: '环城西南路' },
    points: [[1860, -1090], [1600, -1205], [1015, -1250], [0, -1240], [-960, -1195], [-1380, -1195], [-1710, -1130]],
  },
  {
    name: '环城西路', roadClass: 'main', before: [-1380, -1195], after: [-1600, 1430], freeStart: true, freeEnd: true,
    points: [[-1710, -1130], [-1960, -920], [-2075, -510], [-2115, 145], [-2110, 875], [-2040, 1190], [-1890, 1380]],
  },
  {
    name: '人民中路', roadClass: 'main', bridge: { name: '人民桥', westOfIt: '人民西路' },
    points: [circle, [-145, 290], [-750, 265], [-1050, 190], [-1565, 65], [-2180, -65]],
  },
  { name: '人民东路', roadClass: 'main', points: [circle, [905, 295], [1455, 290], [2035, 270]] },
  { name: '白马大道', roadClass: 'main', points: [[1950, 275], [2215, 255], [2495, 280], [2835, 340], [3195, 360]] },
  { name: '解放北路', roadClass: 'main', points: [circle, [430, 835], [410, 1485]] },
  { name: '解放南路', roadClass: 'main', points: [circle, [420, -290], [470, -905], [475, -1300]] },
  { name: '柳桥大道', roadClass: 'main', points: [[410, 1425], [415, 1710], [375, 1925], [410, 2180], [360, 2420]] },
  { name: '石塘大道', roadClass: 'main', points: [[475, -1235], [500, -1495], [500, -1760], [570, -2035], [560, -2330]] },
  {
    name: '建设路', roadClass: 'main', bridge: { name: '建设桥', westOfIt: '建设西路' },
    points: [[2045, -575], [1455, -585], [435, -595], [-220, -575], [-725, -530], [-1085, -535], [-1525, -645], [-2075, -790]],
  },
  { name: '新华大道', roadClass: 'main', points: [[920, 1515], [930, 860], [905, 220], [920, -580], [960, -985], [975, -1330]] },
  // The old wall, pulled down long ago: its lanes still ring the old town, and its four gates still let the streets through.
  { name: '北城根街', roadClass: 'branch', before: [-470, 110], after: [125, -270], freeStart: true, freeEnd: true, points: [[-255, 150], [-45, 140], [110, 65], [150, -60]] },
  { name: '东城根街', roadClass: 'branch', before: [110, 65], after: [-435, -400], freeStart: true, freeEnd: true, points: [[150, -60], [125, -270], [10, -405], [-220, -435]] },
  { name: '南城根街', roadClass: 'branch', before: [10, -405], after: [-615, 15], freeStart: true, freeEnd: true, points: [[-220, -435], [-435, -400], [-580, -285], [-640, -140]] },
  { name: '西城根街', roadClass: 'branch', before: [-580, -285], after: [-45, 140], freeStart: true, freeEnd: true, points: [[-640, -140], [-615, 15], [-470, 110], [-255, 150]] },
  // The great cross of the old town, turned by ten degrees against the avenues and jogged at the drum tower.
  { name: '西大街', roadClass: 'secondary', freeEnd: true, points: [[-905, -180], [-640, -140], [-445, -120], [-245, -95]] },
  { name: '北大街', roadClass: 'secondary', freeStart: true, points: [[-245, -95], [-265, 20], [-255, 150], [-240, 340]] },
  { name: '东大街', roadClass: 'secondary', freeStart: true, points: [[-245, -95], [-240, -140], [-35, -110], [150, -60], [465, -20]] },
  { name: '南大街', roadClass: 'secondary', freeStart: true, points: [[-240, -140], [-220, -290], [-220, -435], [-185, -630]] },
  { name: '文昌路', roadClass: 'secondary', points: [[-985, 790], [-435, 815], [435, 845], [920, 855], [2045, 810]] },
  { name: '胜利路', roadClass: 'secondary', points: [circle, [655, 75], [915, -155], [1180, -410], [1270, -620]] },
  { name: '香樟路', roadClass: 'secondary', points: [[-1130, 905], [-1635, 790], [-2180, 670]] },
  { name: '桃源路', roadClass: 'secondary', points: [[-835, 605], [-1090, 545], [-1455, 465], [-2180, 305]] },
  { name: '丹桂路', roadClass: 'secondary', points: [[-1775, 1455], [-1690, 1015], [-1515, 220], [-1300, -725], [-1225, -1280]] },
  { name: '银杏路', roadClass: 'secondary', points: [[-1890, 410], [-1735, -255], [-1625, -725], [-1585, -1235]] },
  { name: '金桂路', roadClass: 'secondary', points: [[-990, -235], [-1420, -325], [-1775, -405]] },
  { name: '新城路', roadClass: 'secondary', points: [[-990, -875], [-1280, -920], [-1630, -985], [-1935, -1040]] },
  { name: '青年路', roadClass: 'secondary', points: [[-470, 1445], [-510, 770]] },
  { name: '青年南路', roadClass: 'branch', points: [[-420, 865], [-415, 620], [-465, 235]] },
  { name: '永安路', roadClass: 'secondary', points: [[-10, 1445], [-30, 790]] },
  { name: '花园路', roadClass: 'secondary', points: [[375, 580], [960, 560]] },
  { name: '光明路', roadClass: 'secondary', points: [[965, -240], [1455, -235], [2035, -220]] },
  { name: '团结路', roadClass: 'secondary', points: [[-1040, -860], [-655, -890], [465, -910], [1015, -920]] },
  { name: '幸福路', roadClass: 'secondary', points: [[-280, -535], [-275, -895], [-240, -1295]] },
  { name: '工业路', roadClass: 'secondary', points: [[915, -885], [1470, -890], [2005, -875]] },
  { name: '科技路', roadClass: 'secondary', points: [[1190, 1470], [1185, 790]] },
  { name: '站前路', roadClass: 'secondary', points: [[1175, 330], [1180, -280]] },
  { name: '湖滨路', roadClass: 'branch', points: [[-1920, 30], [-1860, -135], [-1795, -290], [-1805, -445], [-1860, -595], [-1890, -790]] },
  { name: '建设东路', roadClass: 'main', status: 'built', points: [[1930, -575], [2200, -560], [2540, -545]] },
  { name: '新城二路', roadClass: 'branch', status: 'built', points: [[-1390, -960], [-1365, -1080], [-1390, -1230]] },
  { name: '科技北路', roadClass: 'secondary', status: 'planned', points: [[1185, 1390], [1195, 1650], [1180, 1960]] },
  { name: '丹桂北路', roadClass: 'secondary', status: 'planned', points: [[-1765, 1370], [-1790, 1590], [-1740, 1850]] },
  // 柳桥镇, north of the ring.
  { name: '振兴路', roadClass: 'secondary', freeEnd: true, points: [[-465, 1860], [-70, 1890], [410, 1905], [975, 1920], [1470, 1890]] },
  { name: '柳东路', roadClass: 'branch', freeStart: true, points: [[1470, 1890], [1760, 1920], [2000, 1850], [2360, 1960]] },
  {
    name: '柳溪路', roadClass: 'branch', bridge: { name: '柳桥', westOfIt: '柳西路' },
    points: [[-435, 1860], [-725, 1920], [-945, 1860], [-1235, 1855], [-1565, 1775], [-1855, 1810], [-2110, 1670], [-2485, 1690]],
  },
  { name: '富民路', roadClass: 'secondary', freeEnd: true, points: [[135, 1370], [140, 1635], [115, 1900], [140, 2115]] },
  { name: '富强路', roadClass: 'branch', points: [[115, 1650], [415, 1660], [725, 1680], [965, 1660]], freeEnd: true },
  { name: '柳湖路', roadClass: 'branch', points: [[700, 1400], [710, 1670], [685, 1920], [705, 2095]], freeEnd: true },
  { name: '兴业路', roadClass: 'branch', points: [[115, 2075], [395, 2090], [710, 2070]] },
  // 石塘镇, south of the ring.
  {
    name: '石塘街', roadClass: 'secondary', bridge: { name: '石塘桥', westOfIt: '石西路' },
    freeStart: true, points: [[1560, -1738], [1015, -1725], [500, -1760], [-145, -1745], [-675, -1785], [-1165, -1730], [-1540, -1775], [-1960, -1680], [-2435, -1630]],
  },
  { name: '石东路', roadClass: 'branch', freeStart: true, points: [[1560, -1738], [1890, -1690], [2180, -1775], [2690, -1645]] },
  { name: '青石路', roadClass: 'branch', points: [[465, -1495], [725, -1485], [945, -1495], [1030, -1760]] },
  { name: '采石路', roadClass: 'branch', freeEnd: true, points: [[165, -1205], [180, -1485], [155, -1745], [180, -1960]] },
  { name: '石山路', roadClass: 'branch', points: [[145, -1950], [330, -1975], [550, -1960], [770, -1970], [810, -1700]] },
  { name: '南丰路', roadClass: 'branch', points: [[145, -1485], [325, -1490], [535, -1495]] },
  // 白马镇, east of the ring.
  { name: '白马街', roadClass: 'secondary', freeStart: true, freeEnd: true, points: [[2420, 1110], [2470, 710], [2495, 280], [2520, -135], [2460, -655]] },
  { name: '马东路', roadClass: 'branch', points: [[1925, 1050], [2215, 1080], [2420, 1110], [2645, 1190], [3015, 1080]] },
  { name: '马南路', roadClass: 'branch', points: [[1950, -700], [2240, -710], [2460, -655], [2750, -710], [3140, -620]] },
  { name: '集贤路', roadClass: 'branch', points: [[2460, 510], [2680, 530], [2740, 465], [2755, 300]] },
  { name: '文教路', roadClass: 'branch', points: [[2495, 50], [2705, 65], [2755, 135], [2760, 360]] },
  { name: '马西路', roadClass: 'branch', points: [[2225, 290], [2240, 85], [2295, 35], [2535, 55]] },
  { name: '白沙路', roadClass: 'branch', points: [[2740, -655], [2705, -985], [2585, -1235], [2360, -1485], [2240, -1775]] },
  { name: '机耕一路', roadClass: 'other', status: 'built', points: [[2225, 1070], [2170, 830], [2190, 560], [2215, 240]] },
  { name: '机耕二路', roadClass: 'other', status: 'built', points: [[-1170, -1700], [-1230, -1500], [-1190, -1180]] },
  { name: '机耕三路', roadClass: 'other', status: 'built', points: [[2450, -620], [2330, -900], [2380, -1180], [2560, -1260]] },
];

/** The expressway: two carriageways, 18 m apart, and a flyover where it passes over 建设路. */
// prettier-ignore
export const expressway = {
  name: '迎宾大道',
  flyoverName: '建设路立交桥',
  frontageName: '迎宾大道辅路',
  over: '建设路',
  points: [[1495, 2420], [1470, 1890], [1465, 1420], [1445, 290], [1465, -580], [1470, -1225], [1550, -1670], [1575, -2400]] as readonly Point[],
  halfGap: 9,
  halfFlyover: 160,
};
