/** Times as trackers write them. */

/** ISO 8601 with seconds, with or without a fraction and an offset. */
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|z|[+-]\d\d:?\d\d|[+-]\d\d)?$/;

/**
 * Milliseconds since 1970, or NaN for what is no moment. Numbers are seconds since 1970 below 10^11 (the year 5138) and
 * milliseconds from there on (1973).
 *
 * @param zoneless what a time without an offset means: 'utc' where the format says so (GPX), else 'nothing', because a
 *   time of eight hours off puts a patrol on the wrong day.
 */
export function readTime(value: unknown, zoneless: 'utc' | 'nothing'): number {
  if (typeof value === 'number') return Math.abs(value) < 1e11 ? value * 1000 : value;
  if (typeof value !== 'string') return NaN;
  const parts = iso.exec(value.trim());
  if (!parts) return NaN;
  const [, year, month, day, hour, minute, second, fraction, offset] = parts;
  if (offset === undefined && zoneless === 'nothing') return NaN;
  if (+hour! > 23 || +minute! > 59 || +second! > 60) return NaN; // 60 is a leap second
  const date = Date.UTC(+year!, +month! - 1, +day!);
  // A 30th of February would be the 2nd of March.
  if (new Date(date).getUTCDate() !== +day! || +month! > 12) return NaN;
  const within = (+hour! * 60 + +minute!) * 60_000 + +second! * 1000;
  return date + within + (fraction ? +`0.${fraction}` * 1000 : 0) - offsetOf(offset);
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text === 'Z' || text === 'z') return 0;
  const digits = text.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return (text[0] === '-' ? -1 : 1) * minutes * 60_000;
}
