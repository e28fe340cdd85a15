/** What is reported in the district: codes of geodata/codes/categories.csv, how often, when in the day, how soon it is settled. */
export interface IssueKind {
  kind: 'part' | 'matter';
  code: string;
  surface: 'ground' | 'facade' | 'roof';
  /** Share of the everyday reports, per setting; a kind that is missing from a setting does not happen there. */
  weights: Partial<Record<Setting, number>>;
  rhythm: Rhythm;
  /** Usual hours from report to closing. */
  hours: number;
  /** What the reporter writes; {place} becomes the road or a landmark on it. */
  texts: readonly string[];
}

export type Setting = 'avenue' | 'street' | 'old town' | 'housing' | 'village' | 'works';

/** Weight of each hour from 0 to 23. */
export type Rhythm = 'patrol' | 'morning market' | 'school' | 'evening' | 'night works' | 'commuting';

export const rhythms: Record<Rhythm, readonly number[]> = {
  patrol: [0, 0, 0, 0, 0, 0.2, 1, 3, 6, 7, 6, 4, 1.5, 2, 4, 5, 4.5, 3, 1.5, 1, 0.6, 0.3, 0.1, 0],
  'morning market': [0, 0, 0, 0, 0.2, 2, 7, 9, 8, 6, 3, 1, 0.3, 0.2, 0.5, 1.5, 3, 3, 1, 0.3, 0, 0, 0, 0],
  school: [0, 0, 0, 0, 0, 0, 1.5, 9, 3, 0.4, 0.2, 2, 2.5, 0.6, 0.3, 1, 8, 6, 1, 0.2, 0, 0, 0, 0],
  evening: [0.5, 0.1, 0, 0, 0, 0, 0, 0.2, 0.3, 0.3, 0.4, 0.8, 0.8, 0.5, 0.5, 0.7, 1, 2.5, 6, 8, 8, 5, 3, 1.3],
  'night works': [1.5, 1, 0.8, 0.8, 0.6, 1, 2, 3, 3, 3, 2.5, 2, 1.5, 2, 2.5, 2.5, 2.5, 2, 1.5, 1.5, 2, 3, 3, 2],
  commuting: [0, 0, 0, 0, 0, 0.5, 2, 7, 8, 4, 3, 3, 3, 2, 2.5, 3, 4, 7, 7, 4, 2, 1, 0.5, 0.2],
};

const matter = (
  code: string,
  surface: IssueKind['surface'],
  weights: IssueKind['weights'],
  rhythm: Rhythm,
  hours: number,
  texts: readonly string[],
): IssueKind => ({ kind: 'matter', code, surface, weights, rhythm, hours, texts });

// prettier-ignore
export const issueKinds: readonly IssueKind[] = [
  matter('06010', 'ground', { avenue: 10, street: 16, 'old town': 20, housing: 22, village: 24, works: 8 }, 'patrol', 5, ['{place}有暴露垃圾', '{place}墙角堆了几袋垃圾', '{place}电线杆下有垃圾无人清理']),
  matter('09009', 'ground', { avenue: 18, street: 18, 'old town': 6, housing: 12, village: 2, works: 8 }, 'commuting', 8, ['{place}机动车违停', '{place}人行道上停了车', '{place}车辆逆向停放，占了半条路']),
  matter('09010', 'ground', { avenue: 9, street: 9, 'old town': 9, housing: 8, works: 2 }, 'commuting', 10, ['{place}电动车乱停放', '{place}非机动车占了盲道']),
  matter('09005', 'ground', { avenue: 7, street: 11, 'old town': 7, housing: 2, village: 2 }, 'patrol', 14, ['{place}商户店外经营', '{place}水果店把货摆到人行道上', '{place}五金店门前堆货']),
  matter('07001', 'facade', { avenue: 6, street: 7, 'old town': 9, housing: 9, village: 4 }, 'patrol', 20, ['{place}电线杆上有小广告', '{place}墙面有非法小广告', '{place}公交站牌贴了小广告']),
  matter('06036', 'ground', { street: 4, 'old town': 12, housing: 11, village: 9, works: 4 }, 'patrol', 36, ['{place}乱堆杂物', '{place}堆放旧木料', '{place}楼道口堆了杂物']),
  matter('06012', 'ground', { avenue: 7, street: 6, 'old town': 4, village: 7, works: 7 }, 'patrol', 5, ['{place}路面不洁', '{place}有大量落叶和纸屑']),
  matter('06013', 'ground', { avenue: 4, street: 4, 'old town': 3, housing: 2, village: 6, works: 8 }, 'patrol', 110, ['{place}路面破损', '{place}有坑洼，下雨积水', '{place}人行道地砖松动']),
  matter('06014', 'ground', { avenue: 5, street: 2, works: 14 }, 'night works', 6, ['{place}有渣土遗撒', '{place}路面有水泥浆']),
  matter('09006', 'ground', { avenue: 3, street: 6, 'old town': 4, village: 3 }, 'evening', 10, ['{place}占道经营', '{place}有摊位占了非机动车道']),
  matter('09001', 'ground', { avenue: 4, street: 5, 'old town': 4, housing: 2 }, 'evening', 6, ['{place}有流动摊贩', '{place}三轮车卖菜']),
  matter('09011', 'ground', { avenue: 5, street: 4, housing: 1 }, 'commuting', 12, ['{place}共享单车堆积', '{place}共享单车倒了一片']),
  matter('06042', 'ground', { street: 3, 'old town': 5, housing: 6, village: 5 }, 'patrol', 6, ['{place}垃圾箱满溢', '{place}垃圾桶满了，地上也有']),
  matter('01002', 'ground', { avenue: 3, street: 2.5, 'old town': 2, housing: 2, works: 3 }, 'patrol', 20, ['{place}污水井盖松动，车过有响声', '{place}污水井盖破损']),
  matter('01003', 'ground', { avenue: 2.5, street: 2, housing: 1 }, 'patrol', 24, ['{place}雨水井盖移位', '{place}雨水井盖下沉']),
  matter('01007', 'ground', { avenue: 1.5, street: 1.2, 'old town': 1 }, 'patrol', 48, ['{place}通信井盖破损']),
  matter('01037', 'ground', { avenue: 3, street: 3, 'old town': 3, village: 5, works: 3 }, 'evening', 60, ['{place}路灯不亮', '{place}连续三盏路灯不亮']),
  matter('02017', 'ground', { avenue: 3 }, 'patrol', 72, ['{place}护栏被撞歪', '{place}护栏缺了一节']),
  matter('04002', 'ground', { avenue: 2, street: 2 }, 'patrol', 72, ['{place}行道树枝条遮挡路灯', '{place}行道树倾斜']),
  matter('06017', 'ground', { avenue: 3, street: 2, housing: 2 }, 'patrol', 30, ['{place}绿化带里有垃圾', '{place}绿地被踩踏']),
  matter('06008', 'facade', { 'old town': 5, housing: 3, village: 2 }, 'patrol', 150, ['{place}私拉电线', '{place}线缆垂落，低于两米']),
  matter('06007', 'facade', { street: 2, 'old town': 4, housing: 4 }, 'patrol', 24, ['{place}沿街晾晒', '{place}绳子拴在树上晾被子']),
  matter('06009', 'facade', { street: 2, 'old town': 3 }, 'patrol', 160, ['{place}空调外机低挂，滴水', '{place}空调外机占道']),
  matter('07006', 'facade', { avenue: 2, street: 3 }, 'patrol', 120, ['{place}店招破损', '{place}一店多招']),
  matter('07003', 'facade', { avenue: 2, street: 1.5 }, 'patrol', 120, ['{place}违规设置户外广告', '{place}楼体广告布脱落']),
  matter('06001', 'roof', { 'old town': 7, housing: 7, village: 4 }, 'patrol', 400, ['{place}屋顶私搭彩钢棚', '{place}楼顶加盖']),
  matter('06005', 'roof', { street: 3, 'old town': 5, housing: 5 }, 'patrol', 120, ['{place}屋顶堆放杂物', '{place}临街阳台脏乱']),
  matter('06030', 'ground', { street: 2, 'old town': 3, village: 3, works: 3 }, 'evening', 30, ['{place}污水外溢', '{place}餐饮店往雨水口倒污水']),
  matter('06034', 'ground', { street: 1, housing: 2, works: 1 }, 'patrol', 240, ['{place}停着一辆僵尸车']),
  matter('06020', 'ground', { village: 6, works: 1 }, 'evening', 4, ['{place}焚烧秸秆', '{place}有人烧垃圾']),
  matter('06038', 'ground', { village: 5, 'old town': 1 }, 'patrol', 72, ['{place}散养鸡鸭']),
  matter('09012', 'ground', { housing: 5, 'old town': 2 }, 'evening', 12, ['{place}占用消防通道', '{place}消防通道停了车']),
  { kind: 'part', code: '03005', surface: 'ground', weights: { avenue: 2, street: 2, housing: 2, village: 2 }, rhythm: 'patrol', hours: 40, texts: ['{place}果皮箱箱门损坏', '{place}垃圾箱缺盖'] },
  { kind: 'part', code: '02012', surface: 'ground', weights: { street: 1, 'old town': 1.5, village: 1 }, rhythm: 'patrol', hours: 90, texts: ['{place}路名牌掉漆', '{place}路名牌被撞歪'] },
  { kind: 'part', code: '01065', surface: 'ground', weights: { avenue: 0.8, street: 0.8 }, rhythm: 'patrol', hours: 60, texts: ['{place}路长公示牌上的电话已停用', '{place}路长公示牌被涂画'] },
  // Only where a hot spot asks for them.
  matter('06029', 'ground', {}, 'evening', 4, ['{place}露天烧烤', '{place}烧烤摊油烟大']),
  matter('06027', 'ground', {}, 'evening', 48, ['{place}饭店油烟直排']),
  matter('06028', 'ground', {}, 'evening', 5, ['{place}广场舞音量大', '{place}夜间施工噪声']),
  matter('09020', 'ground', {}, 'morning market', 8, ['{place}菜场外秩序乱', '{place}农贸市场门口污水横流']),
  matter('09002', 'ground', {}, 'morning market', 6, ['{place}早市超时不收摊']),
  matter('08004', 'ground', {}, 'night works', 10, ['{place}工地扬尘', '{place}工地未喷淋']),
  matter('08012', 'ground', {}, 'night works', 6, ['{place}渣土车带泥上路']),
  matter('08002', 'ground', {}, 'patrol', 60, ['{place}施工围挡占了人行道']),
  matter('06025', 'ground', {}, 'patrol', 30, ['{place}河面有漂浮物']),
  matter('09017', 'ground', {}, 'patrol', 48, ['立交桥下停满了车']),
  matter('06047', 'ground', {}, 'evening', 20, ['公园里有人遛大型犬不牵绳', '公园草坪上搭帐篷过夜']),
];

export function issueKind(code: string): IssueKind {
  const found = issueKinds.find((candidate) => candidate.code === code);
  if (found === undefined) throw new Error(`No issue kind has the code ${code}`);
  return found;
}
