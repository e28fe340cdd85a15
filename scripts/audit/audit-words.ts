/** What the audit prints, Chinese first. */
import type { Language } from '../../api/coverage/words.ts';

export type AuditWords = {
  through: (url: string) => string;
  title: string;
  whole: string;
  at: string;
  knownAt: string;
  heads: [string, string, string, string, string];
  what: Record<'unheld' | 'unwalked' | 'unzoned', string>;
  total: string;
  tiling: (parents: number, failing: number) => string;
  segments: (roads: string, metres: string) => string;
  identities: (checked: string) => string;
  standing: (count: string) => string;
  gaps: (count: string) => string;
  digest: string;
  written: (file: string) => string;
  met: string;
  unmet: (what: string) => string;
  nothing: (what: string) => string;
  held: string;
  walked: string;
  percent: (what: string, is: string, least: string) => string;
  metres: (is: string, most: string) => string;
  faults: (is: number, most: number) => string;
  notTiling: (names: string) => string;
  digestHolds: string;
  digestFails: string;
  sumsFail: (which: string) => string;
  same: string;
  differs: string;
  rightThen: string;
  wrongThen: string;
  input: (name: string, rows: [number, number]) => string;
  figure: (kind: string, figure: string, from: string, to: string) => string;
  figureNames: Record<'required' | 'met' | 'missing', string>;
  appeared: (count: number) => string;
  vanished: (count: number) => string;
  changed: (count: number) => string;
  members: (names: string) => string;
  more: (count: number) => string;
  later: (changes: number, patrols: number) => string;
  laterNone: string;
  patrol: (chief: string, walked: string, received: string) => string;
};

export const auditWords: Record<Language, AuditWords> = {
  zh: {
    through: (url) => `数据目录由 ${url} 的服务占用，通过它核验。`,
    title: '路长制责任覆盖核验',
    whole: '全区',
    at: '核验时点',
    knownAt: '依据截至',
    heads: ['', '应有（米）', '到位（米）', '缺口（米）', '到位率'],
    what: { unheld: '责任岗位', unwalked: '巡查', unzoned: '社区划分' },
    total: '合计',
    tiling: (parents, failing) =>
      `区域：${parents} 个上级区域，${failing === 0 ? '下级全部严密拼合' : `${failing} 个不严密`}`,
    segments: (roads, metres) => `路段：${roads} 条道路 ${metres} 米，左右两侧恰好铺满`,
    identities: (checked) => `等式：核对 ${checked} 次，全部成立`,
    standing: (count) => `台账与区域差错：${count} 处`,
    gaps: (count) => `缺口：${count} 处`,
    digest: '证书指纹',
    written: (file) => `已写入 ${file}`,
    met: '所设门槛全部达到。',
    unmet: (what) => `未达门槛：${what}`,
    nothing: (what) => `${what}没有任何应有里程，无从证明`,
    held: '岗位到位率',
    walked: '巡查到位率',
    percent: (what, is, least) => `${what}为 ${is}，低于 ${least}%`,
    metres: (is, most) => `岗位空缺与未划入社区共 ${is} 米，超过 ${most} 米`,
    faults: (is, most) => `台账与区域差错 ${is} 处，超过 ${most} 处`,
    notTiling: (names) => `区域不严密：${names}`,
    digestHolds: '✓ 文件未被改动：指纹相符',
    digestFails: '✗ 文件已被改动：指纹不符',
    sumsFail: (which) => `✗ 文件自身的合计不成立：${which}`,
    same: '✓ 按数据库现有记录重新推算，结果完全一致',
    differs: '✗ 按数据库现有记录重新推算，结果不同：',
    rightThen: '✓ 按签发时已知的记录推算，与文件一致：签发时是对的，此后补记的记录改变了结果',
    wrongThen: '✗ 按签发时已知的记录推算，仍与文件不同（道路、区域、规则按现状计算）',
    input: (name, [file, now]) => `依据“${name}”：文件 ${file} 行，现在 ${now} 行，指纹不同`,
    figure: (kind, figure, from, to) => `${kind} ${figure}：文件 ${from} 米，现在 ${to} 米`,
    figureNames: { required: '应有', met: '到位', missing: '缺口' },
    appeared: (count) => `新出现的缺口 ${count} 处`,
    vanished: (count) => `消失的缺口 ${count} 处`,
    changed: (count) => `有变化的缺口 ${count} 处`,
    members: (names) => `其他不同的部分：${names}`,
    more: (count) => `……另有 ${count} 处`,
    later: (changes, patrols) => `签发之后：${changes} 次改动，收到 ${patrols} 次巡查`,
    laterNone: '签发之后没有改动。',
    patrol: (chief, walked, received) => `巡查 ${chief}，走于 ${walked}，收到于 ${received}`,
  },
  en: {
    through: (url) => `The server at ${url} owns the data folder; it is asked.`,
    title: 'Audit of road responsibility coverage',
    whole: 'the whole district',
    at: 'State as of',
    knownAt: 'By what was known at',
    heads: ['', 'Required (m)', 'Met (m)', 'Missing (m)', 'Share'],
    what: { unheld: 'Roles', unwalked: 'Patrols', unzoned: 'In a community' },
    total: 'Total',
    tiling: (parents, failing) =>
      `Zones: ${parents} with parts, ${failing === 0 ? 'all tiled by them' : `${failing} not tiled by them`}`,
    segments: (roads, metres) => `Segments: both sides of ${roads} roads, ${metres} m, filled without hole or overlap`,
    identities: (checked) => `Identities: checked ${checked} times, all hold`,
    standing: (count) => `Faults of the register and of zones: ${count}`,
    gaps: (count) => `Gaps: ${count}`,
    digest: 'Fingerprint',
    written: (file) => `Written to ${file}`,
    met: 'Every threshold is met.',
    unmet: (what) => `Threshold not met: ${what}`,
    nothing: (what) => `${what}: nothing is required, so nothing is proved`,
    held: 'Roles filled',
    walked: 'Duties walked',
    percent: (what, is, least) => `${what}: ${is}, below ${least}%`,
    metres: (is, most) => `${is} m unheld or in no community, more than ${most} m`,
    faults: (is, most) => `${is} faults of the register and of zones, more than ${most}`,
    notTiling: (names) => `zones that their parts do not tile: ${names}`,
    digestHolds: '✓ The file is as it was issued: its fingerprint holds',
    digestFails: '✗ The file was changed: its fingerprint does not hold',
    sumsFail: (which) => `✗ The sums of the file itself do not hold: ${which}`,
    same: '✓ Derived anew from what the database knows now: exactly the same',
    differs: '✗ Derived anew from what the database knows now, it differs:',
    rightThen:
      '✓ Derived from what was known when it was issued, it is the same: it was right then, and records that came later have changed the past',
    wrongThen:
      '✗ Derived from what was known when it was issued, it differs too (roads, zones and rules are taken as they are now)',
    input: (name, [file, now]) => `${name}: ${file} rows in the file, ${now} now, other fingerprint`,
    figure: (kind, figure, from, to) => `${kind}, ${figure}: ${from} m in the file, ${to} m now`,
    figureNames: { required: 'required', met: 'met', missing: 'missing' },
    appeared: (count) => `gaps that appeared: ${count}`,
    vanished: (count) => `gaps that vanished: ${count}`,
    changed: (count) => `gaps that changed: ${count}`,
    members: (names) => `other parts that differ: ${names}`,
    more: (count) => `… and ${count} more`,
    later: (changes, patrols) => `Since it was issued: ${changes} changes, ${patrols} patrols received`,
    laterNone: 'Nothing was changed since it was issued.',
    patrol: (chief, walked, received) => `patrol of ${chief}, walked ${walked}, received ${received}`,
  },
};
