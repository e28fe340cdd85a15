import type { Chance } from '../drawing/random.ts';
import { bureauArea, towns } from '../plan/zone-plan.ts';
import type { Zone } from '../land/zones.ts';

export type Role = 'general' | 'town_l1' | 'management_l1' | 'community_l2' | 'management_l2' | 'sanitation_l2';

export interface Chief {
  externalId: string;
  name: string;
  role: Role;
  organisation: string;
  phone: string;
  partyBranch: string;
  partyMember: boolean;
  zoneCode: string;
}

/** A post that one person after another fills. `areas` are codes of communities or towns, or the bureau's area. */
export interface Post {
  role: Role;
  areas: readonly string[];
  tenures: readonly { chief: Chief; from: string; to: string | null }[];
}

const surnames =
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 朱 马 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 邓 韩 冯 曹 彭 曾 萧 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 沈 姚 卢 傅 钟 崔 汪 范 陆'.split(
    ' ',
  );
const givenNames =
  `建国 志强 秀英 桂兰 海燕 玉梅 国庆 建华 春梅 文斌 晓东 立新 永康 丽华 俊杰 雪梅 卫东 红霞 爱民 明远 家豪 思源 佳怡 梓涵 雨桐
  浩然 子轩 静 敏 磊 强 洋 勇 军 杰 娟 艳 涛 超 霞 平 刚 桂英 德明 长林 正华 学文 庆丰 根生 水生 金花 巧云 小芳 志远 天明 传宝 守义 凤英
  新民 少华 佩琴 世杰 立群 慧玲 瑞芳 广林 兆丰 启航 一鸣`.split(/\s+/);

/** When the system began in the district; posts filled later say so. */
export const start = '2026-01-01';

/** People and posts of the six role slots (R13-R16), with the hand-overs and the retirement of the year. */
export function fillPosts(zones: readonly Zone[], chance: Chance): { chiefs: Chief[]; posts: Post[] } {
  const chiefs: Chief[] = [];
  const posts: Post[] = [];
  const codes = (town: string) =>
    zones.filter((zone) => zone.level === 'community' && zone.parentCode === town).map((zone) => zone.code);
  const hire = (role: Role, organisation: string, branch: string, zoneCode: string): Chief => {
    const chief = {
      externalId: `C${String(chiefs.length + 1).padStart(3, '0')}`,
      name: freshName(chiefs, chance),
      role,
      organisation,
      phone: `1380000${String(1000 + chiefs.length * 37).padStart(4, '0')}`,
      partyBranch: branch,
      partyMember:
        role === 'general' || chance.happens(role === 'sanitation_l2' || role === 'management_l2' ? 0.45 : 0.8),
      zoneCode,
    };
    chiefs.push(chief);
    return chief;
  };
  const fill = (areas: readonly string[], chief: Chief, from: string = start, to: string | null = null): void => {
    posts.push({ role: chief.role, areas, tenures: [{ chief, from, to }] });
  };
  /** Two people share a town: the first has its first communities, the second the rest. */
  const share = (role: Role, town: string, organisations: readonly string[], branch: string): void => {
    const all = codes(town);
    organisations.forEach((organisation, i) => {
      const [from, to] = [i, i + 1].map((part) => Math.round((all.length * part) / organisations.length));
      fill(all.slice(from, to), hire(role, organisation, branch, town));
    });
  };

  for (const { code, name } of towns) {
    const street = name.endsWith('街道');
    const [party, office] = street ? [`${name}党工委`, `${name}办事处`] : [`${name}党委`, `${name}人民政府`];
    share('general', code, name === '城中街道' ? [party, office] : [party], `${name}机关党支部`);
    share(
      'town_l1',
      code,
      ['城中街道', '城东街道'].includes(name) ? [`${office}城管办`, `${office}平安办`] : [`${office}城管办`],
      `${name}机关党支部`,
    );
    const squad = hire('management_l1', `区城管局${name.slice(0, 2)}中队`, '区城管局第二党支部', code);
    fill(codes(code), squad, name === '石塘镇' ? '2026-03-01' : start, vacancies[`management_l1 ${name}`] ?? null);
    const collector = hire('management_l2', '区数字化城管监督中心', '区数字化城管监督中心党支部', code);
    fill(codes(code), collector, start, vacancies[`management_l2 ${name}`] ?? null);
    fill(codes(code), hire('sanitation_l2', `云溪环卫公司${name.slice(0, 2)}作业部`, '云溪环卫公司党支部', code));
  }
  for (const role of ['management_l1', 'management_l2'] as const) {
    fill([bureauArea.code], hire(role, '区城管局直属大队', '区城管局第一党支部', bureauArea.code));
  }
  for (const zone of zones.filter((candidate) => candidate.level === 'community'))
    fillCommunity(zone, zones, hire, posts);
  return { chiefs, posts };
}

type Hire = (role: Role, organisation: string, branch: string, zoneCode: string) => Chief;

/** One cadre per community; small villages share one, and three posts have a history. */
function fillCommunity(zone: Zone, zones: readonly Zone[], hire: Hire, posts: Post[]): void {
  const shared: Record<string, string> = { 石山村: '南塘村', 集上村: '七里村' };
  const elder = zones.find((candidate) => candidate.name === shared[zone.name]);
  const elderPost = posts.find(
    (post) => post.role === 'community_l2' && elder !== undefined && post.areas.includes(elder.code),
  );
  if (elderPost !== undefined) {
    posts[posts.indexOf(elderPost)] = { ...elderPost, areas: [...elderPost.areas, zone.code] };
    return;
  }
  const committee = `${zone.name}${zone.name.endsWith('村') ? '村民委员会' : '居民委员会'}`;
  const cadre = () => hire('community_l2', committee, `${zone.name}党支部`, zone.code);
  const first = cadre();
  const handedOver: Record<string, string> = { 鼓楼社区: '2026-06-16', 花园社区: '2026-08-01' };
  const on = handedOver[zone.name];
  if (on !== undefined) {
    const tenures = [
      { chief: first, from: start, to: on },
      { chief: cadre(), from: on, to: null },
    ];
    posts.push({ role: 'community_l2', areas: [zone.code], tenures });
    return;
  }
  posts.push({
    role: 'community_l2',
    areas: [zone.code],
    tenures: [{ chief: first, from: start, to: vacancies[`community_l2 ${zone.name}`] ?? null }],
  });
}

/** Posts that somebody left and nobody took over: gaps with a date. */
const vacancies: Readonly<Record<string, string>> = {
  'community_l2 桃源社区': '2026-10-01',
  'management_l1 白马镇': '2026-08-16',
  'management_l2 柳桥镇': '2026-09-21',
};

function freshName(chiefs: readonly Chief[], chance: Chance): string {
  for (;;) {
    const name = chance.pick(surnames) + chance.pick(givenNames);
    if (!chiefs.some((chief) => chief.name === name)) return name;
  }
}
