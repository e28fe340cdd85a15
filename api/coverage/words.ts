/** What only the certificate and the exports say, Chinese first, beside the names that the screens have too. */
import { names, type Language, type Names } from '../names.ts';
import { percent } from '../http/units.ts';
import type { GapKind } from './coverage.contract.ts';

export type { Language };

export type Words = Names & {
  /** In full: a file is read far from the screen that explains the word. */
  kind: Record<GapKind, string>;
  never: string;
};

export const words: Record<Language, Words> = {
  zh: {
    ...names.zh,
    kind: {
      unheld: '岗位空缺',
      unwalked: '巡查未到位',
      unzoned: '未划入社区',
      unregistered: '道路未登记',
      inventory: '台账差错',
    },
    never: '从未',
  },
  en: {
    ...names.en,
    kind: {
      unheld: 'Unheld',
      unwalked: 'Not walked',
      unzoned: 'In no community',
      unregistered: 'Unregistered road',
      inventory: 'Register fault',
    },
    never: 'never',
  },
};

/** A number with separators, the decimals it has up to `most`. */
export function decimal(language: Language, value: number, least = 0, most = 3): string {
  return value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

/** Side-centimetres as metres of road: exact, so with three decimals. */
export const sideMetres = (language: Language, side_cm: number): string => decimal(language, side_cm / 200, 3);

/** Nothing required is no share. */
export function share(language: Language, met: number, required: number): string {
  const value = percent(met, required);
  return value === null ? '—' : `${decimal(language, value, 2, 2)}%`;
}

/** `2026-05-01 08:30` in the district's time zone. */
export function dayAndTime(time_zone: string, moment: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: time_zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(moment));
  const part = (type: string): string => parts.find((one) => one.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
