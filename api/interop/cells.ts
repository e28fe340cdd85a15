/** What stands in the cells of a row, read as the domain needs it, or refused with the reason. */
import { roleKeys, type Role, type Sides, type ZoneLevel } from '../http/shapes.ts';
import type { IssueStatus } from '../issues/issues.contract.ts';
import type { RoadStatus } from '../roads/take-roads.ts';

/** The row cannot be taken; the message is the reason that the report gives. */
export class RowRefused extends Error {}

/** The cell of one of our columns in the row at hand; undefined where the file has no such column. */
export type Cells = (column: string) => unknown;

/** Trimmed text, or null for an empty cell. Numbers become text as they are: codes and ids often come as numbers. */
export function text(cells: Cells, column: string, most = 200): string | null {
  const cell = cells(column);
  if (cell === null || cell === undefined) return null;
  const written = (typeof cell === 'object' ? JSON.stringify(cell) : String(cell)).normalize('NFC').trim();
  if (written === '') return null;
  if (/[\0\p{Surrogate}]/u.test(written))
    throw new RowRefused(`${column} has a character that cannot be stored (U+0000 or half a character)`);
  if (written.length > most)
    throw new RowRefused(`${column} has ${written.length} characters; at most ${most} are kept`);
  return written;
}

export function requiredText(cells: Cells, column: string, most?: number): string {
  const found = text(cells, column, most);
  if (found === null) throw new RowRefused(`${column} is empty`);
  return found;
}

/** A finite number, or null for an empty cell. */
export function number(cells: Cells, column: string, least: number, most: number): number | null {
  const written = text(cells, column);
  if (written === null) return null;
  const value = Number(written.replace(',', '.'));
  if (!Number.isFinite(value)) throw new RowRefused(`${column} is "${written}"; a number was expected`);
  if (value < least || value > most) throw new RowRefused(`${column} is ${written}; expected ${least} to ${most}`);
  return value;
}

const truths: Record<string, boolean> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  是: true,
  有: true,
  党员: true,
  中共党员: true,
  预备党员: true,
  中共预备党员: true,
  '✓': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
  否: false,
  无: false,
  非党员: false,
  群众: false,
  团员: false,
  共青团员: false,
  民主党派: false,
  无党派人士: false,
};

/** false for an empty cell. */
export function boolean(cells: Cells, column: string): boolean {
  const written = text(cells, column);
  if (written === null) return false;
  const value = truths[written.toLowerCase()];
  if (value === undefined) throw new RowRefused(`${column} is "${written}"; expected true or false (是 or 否)`);
  return value;
}

/** One of a table of words, whatever their case; null for an empty cell. */
export function word<Word extends string>(cells: Cells, column: string, words: Record<string, Word>): Word | null {
  const written = text(cells, column);
  return written === null ? null : wordFor(written, column, words);
}

/** @throws RowRefused naming the words that are known. */
export function wordFor<Word extends string>(written: string, column: string, words: Record<string, Word>): Word {
  const key = written.toLowerCase().replace(/[\s-]+/g, '_');
  const found = Object.hasOwn(words, key) ? words[key] : Object.hasOwn(words, written) ? words[written] : undefined;
  if (found) return found;
  const known = Object.entries(words).map(([zh, own]) => (zh === own ? own : `${own} ${zh}`));
  throw new RowRefused(`${column} is "${written}"; expected one of ${[...new Set(known)].slice(0, 24).join(', ')}`);
}

const same = <Word extends string>(keys: readonly Word[]): Record<string, Word> =>
  Object.fromEntries(keys.map((key) => [key, key]));

export const roleWords: Record<string, Role> = {
  ...same(roleKeys),
  总路长: 'general',
  镇街一级路长: 'town_l1',
  街道一级路长: 'town_l1',
  城管一级路长: 'management_l1',
  社区二级路长: 'community_l2',
  城管二级路长: 'management_l2',
  数字化采集员: 'management_l2',
  '城管二级路长(数字化采集员)': 'management_l2',
  '城管二级路长（数字化采集员）': 'management_l2',
  环卫二级路长: 'sanitation_l2',
};

export const levelWords: Record<string, ZoneLevel> = {
  ...same(['district', 'town', 'community', 'grid', 'bureau'] as const),
  county: 'district',
  subdistrict: 'town',
  village: 'community',
  区: 'district',
  县: 'district',
  区县: 'district',
  镇街: 'town',
  街道: 'town',
  镇: 'town',
  乡镇: 'town',
  街镇: 'town',
  社区: 'community',
  村: 'community',
  村居: 'community',
  居委会: 'community',
  网格: 'grid',
  牵头区域: 'bureau',
  城管牵头区域: 'bureau',
};

export const statusWords: Record<string, RoadStatus> = {
  ...same(['planned', 'built', 'handed_over'] as const),
  规划: 'planned',
  在建: 'planned',
  未建: 'planned',
  建设中: 'planned',
  已建: 'built',
  建成: 'built',
  已建成: 'built',
  未移交: 'built',
  已移交: 'handed_over',
  移交: 'handed_over',
  已交付: 'handed_over',
  交付使用: 'handed_over',
  已建成并交付使用: 'handed_over',
};

export const sidesWords: Record<string, Sides> = {
  ...same(['left', 'right', 'both'] as const),
  左: 'left',
  左侧: 'left',
  右: 'right',
  右侧: 'right',
  双侧: 'both',
  两侧: 'both',
  全部: 'both',
};

export const issueStatusWords: Record<string, IssueStatus> = {
  ...same(['reported', 'filed', 'dispatched', 'resolved', 'closed', 'void'] as const),
  已上报: 'reported',
  上报: 'reported',
  已立案: 'filed',
  立案: 'filed',
  已派遣: 'dispatched',
  派遣: 'dispatched',
  已处置: 'resolved',
  处置: 'resolved',
  已结案: 'closed',
  结案: 'closed',
  作废: 'void',
};

/**
 * A moment as PostgreSQL reads it: ISO 8601, with the offset that stands there or without one, which is then the
 * district's time zone, as it is for a bare day. Also 2024/5/1, 2024年5月1日 and times behind them; null for an empty cell.
 */
export function moment(cells: Cells, column: string): string | null {
  const written = text(cells, column);
  if (written === null) return null;
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}(?:\.\d+)?)秒?|分)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      written,
    );
  if (!found) {
    throw new RowRefused(
      `${column} is "${written.slice(0, 40)}"; expected a day or time such as 2024-05-01 or 2024-05-01T08:30:00+08:00`,
    );
  }
  const [year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone = ''] = found.slice(1);
  const two = (digits: string): string => digits.padStart(2, '0');
  const calendar = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const possible =
    calendar.getUTCMonth() === Number(month) - 1 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!possible) throw new RowRefused(`${column} is "${written}"; there is no such day or time`);
  if (Number(year) < 1900 || Number(year) > 2200)
    throw new RowRefused(`${column} is "${written}"; expected a year from 1900 to 2200`);
  const [whole = '', fraction] = second.split('.');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(whole)}${fraction ? `.${fraction.slice(0, 6)}` : ''}${zone.toUpperCase()}`;
}
