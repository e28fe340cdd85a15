/** A certificate and a verification as lines for a terminal. */
import { roleKeys } from '../../api/http/shapes.ts';
import type { Certificate, CertificateGap, LaterChanges } from '../../api/coverage/certificate.contract.ts';
import type { Difference } from '../../api/coverage/compare-certificates.ts';
import { pageWords } from '../../api/coverage/certificate-words.ts';
import { dayAndTime, decimal, share, sideMetres, words, type Language } from '../../api/coverage/words.ts';
import { auditWords } from './audit-words.ts';

type Sum = { required: number; met: number; missing: number };
const NOTHING: Sum = { required: 0, met: 0, missing: 0 };
const added = (lines: Sum[]): Sum =>
  lines.reduce(
    (a, b) => ({ required: a.required + b.required, met: a.met + b.met, missing: a.missing + b.missing }),
    NOTHING,
  );

export function summaryLines(certificate: Certificate, language: Language): string[] {
  const say = auditWords[language];
  const { district, zone, tiling, segments, totals } = certificate;
  const row = (name: string, sum: Sum): string[] => [
    name,
    sideMetres(language, sum.required),
    sideMetres(language, sum.met),
    sideMetres(language, sum.missing),
    share(language, sum.met, sum.required),
  ];
  const duties = [...new Set(certificate.unwalked.map(({ duty }) => duty))];
  const rows = [
    [...say.heads],
    row(say.what.unheld, totals.unheld),
    ...roleKeys.flatMap((role) => {
      const lines = certificate.unheld.filter((line) => line.role === role);
      return lines.length === 0 ? [] : [row(`  ${words[language].role[role]}`, added(lines))];
    }),
    row(say.what.unwalked, totals.unwalked),
    ...duties.map((duty) =>
      row(`  ${words[language].duty[duty] ?? duty}`, added(certificate.unwalked.filter((line) => line.duty === duty))),
    ),
    row(say.what.unzoned, totals.unzoned),
  ];
  const time = (moment: string): string => dayAndTime(district.time_zone, moment);
  const failing = tiling.parents.filter(({ tiles }) => !tiles).length;
  const checked = certificate.identities.reduce((sum, one) => sum + one.checked, 0);
  const name = (language === 'en' && district.name_en) || district.name;
  return [
    `${say.title} · ${name} · ${zone ? `${zone.name} (${zone.code})` : say.whole}`,
    `${say.at} ${time(certificate.at)} (${district.time_zone})${certificate.known_at ? ` · ${say.knownAt} ${time(certificate.known_at)}` : ''}`,
    '',
    ...table(rows),
    '',
    say.gaps(decimal(language, certificate.gaps.length)),
    say.standing(decimal(language, certificate.standing.length)),
    say.tiling(tiling.parents.length, failing),
    say.segments(decimal(language, segments.roads), decimal(language, segments.length_cm / 100, 2)),
    say.identities(decimal(language, checked)),
    ...[...new Set(certificate.warnings.map(({ code }) => code))].map(
      (code) => `! ${pageWords[language].warning[code]}`,
    ),
    `${say.digest} ${certificate.digest}`,
  ];
}

/** Columns side by side, the first to the left, figures to the right; Chinese is two columns wide. */
function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]!))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const blanks = ' '.repeat(widths[column]! - widthOf(cell));
        return column === 0 ? cell + blanks : blanks + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (text: string): number =>
  Array.from(text).reduce(
    (width, letter) => width + (/[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60]/.test(letter) ? 2 : 1),
    0,
  );

/** Gaps of a list that are shown; the others are counted. */
const MOST_SHOWN = 10;

export function differenceLines(difference: Difference, language: Language): string[] {
  const say = auditWords[language];
  const shown = (title: string, gaps: string[]): string[] =>
    gaps.length === 0
      ? []
      : [
          `  ${title}`,
          ...gaps.slice(0, MOST_SHOWN).map((line) => `    ${line}`),
          ...(gaps.length > MOST_SHOWN ? [`    ${say.more(gaps.length - MOST_SHOWN)}`] : []),
        ];
  const gapLine = (gap: CertificateGap): string => {
    const { role, roadClass, duty, sides, unnamed, kind } = words[language];
    const what = gap.duty ? (duty[gap.duty] ?? gap.duty) : gap.role ? role[gap.role] : roadClass[gap.road!.class];
    const metres = `${decimal(language, gap.from_cm! / 100, 2)}–${decimal(language, gap.to_cm! / 100, 2)} m`;
    return `${kind[gap.kind]} · ${what} · ${gap.road!.name ?? unnamed} ${metres} ${gap.sides ? sides[gap.sides] : ''}`;
  };
  return [
    ...difference.inputs.map(({ input, rows }) => `  ${say.input(pageWords[language].inputs[input] ?? input, rows)}`),
    ...difference.totals.map(
      ({ kind, figure, side_cm: [file, now] }) =>
        `  ${say.figure(say.what[kind], say.figureNames[figure], sideMetres(language, file), sideMetres(language, now))}`,
    ),
    ...shown(say.appeared(difference.appeared.length), difference.appeared.map(gapLine)),
    ...shown(say.vanished(difference.vanished.length), difference.vanished.map(gapLine)),
    ...shown(
      say.changed(difference.changed.length),
      difference.changed.map(({ file, now }) => `${gapLine(file)} → ${gapLine(now)}`),
    ),
    ...(difference.members.length > 0 ? [`  ${say.members(difference.members.join(', '))}`] : []),
  ];
}

export function laterLines(
  { count, changes, patrols, patrol_count }: LaterChanges,
  time_zone: string,
  language: Language,
): string[] {
  const say = auditWords[language];
  if (count + patrol_count === 0) return [say.laterNone];
  const time = (moment: string): string => dayAndTime(time_zone, moment);
  return [
    say.later(count, patrol_count),
    ...changes
      .slice(0, MOST_SHOWN)
      .map(({ at, actor, kind, note }) => `  ${time(at)} · ${actor} · ${kind}${note ? ` · ${note}` : ''}`),
    ...(count > MOST_SHOWN ? [`  ${say.more(count - MOST_SHOWN)}`] : []),
    ...patrols
      .slice(0, MOST_SHOWN)
      .map(({ chief, started_at, received_at }) => `  ${say.patrol(chief, time(started_at), time(received_at))}`),
    ...(patrol_count > MOST_SHOWN ? [`  ${say.more(patrol_count - MOST_SHOWN)}`] : []),
  ];
}

/** Which thresholds are not met, one line each. */
export function unmet(
  { totals, standing, tiling }: Certificate,
  limits: { min_held?: number; min_walked?: number; max_missing_m?: number; max_standing?: number; tiling: boolean },
  language: Language,
): string[] {
  const say = auditWords[language];
  const below = (name: string, { required, met }: Sum, least: number | undefined): string[] => {
    if (least === undefined) return [];
    if (required === 0) return [say.nothing(name)];
    return met * 100 >= least * required ? [] : [say.percent(name, share(language, met, required), String(least))];
  };
  const missing = totals.unheld.missing + totals.unzoned.missing;
  const loose = tiling.parents.filter(({ tiles }) => !tiles).map(({ zone }) => zone.name);
  return [
    ...below(say.held, totals.unheld, limits.min_held),
    ...below(say.walked, totals.unwalked, limits.min_walked),
    ...(limits.max_missing_m !== undefined && missing > limits.max_missing_m * 200
      ? [say.metres(sideMetres(language, missing), String(limits.max_missing_m))]
      : []),
    ...(limits.max_standing !== undefined && standing.length > limits.max_standing
      ? [say.faults(standing.length, limits.max_standing)]
      : []),
    ...(limits.tiling && loose.length > 0 ? [say.notTiling(loose.join(', '))] : []),
  ];
}
