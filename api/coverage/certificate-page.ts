/** The certificate as a printable page, A4: no script, nothing from elsewhere, Chinese or English. */
import type { Knex } from 'knex';
import { roleKeys, type Role, type RoadClass } from '../http/shapes.ts';
import { escapeHtml as escape } from '../http/html.ts';
import { certificateText, type Named } from './certificate.ts';
import type { CertificateGap, CertificateHead, CertificateQuery, StandingFault } from './certificate.contract.ts';
import { gapPathSql, gatherPaths, groundOf, type Ground, type Paths } from './certificate-map.ts';
import { pageStyle } from './certificate-style.ts';
import { pageWords, placeOfRule } from './certificate-words.ts';
import { grouped } from './grouped.ts';
import { talliedKinds, type TalliedKind } from './coverage.contract.ts';
import { dayAndTime, decimal, share, sideMetres, words, type Language } from './words.ts';

/** Gaps of a kind on the page; the JSON lists all. Three hundred are six sheets, as many as anybody reads. */
const MOST_GAPS = 300;

type Page = {
  head: CertificateHead;
  listed: Record<TalliedKind, CertificateGap[]>;
  ground: Ground | null;
  paths: Paths;
  language: Language;
};

/**
 * @returns the page, below 1 MB whatever the district.
 * @throws Problem, CertificateUnsound as `certificateText`.
 */
export async function certificatePage(
  db: Knex,
  named: Named,
  query: CertificateQuery,
  language: Language,
): Promise<string> {
  const ground = await groundOf(db, query.zone_id);
  const paths = gatherPaths();
  const listed: Page['listed'] = { unheld: [], unwalked: [], unzoned: [] };
  const text = certificateText(db, named, query, {
    geometry: ground ? gapPathSql(ground.frame) : 'null::text',
    seen({ row, listed: gap }) {
      if (typeof row.geometry === 'string') paths.add('side_cm' in gap ? gap.kind : 'standing', row.geometry);
      if (!('side_cm' in gap)) return;
      const list = listed[gap.kind as TalliedKind];
      if (list.length < MOST_GAPS) list.push(gap);
    },
  });
  let next = await text.next();
  while (!next.done) next = await text.next();
  return pageOf({ head: next.value, listed, ground, paths, language });
}

function pageOf(page: Page): string {
  const { head, language } = page;
  const say = pageWords[language];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(`${say.title} · ${nameOf(page)} · ${timeOf(page, head.at)}`)}</title>
<style>${pageStyle(language)}</style>
</head>
<body>
<main>
${cover(page)}
${unheldPart(page)}
${unwalkedPart(page)}
${unzonedPart(page)}
${tilingPart(page)}
<h2>${say.heads.identities}</h2>
<ol>${say
    .identities(head)
    .map((one) => `<li>${escape(one)} <b class="holds">✓</b></li>`)
    .join('')}</ol>
${rulesPart(page)}
${talliedKinds.map((kind) => gapsPart(page, kind)).join('\n')}
${standingPart(page)}
${verifyPart(page)}
</main>
</body>
</html>`;
}

const timeOf = ({ head }: Page, moment: string): string => dayAndTime(head.district.time_zone, moment);

/** Periods are whole days: the last one is the day before the end. */
function daysOf(page: Page, { from, to }: { from: string; to: string }): string {
  const first = timeOf(page, from).slice(0, 10);
  const last = timeOf(page, new Date(Date.parse(to) - 1).toISOString()).slice(0, 10);
  return first === last ? first : `${first} – ${last}`;
}

function nameOf({ head: { district, zone }, language }: Page): string {
  const whole = (language === 'en' && district.name_en) || district.name;
  return zone ? `${whole} · ${zone.name}` : whole;
}

function cover(page: Page): string {
  const { head, language } = page;
  const say = pageWords[language];
  const failing = talliedKinds.some((kind) => head.totals[kind].missing > 0);
  const about: [string, string][] = [
    [
      say.of,
      head.zone
        ? `${nameOf(page)}${inBrackets(language, `${words[language].zoneLevel[head.zone.level]} ${head.zone.code}`)}`
        : `${nameOf(page)} · ${say.whole}`,
    ],
    [say.at, `${timeOf(page, head.at)} (${head.district.time_zone})`],
    ...(head.known_at ? [[say.knownAt, timeOf(page, head.known_at)] as [string, string]] : []),
    [say.issuedAt, timeOf(page, head.issued_at)],
  ];
  return `<section class="cover">
<h1>${say.title}</h1>
<dl class="about">${about.map(([name, value]) => `<div><dt>${name}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>
<div class="figures">${talliedKinds.map((kind) => figure(page, kind)).join('')}</div>
${warningsPart(page)}
<p class="statement">${escape(say.statement(decimal(language, head.roads.count), sideMetres(language, head.roads.side_cm), failing))}</p>
${maps(page)}
${atAGlance(page)}
<div class="signs">${say.signs.map((who) => `<div><b>${who}</b><span>${say.name}</span><span>${say.date}</span></div>`).join('')}<i>${say.seal}</i></div>
<p class="digest">${say.digest}<code>${spaced(head.digest)}</code></p>
</section>`;
}

function figure({ head, language }: Page, kind: TalliedKind): string {
  const say = pageWords[language];
  const { required, met, missing } = head.totals[kind];
  const under =
    required === 0
      ? say.nothingRequired
      : missing === 0
        ? say.perfect
        : say.missing(sideMetres(language, missing), decimal(language, head.listed[kind]));
  return `<div class="${required === 0 ? 'none' : missing === 0 ? 'whole' : 'short'}"><span>${say.figures[kind]}</span><strong>${share(language, met, required)}</strong><em>${under}</em></div>`;
}

function warningsPart({ head, language }: Page): string {
  if (head.warnings.length === 0) return '';
  const codes = [...new Set(head.warnings.map(({ code }) => code))];
  const say = pageWords[language];
  return `<div class="warnings"><b>${say.heads.warnings}</b><ul>${codes.map((code) => `<li>${say.warning[code]}</li>`).join('')}</ul></div>`;
}

function maps({ ground, paths, language }: Page): string {
  if (!ground) return '';
  const say = pageWords[language];
  const { width, height } = ground.frame;
  const box = `viewBox="-12 -12 ${width + 24} ${height + 24}"`;
  const path = (name: string, d: string | undefined): string => (d ? `<path class="${name}" d="${d}"/>` : '');
  const shared = ['community', 'minor', 'major', 'town', 'outline']
    .map((name) => path(name, ground.paths[name]))
    .join('');
  const part = (kinds: TalliedKind[]): string =>
    kinds
      .map((kind) => paths.of(kind))
      .filter(({ drawn, all }) => drawn < all)
      .map(({ drawn, all }) => inBrackets(language, say.mapPart(decimal(language, drawn), decimal(language, all))))
      .join('');
  return `<div class="maps">
<figure><svg ${box} role="img" aria-label="${say.mapUnheld}"><defs><g id="ground">${shared}</g></defs><use href="#ground"/>${path('unzoned', paths.of('unzoned').path)}${path('gap', paths.of('unheld').path)}</svg><figcaption>${say.mapUnheld}${paths.of('unzoned').all ? ` · ${say.mapUnzoned}` : ''} ${part(['unheld', 'unzoned'])}</figcaption></figure>
<figure><svg ${box} role="img" aria-label="${say.mapUnwalked}"><use href="#ground"/>${path('gap thin', paths.of('unwalked').path)}</svg><figcaption>${say.mapUnwalked} ${part(['unwalked'])}</figcaption></figure>
</div>`;
}

/** What a mayor asks first: which role, which duty. */
function atAGlance({ head, language }: Page): string {
  const say = pageWords[language];
  const { columns } = say;
  const row = (name: string, sum: Sum): string =>
    `<tr><td class="text">${name}</td><td${sum.missing > 0 ? ' class="short"' : ''}>${sideMetres(language, sum.missing)}</td><td>${share(language, sum.met, sum.required)}</td></tr>`;
  const table = (first: string, rows: string[]): string =>
    rows.length === 0
      ? ''
      : `<table>${headRow([first, columns.missing, columns.share], 1)}<tbody>${rows.join('')}</tbody></table>`;
  const roles = grouped(
    head.unheld.toSorted((a, b) => roleKeys.indexOf(a.role) - roleKeys.indexOf(b.role)),
    ({ role }) => role,
  );
  const duties = grouped(
    head.unwalked.toSorted((a, b) => roleKeys.indexOf(a.role) - roleKeys.indexOf(b.role)),
    ({ duty }) => duty,
  );
  return `<div class="glance">${table(
    columns.role,
    [...roles].map(([role, lines]) => row(words[language].role[role], sumOf(lines))),
  )}${table(
    columns.duty,
    [...duties].map(([duty, lines]) => row(escape(words[language].duty[duty] ?? duty), sumOf(lines))),
  )}</div>`;
}

type Sum = { required: number; met: number; missing: number };
const sumOf = (lines: Sum[]): Sum =>
  lines.reduce(
    (sum, line) => ({
      required: sum.required + line.required,
      met: sum.met + line.met,
      missing: sum.missing + line.missing,
    }),
    { required: 0, met: 0, missing: 0 },
  );
const figures = (language: Language, { required, met, missing }: Sum): string =>
  `<td>${sideMetres(language, required)}</td><td>${sideMetres(language, met)}</td><td${missing > 0 ? ' class="short"' : ''}>${sideMetres(language, missing)}</td><td>${share(language, met, required)}</td>`;
/** @param texts how many of the first columns hold text, and how many of the last. */
const headRow = (cells: string[], texts: number, lastTexts = 0): string =>
  `<thead><tr>${cells.map((cell, index) => `<th${index < texts || index >= cells.length - lastTexts ? ' class="text"' : ''}>${cell}</th>`).join('')}</tr></thead>`;
const classOrder: RoadClass[] = ['main', 'secondary', 'branch', 'alley', 'service', 'path', 'other'];
const byClass = <Line extends { class: RoadClass }>(lines: Line[]): Line[] =>
  lines.toSorted((a, b) => classOrder.indexOf(a.class) - classOrder.indexOf(b.class));

function unheldPart({ head, language }: Page): string {
  const say = pageWords[language];
  const { columns } = say;
  const rows = roleKeys.flatMap((role) => {
    const lines = byClass(head.unheld.filter((line) => line.role === role));
    if (lines.length === 0) return [];
    return [
      `<tr class="sum"><td class="text">${words[language].role[role]}</td><td class="text">${columns.total}</td>${figures(language, sumOf(lines))}</tr>`,
      ...lines.map(
        (line) =>
          `<tr><td></td><td class="text">${words[language].roadClass[line.class]}</td>${figures(language, line)}</tr>`,
      ),
    ];
  });
  return `<h2>${say.heads.unheld}</h2><p class="note">${say.notes.unit}${language === 'zh' ? '' : ' '}${say.notes.unheld}</p>
<table>${headRow([columns.role, columns.class, columns.required, columns.met, columns.missing, columns.share], 2)}<tbody>${rows.join('')}</tbody>
<tfoot><tr><td class="text" colspan="2">${columns.total}</td>${figures(language, head.totals.unheld)}</tr></tfoot></table>`;
}

function unwalkedPart(page: Page): string {
  const { head, language } = page;
  const say = pageWords[language];
  const { columns } = say;
  if (head.unwalked.length === 0) return `<h2>${say.heads.unwalked}</h2><p>${say.notes.noDuties}</p>`;
  const tolerated = (lines: { tolerated: number }[]): string =>
    `<td>${sideMetres(
      language,
      lines.reduce((sum, line) => sum + line.tolerated, 0),
    )}</td>`;
  const duties = grouped(
    head.unwalked.toSorted((a, b) => roleKeys.indexOf(a.role) - roleKeys.indexOf(b.role)),
    ({ duty, role, period }) => `${role} ${duty} ${period.from}`,
  );
  const rows = [...duties.values()].flatMap((lines) => {
    const [{ duty, role, period }] = lines as [(typeof lines)[number]];
    return [
      `<tr class="sum"><td class="text">${escape(words[language].duty[duty] ?? duty)} · ${words[language].role[role]}</td><td class="text">${daysOf(page, period)}</td>${figures(language, sumOf(lines))}${tolerated(lines)}</tr>`,
      ...byClass(lines).map(
        (line) =>
          `<tr><td></td><td class="text">${words[language].roadClass[line.class]}</td>${figures(language, line)}${tolerated([line])}</tr>`,
      ),
    ];
  });
  return `<h2>${say.heads.unwalked}</h2><p class="note">${say.notes.unwalked}</p>
<table>${headRow([columns.duty, `${columns.period} / ${columns.class}`, columns.required, columns.met, columns.missing, columns.share, columns.tolerated], 2)}<tbody>${rows.join('')}</tbody>
<tfoot><tr><td class="text" colspan="2">${columns.total}</td>${figures(language, head.totals.unwalked)}${tolerated(head.unwalked)}</tr></tfoot></table>`;
}

function unzonedPart({ head, language }: Page): string {
  const say = pageWords[language];
  const { columns } = say;
  const rows = byClass(head.unzoned).map(
    (line) => `<tr><td class="text">${words[language].roadClass[line.class]}</td>${figures(language, line)}</tr>`,
  );
  return `<h2>${say.heads.unzoned}</h2><p class="note">${say.notes.unzoned}</p>
<table>${headRow([columns.class, columns.required, columns.met, columns.missing, columns.share], 1)}<tbody>${rows.join('')}</tbody>
<tfoot><tr><td class="text">${columns.total}</td>${figures(language, head.totals.unzoned)}</tr></tfoot></table>`;
}

function tilingPart({ head, language }: Page): string {
  const say = pageWords[language];
  const { columns } = say;
  if (head.tiling.parents.length === 0) return `<h2>${say.heads.tiling}</h2><p>${say.notes.noZones}</p>`;
  const area = (value: number): string => `<td>${decimal(language, value, 1, 1)}</td>`;
  const rows = head.tiling.parents
    .slice(0, MOST_GAPS)
    .map(
      (one) =>
        `<tr><td class="text">${escape(one.zone.name)}</td><td class="text">${one.children} ${words[language].zoneLevel[one.children_level]}</td>${area(one.area_m2)}${area(one.covered_m2)}${area(one.hole_m2)}${area(one.overlap_m2)}${area(one.outside_m2)}<td${one.tiles ? '' : ' class="short"'}>${one.tiles ? say.yes : say.no}</td></tr>`,
    );
  return `<h2>${say.heads.tiling}</h2><p class="note">${say.notes.tiling}</p>
<table>${headRow([columns.zone, columns.children, columns.area, columns.covered, columns.hole, columns.overlap, columns.outside, columns.tiles], 2)}<tbody>${rows.join('')}</tbody></table>`;
}

function rulesPart({ head, language }: Page): string {
  const say = pageWords[language];
  const needs = [
    ...grouped(
      head.rules.roles.filter(({ required }) => required),
      ({ role }) => role,
    ),
  ].map(([role, rules]: [Role, CertificateHead['rules']['roles']]) =>
    say.needs(
      words[language].role[role],
      rules.map((rule) => placeOfRule(language, rule) || '—').join(language === 'zh' ? '；' : '; '),
    ),
  );
  const duties = head.rules.duties.map((rule) => say.rule(rule));
  return `<h2>${say.heads.rules}</h2><div class="rules"><ul>${needs.map((one) => `<li>${escape(one)}</li>`).join('')}</ul><ul>${duties.map((one) => `<li>${escape(one)}</li>`).join('')}</ul></div>`;
}

const roadOf = (language: Language, { road }: CertificateGap | StandingFault): string =>
  road === null
    ? ''
    : `${escape(road.name ?? words[language].unnamed)}${road.external_id ? ` <small>${escape(road.external_id)}</small>` : ''}`;
const spanOf = (language: Language, { from_cm, to_cm }: CertificateGap | StandingFault): string =>
  from_cm === null || to_cm === null
    ? ''
    : `${decimal(language, from_cm / 100, 2)}–${decimal(language, to_cm / 100, 2)}`;
function actorOf(language: Language, { who_acts: { kind, name } }: CertificateGap | StandingFault): string {
  return escape(name ? `${words[language].actor[kind]} ${name}` : words[language].actor[kind]);
}

function gapsPart(page: Page, kind: TalliedKind): string {
  const { head, listed, language } = page;
  const say = pageWords[language];
  const { columns } = say;
  const title = `<h2>${say.gaps(words[language].kind[kind])}</h2>`;
  const gaps = listed[kind];
  if (gaps.length === 0) return `${title}<p>${say.gapsNone}</p>`;
  const what = (gap: CertificateGap): string =>
    kind === 'unheld'
      ? words[language].role[gap.role!]
      : kind === 'unwalked'
        ? escape(words[language].duty[gap.duty!] ?? gap.duty!)
        : words[language].roadClass[gap.road!.class];
  const rows = gaps.map(
    (gap) =>
      `<tr><td class="text">${what(gap)}</td><td class="text">${roadOf(language, gap)}</td><td>${spanOf(language, gap)}</td><td>${gap.sides ? words[language].sides[gap.sides] : ''}</td><td>${decimal(language, gap.length_cm / 100, 2)}</td><td>${gap.since ? timeOf(page, gap.since).slice(0, 10) : words[language].never}</td><td class="text">${escape([gap.town?.name, gap.community?.name].filter(Boolean).join(' '))}</td><td class="text">${actorOf(language, gap)}</td></tr>`,
  );
  const first = kind === 'unheld' ? columns.role : kind === 'unwalked' ? columns.duty : columns.class;
  const cells = [
    first,
    columns.road,
    columns.place,
    columns.sides,
    columns.length,
    columns.since,
    `${columns.town} ${columns.community}`,
    columns.actor,
  ];
  return `${title}${gaps.length < head.listed[kind] ? `<p class="note">${say.gapsPart(decimal(language, gaps.length), decimal(language, head.listed[kind]))}</p>` : ''}
<table class="gaps">${headRow(cells, 2, 2)}<tbody>${rows.join('')}</tbody></table>`;
}

function standingPart(page: Page): string {
  const { head, language } = page;
  const say = pageWords[language];
  const { columns } = say;
  const title = `<h2>${say.heads.standing}</h2>`;
  if (head.standing.length === 0) return `${title}<p>${say.gapsNone}</p>`;
  const shown = head.standing.slice(0, MOST_GAPS);
  const rows = shown.map(
    (one) =>
      `<tr><td class="text">${words[language].kind[one.kind]}</td><td class="text">${escape(words[language].fault[one.fault ?? ''] ?? one.fault ?? '')}</td><td class="text">${roadOf(language, one)}</td><td>${spanOf(language, one)}</td><td>${one.length_cm ? decimal(language, one.length_cm / 100, 2) : ''}</td><td>${one.since ? timeOf(page, one.since).slice(0, 10) : ''}</td><td class="text">${escape([one.town?.name, one.community?.name].filter(Boolean).join(' '))}</td><td class="text">${actorOf(language, one)}</td></tr>`,
  );
  const cells = [
    columns.kind,
    columns.fault,
    columns.road,
    columns.place,
    columns.length,
    columns.since,
    `${columns.town} ${columns.community}`,
    columns.actor,
  ];
  return `${title}${shown.length < head.standing.length ? `<p class="note">${say.gapsPart(decimal(language, shown.length), decimal(language, head.standing.length))}</p>` : ''}
<table class="gaps">${headRow(cells, 3, 2)}<tbody>${rows.join('')}</tbody></table>`;
}

const spaced = (digest: string): string => (digest.match(/.{8}/g) ?? [digest]).join(' ');

function verifyPart(page: Page): string {
  const { head, language } = page;
  const say = pageWords[language];
  const { columns } = say;
  const query = [
    `at=${encodeURIComponent(head.at)}`,
    ...(head.zone ? [`zone_id=${head.zone.id}`] : []),
    ...(head.known_at ? [`known_at=${encodeURIComponent(head.known_at)}`] : []),
  ];
  const [get, canonical, verify, says] = say.howTo as [string, string, string, string];
  const rows = head.inputs.map(
    (one) =>
      `<tr><td class="text">${say.inputs[one.input] ?? one.input}</td><td>${decimal(language, one.rows)}</td><td class="text"><code>${spaced(one.sha256)}</code></td></tr>`,
  );
  return `<section class="verify"><h2>${say.heads.verify}</h2>
<p class="note">${say.notes.verify}</p>
<table>${headRow([columns.input, columns.rows, 'SHA-256'], 1, 1)}<tbody>${rows.join('')}</tbody></table>
<p class="digest">${say.digest}<code>${spaced(head.digest)}</code></p>
<ol><li>${get}<code>GET /api/coverage/certificate?${escape(query.join('&'))}</code></li><li>${canonical}</li><li>${verify}<code>npm run audit -- verify certificate.json</code> ${says}</li></ol></section>`;
}

const inBrackets = (language: Language, text: string): string => (language === 'zh' ? `（${text}）` : ` (${text})`);
