/** The sentences of the certificate's page. The type asks for each in both languages. */
import type { CertificateHead } from './certificate.contract.ts';
import { decimal, words, type Language } from './words.ts';

type Rule = CertificateHead['rules'];
export type PageWords = {
  title: string;
  of: string;
  at: string;
  knownAt: string;
  issuedAt: string;
  whole: string;
  /** Of the three figures. */
  figures: { unheld: string; unwalked: string; unzoned: string };
  missing: (metres: string, count: string) => string;
  nothingRequired: string;
  perfect: string;
  statement: (roads: string, metres: string, failing: boolean) => string;
  mapUnheld: string;
  mapUnwalked: string;
  mapUnzoned: string;
  mapPart: (drawn: string, all: string) => string;
  signs: [string, string, string];
  name: string;
  date: string;
  seal: string;
  columns: Record<
    | 'role'
    | 'class'
    | 'required'
    | 'met'
    | 'missing'
    | 'share'
    | 'duty'
    | 'period'
    | 'tolerated'
    | 'total'
    | 'zone'
    | 'children'
    | 'area'
    | 'covered'
    | 'hole'
    | 'overlap'
    | 'outside'
    | 'tiles'
    | 'road'
    | 'place'
    | 'sides'
    | 'length'
    | 'since'
    | 'town'
    | 'community'
    | 'actor'
    | 'fault'
    | 'input'
    | 'rows'
    | 'kind',
    string
  >;
  yes: string;
  no: string;
  heads: Record<
    'unheld' | 'unwalked' | 'unzoned' | 'tiling' | 'identities' | 'rules' | 'standing' | 'verify' | 'warnings',
    string
  >;
  notes: Record<'unit' | 'unheld' | 'unwalked' | 'unzoned' | 'tiling' | 'noZones' | 'noDuties' | 'verify', string>;
  identities: (head: CertificateHead) => string[];
  gaps: (kind: string) => string;
  gapsNone: string;
  gapsPart: (shown: string, all: string) => string;
  rule: (rule: Rule['duties'][number]) => string;
  needs: (role: string, classes: string) => string;
  needsPlace: (place: string) => string;
  nobody: string;
  warning: Record<CertificateHead['warnings'][number]['code'], string>;
  inputs: Record<string, string>;
  digest: string;
  howTo: string[];
};

const list = (language: Language, classes: string[]): string => classes.join(language === 'zh' ? '、' : ', ');
const placeOf = (language: Language, rule: Rule['duties'][number] | Rule['roles'][number]): string => {
  const zh = language === 'zh';
  const parts = [
    rule.class && words[language].roadClass[rule.class],
    rule.town && (zh ? `镇街 ${rule.town}` : `town ${rule.town}`),
    rule.zone_kind && (zh ? `辖区类型 ${rule.zone_kind}` : `zones of kind ${rule.zone_kind}`),
    rule.bureau_led === null
      ? null
      : rule.bureau_led
        ? zh
          ? '牵头区域内'
          : 'in the bureau-led area'
        : zh
          ? '牵头区域外'
          : 'outside the bureau-led area',
  ].filter((part) => part !== null && part !== '');
  return list(language, parts as string[]);
};

export { placeOf as placeOfRule };

const source = (rule: { source: string | null }): string => (rule.source ? ` [${rule.source}]` : '');

export const pageWords: Record<Language, PageWords> = {
  zh: {
    title: '路长制责任覆盖核验证书',
    of: '核验范围',
    at: '核验时点',
    knownAt: '依据截至此时已知的记录',
    issuedAt: '签发时间',
    whole: '全区',
    figures: { unheld: '岗位到位率', unwalked: '巡查到位率', unzoned: '社区划入率' },
    missing: (metres, count) => `尚缺 ${metres} 米，${count} 处`,
    nothingRequired: '没有应履行的要求',
    perfect: '没有缺口',
    statement: (roads, metres, failing) =>
      `本证书逐厘米核对了 ${roads} 条道路、${metres} 米。${failing ? '所列缺口即为全部缺口：除此之外，每一米道路的每一个应设岗位均有人负责，每一项应巡事项均已到位。' : '每一米道路的每一个应设岗位均有人负责，每一项应巡事项均已到位，没有盲区。'}`,
    mapUnheld: '朱红：应设岗位空缺',
    mapUnwalked: '朱红：未按要求巡查',
    mapUnzoned: '青色虚线：未划入社区',
    mapPart: (drawn, all) => `图上绘出最长的 ${drawn} 处，共 ${all} 处`,
    signs: ['填报人', '复核人', '总路长'],
    name: '签名',
    date: '日期',
    seal: '（盖章）',
    columns: {
      role: '岗位',
      class: '道路等级',
      required: '应有（米）',
      met: '到位（米）',
      missing: '缺口（米）',
      share: '到位率',
      duty: '巡查事项',
      period: '核查周期',
      tolerated: '其中容许（米）',
      total: '合计',
      zone: '区域',
      children: '下级',
      area: '面积（㎡）',
      covered: '已覆盖（㎡）',
      hole: '空隙（㎡）',
      overlap: '重叠（㎡）',
      outside: '超出（㎡）',
      tiles: '严密',
      road: '道路',
      place: '起止（米）',
      sides: '侧',
      length: '长度（米）',
      since: '自何时起',
      town: '镇街',
      community: '社区',
      actor: '由谁处理',
      fault: '问题',
      input: '依据',
      rows: '行数',
      kind: '类别',
    },
    yes: '是',
    no: '否',
    heads: {
      unheld: '一、责任岗位：应有＝到位＋缺口',
      unwalked: '二、巡查到位：应巡＝已巡＋缺口',
      unzoned: '三、社区划分：道路是否都在社区之内',
      tiling: '四、区域是否严密：下级区域拼成上级',
      identities: '五、签发前核对的等式',
      rules: '六、当日执行的规则',
      standing: '八、台账与区域差错',
      verify: '九、依据与验证',
      warnings: '请注意',
    },
    notes: {
      unit: '长度以“米”计，道路左右两侧分别计算：只缺一侧的 10 米计 5 米。所有数字由整数厘米相加得出，没有四舍五入。到位率向下取两位小数，只有确无缺口才会是 100%。',
      unheld: '每类道路应设哪些岗位由第六部分的规则决定；同一段道路应设几个岗位就计几次。',
      unwalked:
        '按最近一个已结束的周期核查。一段道路走过的里程达到规则的比例即为到位，其余部分计入“容许”，并单独列出。',
      unzoned: '规划中的道路不计。',
      tiling: '宽度不足半米或面积不足 1 平方米的缝隙视为勾绘误差。面积＝已覆盖＋空隙。',
      noZones: '没有登记上下级区域。',
      noDuties: '没有规则要求巡查，或没有道路需要巡查。',
      verify: '下列每一项依据都由数据库直接算出指纹（SHA-256）。任何一行有增删改，指纹都会改变。',
    },
    identities: (head) => [
      `应有＝到位＋缺口：对每个岗位、事项和道路等级逐一核对，精确到厘米。“应有”与“到位”由路段相加，“缺口”由缺口清单相加，不用减法。`,
      `撇开路段、只用责任记录对整条道路求并集与差集，所得的应有、到位、缺口与上相同。`,
      `路段由道路、区域和责任记录重新推算；${decimal('zh', head.segments.roads)} 条道路（${decimal('zh', head.segments.length_cm / 100, 2)} 米）的左右两侧都被路段恰好铺满，不重不漏，不符的有 ${head.segments.failing} 条。`,
      `各上级区域：面积＝已覆盖＋空隙；下级面积之和＝已覆盖＋重叠＋超出。`,
    ],
    gaps: (kind) => `七、缺口清单：${kind}`,
    gapsNone: '没有。',
    gapsPart: (shown, all) =>
      `由长到短（只缺一侧的按一半排）列出前 ${shown} 处，共 ${all} 处；其余见同一证书的 JSON 文件，其中全部列出。`,
    rule: (rule) =>
      `${words.zh.duty[rule.duty] ?? rule.duty}：${words.zh.role[rule.role]}${placeOf('zh', rule) ? `在${placeOf('zh', rule)}` : ''}${
        rule.times === null ? '不作要求' : `${words.zh.per[rule.per]} ${rule.times} 次`
      }，走过 ${rule.share_percent}% 即为到位${rule.key_points ? '，只查重点点位周边' : ''}${
        rule.joint_role ? `，与${words.zh.role[rule.joint_role]}同行（相差不超过 ${rule.joint_minutes} 分钟）` : ''
      }${rule.hours ? `，限 ${rule.hours}` : ''}${rule.days === 'working' ? '，工作日' : ''}${source(rule)}`,
    needs: (role, classes) => `${role}：${classes}`,
    needsPlace: (place) => `（${place}）`,
    nobody: '不要求',
    warning: {
      no_roads: '范围内没有道路：没有可核验的内容，不等于没有盲区。',
      no_zones: '没有登记社区，因此所有道路都未划入社区。',
      no_rules: '没有规则规定巡查频次，因此无从判断是否巡查到位。',
      no_key_points: '总路长应巡视重点点位，但没有登记任何点位。',
      nothing_required: '有一类核验没有任何要求，因此也不会有缺口。',
      before_records: '核验时点早于系统有记录之时；道路和区域按现状计算。',
      not_over: '周期尚未结束。',
    },
    inputs: {
      roads: '道路',
      zones: '区域',
      zone_stretches: '区域内路段',
      assignments: '责任记录',
      chiefs: '路长',
      role_rules: '岗位规则',
      patrol_rules: '巡查规则',
      key_points: '重点点位',
      passes: '本周期巡查',
      earlier_walks: '此前巡查',
      calendar: '工作日历',
    },
    digest: '证书指纹（SHA-256）',
    howTo: [
      '取得同一证书的 JSON 文件，它列出全部缺口：',
      '去掉 issued_at 与 digest 两项，其余按 RFC 8785 规范排列，其 SHA-256 即为上面的指纹。任何人用任何程序都可以算。',
      '把 JSON 文件交给数据库重新核验：',
      '它从原始记录重新推算，逐项说明哪些依据、哪些合计、哪些缺口不同，以及此后有谁改动过什么。',
    ],
  },
  en: {
    title: 'Certificate of road responsibility coverage',
    of: 'Area',
    at: 'State as of',
    knownAt: 'By what was known at',
    issuedAt: 'Issued',
    whole: 'the whole district',
    figures: { unheld: 'Roles filled', unwalked: 'Duties walked', unzoned: 'In a community' },
    missing: (metres, count) => `${metres} m missing in ${count} ${count === '1' ? 'place' : 'places'}`,
    nothingRequired: 'Nothing is required',
    perfect: 'Nothing is missing',
    statement: (roads, metres, failing) =>
      `This certificate has checked ${roads} roads, ${metres} m, to the centimetre. ${failing ? 'The gaps listed are all there are: everywhere else somebody answers for each role that each metre needs, and each duty was walked.' : 'Somebody answers for each role that each metre needs, and each duty was walked. There is no blind spot.'}`,
    mapUnheld: 'Red: a required role is empty',
    mapUnwalked: 'Red: not walked as required',
    mapUnzoned: 'Blue dashes: in no community',
    mapPart: (drawn, all) => `The ${drawn} longest of ${all} are drawn`,
    signs: ['Prepared by', 'Checked by', 'General road chief'],
    name: 'Signature',
    date: 'Date',
    seal: '(seal)',
    columns: {
      role: 'Role',
      class: 'Class',
      required: 'Required (m)',
      met: 'Met (m)',
      missing: 'Missing (m)',
      share: 'Share',
      duty: 'Duty',
      period: 'Period',
      tolerated: 'Tolerated (m)',
      total: 'Total',
      zone: 'Zone',
      children: 'Parts',
      area: 'Area (m²)',
      covered: 'Covered (m²)',
      hole: 'Holes (m²)',
      overlap: 'Overlaps (m²)',
      outside: 'Outside (m²)',
      tiles: 'Tiles',
      road: 'Road',
      place: 'From–to (m)',
      sides: 'Side',
      length: 'Length (m)',
      since: 'Since',
      town: 'Town',
      community: 'Community',
      actor: 'Who acts',
      fault: 'Fault',
      input: 'Facts',
      rows: 'Rows',
      kind: 'Kind',
    },
    yes: 'yes',
    no: 'no',
    heads: {
      unheld: '1. Roles: required = met + missing',
      unwalked: '2. Patrols: required = walked + missing',
      unzoned: '3. Communities: does every road lie in one?',
      tiling: '4. Zones: do the parts make the whole?',
      identities: '5. What was checked before this was issued',
      rules: '6. The rules in force',
      standing: '8. Faults of the register and of zones',
      verify: '9. What this stands on, and how to verify it',
      warnings: 'Please note',
    },
    notes: {
      unit: 'Metres of road; each side counts on its own, so 10 m missing on one side count as 5 m. Every figure is a sum of whole centimetres and nothing is rounded. Shares are rounded down to two decimals, so 100% means that nothing at all is missing.',
      unheld:
        'Which roles a class of road needs is said by the rules in part 6. A metre that needs several roles counts once for each.',
      unwalked:
        'Of the last period that was over. A segment is kept when the share of its metres that the rule names was walked; what is left of it is tolerated and shown.',
      unzoned: 'Planned roads do not count.',
      tiling: 'Less than half a metre wide or a square metre large is how a border was drawn. Area = covered + holes.',
      noZones: 'No zone has parts.',
      noDuties: 'No rule asks for patrols, or no road for one.',
      verify:
        'The fingerprint (SHA-256) of each kind of fact is computed by the database. It changes when any row is added, changed or taken away.',
    },
    identities: (head) => [
      'Required = met + missing, for every role, duty and class, to the centimetre. What is required and met is added up from segments, what is missing from the list of gaps, not by subtraction.',
      'Union and difference of whole roads with the assignments alone, without segments, give the same sums.',
      `Segments were derived anew from roads, zones and assignments. They fill both sides of each of ${decimal('en', head.segments.roads)} roads (${decimal('en', head.segments.length_cm / 100, 2)} m) without hole or overlap; roads where they do not: ${head.segments.failing}.`,
      'For every zone with parts: area = covered + holes; the areas of its parts = covered + overlaps + outside.',
    ],
    gaps: (kind) => `7. Gaps: ${kind}`,
    gapsNone: 'None.',
    gapsPart: (shown, all) =>
      `The longest ${shown} of ${all} (a gap on one side counts half). The JSON file of this certificate lists them all.`,
    rule: (rule) =>
      `${words.en.duty[rule.duty] ?? rule.duty}: ${words.en.role[rule.role]}${placeOf('en', rule) ? `, ${placeOf('en', rule)}` : ''}, ${
        rule.times === null
          ? 'nothing'
          : `${rule.times === 1 ? 'once' : `${rule.times} times`} ${words.en.per[rule.per]}`
      }; kept when ${rule.share_percent}% is walked${rule.key_points ? '; around key points only' : ''}${
        rule.joint_role
          ? `; together with the ${words.en.role[rule.joint_role]} (within ${rule.joint_minutes} min)`
          : ''
      }${rule.hours ? `; ${rule.hours}` : ''}${rule.days === 'working' ? '; working days' : ''}${source(rule)}`,
    needs: (role, classes) => `${role}: ${classes}`,
    needsPlace: (place) => ` (${place})`,
    nobody: 'not required',
    warning: {
      no_roads: 'There is no road in this area: nothing could be checked, which does not mean that nothing is missing.',
      no_zones: 'No community is registered, so no road lies in one.',
      no_rules: 'No rule says how often anything is to be walked, so nothing can be said about patrols.',
      no_key_points: 'The general chief inspects key points, but none is registered.',
      nothing_required: 'One kind of check has nothing that is required, so it cannot have gaps either.',
      before_records: 'The date is before the records begin; roads and zones are counted as they are now.',
      not_over: 'The period is not over.',
    },
    inputs: {
      roads: 'Roads',
      zones: 'Zones',
      zone_stretches: 'Stretches in zones',
      assignments: 'Assignments',
      chiefs: 'Chiefs',
      role_rules: 'Rules of roles',
      patrol_rules: 'Rules of patrols',
      key_points: 'Key points',
      passes: 'Passes of the periods',
      earlier_walks: 'Earlier walks',
      calendar: 'Working calendar',
    },
    digest: 'Fingerprint of this certificate (SHA-256)',
    howTo: [
      'Get the JSON file of the same certificate, which lists every gap:',
      'Without its members issued_at and digest, and written as RFC 8785 says, its SHA-256 is the fingerprint above. Anybody can compute it with any program.',
      'Let the database verify the JSON file:',
      'It derives everything anew from the facts and says which facts, sums and gaps differ, and who has changed what since.',
    ],
  },
};
