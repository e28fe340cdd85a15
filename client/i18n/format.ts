/** Metres, shares and moments in words. Everything through Intl, in the time zone of the district. */
import type { Language } from '../state/state.ts';

const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };
const units: Record<Language, { m: string; km: string }> = { zh: { m: '米', km: '公里' }, en: { m: 'm', km: 'km' } };

const formats = new Map<string, Intl.NumberFormat>();
function number(language: Language, value: number, options: Intl.NumberFormatOptions): string {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locales[language], options)));
  return format.format(value);
}

export function count(language: Language, value: number): string {
  return number(language, value, { maximumFractionDigits: 0 });
}

/** A length to read at a glance: `7.25 米`, `823 米`, `1.24 公里`, `186 公里`. */
export function length(language: Language, metres: number): string {
  const [value, unit] = lengthParts(language, metres);
  return `${value} ${unit}`;
}

/** The same as number and unit, to be set in different sizes. */
export function lengthParts(language: Language, metres: number): [value: string, unit: string] {
  const { m, km } = units[language];
  const size = Math.abs(metres);
  if (size < 10) return [number(language, metres, { maximumFractionDigits: 2 }), m];
  if (size < 999.5) return [number(language, metres, { maximumFractionDigits: 0 }), m];
  return [number(language, metres / 1000, { maximumFractionDigits: size < 99_950 ? (size < 9_995 ? 2 : 1) : 0 }), km];
}

/** A length to the centimetre: `1,240.50 米`; whole metres without decimals. */
export function exactLength(language: Language, metres: number): string {
  return `${exactMetres(language, metres)} ${units[language].m}`;
}

export function exactMetres(language: Language, metres: number): string {
  const whole = Math.abs(metres - Math.round(metres)) < 0.005;
  return number(language, metres, { minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: whole ? 0 : 2 });
}

/** `+820 米`, `−120 米`, `0 米`. */
export function signedLength(language: Language, metres: number): string {
  const sign = metres > 0 ? '+' : metres < 0 ? '−' : '';
  return `${sign}${exactLength(language, Math.abs(metres))}`;
}

/**
 * A share in percent. 100 % is said only where nothing is missing: 99.97 rounds to `99.9 %`, not to a full house, and
 * so at the other end. null: nothing is required, so there is no share.
 */
export function percent(language: Language, value: number | null): string {
  if (value === null) return '—';
  const honest = value < 100 ? Math.min(value, 99.9) : value;
  const shown = honest > 0 ? Math.max(honest, 0.1) : 0;
  return `${number(language, shown, { maximumFractionDigits: 1 })}%`;
}

export function probability(language: Language, share: number): string {
  return number(language, share, { style: 'percent', maximumFractionDigits: 0 });
}

/**
 * Metres as people type them: `820`, `820.5 m`, `1,240.50 米`, full-width digits, or a chainage as on stakes and
 * drawings, `K1+240.5`. Rounded to the centimetre; null where it is none of these.
 */
export function parseMetres(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,]/g, '')
    .replace(/(m|米|metres?)$/i, '');
  const stake = /^K(\d+)\+(\d{1,3}(?:\.\d+)?)$/i.exec(plain);
  if (stake) return toCentimetre(Number(stake[1]) * 1000 + Number(stake[2]));
  const kilometres = /^(\d+(?:\.\d+)?|\.\d+)(km|公里|千米|k)$/i.exec(text.normalize('NFKC').replace(/[\s,]/g, ''));
  if (kilometres) return toCentimetre(Number(kilometres[1]) * 1000);
  return /^(\d+(\.\d*)?|\.\d+)$/.test(plain) ? toCentimetre(Number(plain)) : null;
}

function toCentimetre(metres: number): number {
  return Math.round(metres * 100) / 100;
}

let zone = 'Asia/Shanghai';
/** The district's time zone, known once its settings are. */
export function setTimeZone(name: string): void {
  zone = name;
  dates.clear();
}

const dates = new Map<string, Intl.DateTimeFormat>();
function date(language: Language, value: string | Date, options: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(options);
  let format = dates.get(key);
  if (!format) dates.set(key, (format = new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options })));
  return format.format(typeof value === 'string' ? new Date(value) : value);
}

export function day(language: Language, moment: string | Date): string {
  return date(language, moment, { year: 'numeric', month: 'short', day: 'numeric' });
}

export function shortDay(language: Language, moment: string | Date): string {
  return date(language, moment, { month: 'short', day: 'numeric' });
}

export function dayAndTime(language: Language, moment: string | Date): string {
  return date(language, moment, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** `08:31:05` in the district. */
export function clock(language: Language, moment: string | Date): string {
  return date(language, moment, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

/** The day of the month alone, where a row of days stands together. */
export function dayOfMonth(language: Language, moment: string | Date): string {
  return date(language, moment, { day: 'numeric' });
}

/** How long something lasted, in its two largest units: hours, minutes, seconds, of which those that are nothing are left out. */
export function durationParts(seconds: number): ['h' | 'min' | 's', number][] {
  const rounded = Math.round(seconds) < 3600 ? Math.round(seconds) : Math.round(seconds / 60) * 60;
  const parts: ['h' | 'min' | 's', number][] = [
    ['h', Math.floor(rounded / 3600)],
    ['min', Math.floor((rounded % 3600) / 60)],
    ['s', rounded % 60],
  ];
  const told = parts.filter(([, value]) => value > 0);
  return told.length > 0 ? told : [['s', 0]];
}

/** A small number to one decimal, such as a speed. */
export function decimal(language: Language, value: number): string {
  return number(language, value, { maximumFractionDigits: 1 });
}

/** Today in the district as YYYY-MM-DD; `back` days earlier when given. */
export function today(back = 0, now: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(new Date(now.getTime() - back * 86_400_000));
}
