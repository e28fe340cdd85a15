/** A track as the table keeps it: little-endian numbers in bytes (migrations/0002_patrols.sql), and back as fixes. */
import type { Crs } from '../geometry/crs.ts';
import type { Fix } from '../network/track.ts';
import type { SentTrack } from './read-track/gather-fixes.ts';

export type RawTrack = {
  sent_crs: string;
  sent_times: Uint8Array;
  sent_positions: Uint8Array;
  sent_accuracies_m: Uint8Array | null;
  sent_headings_deg: Uint8Array | null;
  sent_speeds_m_s: Uint8Array | null;
};

export function rawTrack(sent: SentTrack): Omit<RawTrack, 'sent_crs'> {
  return {
    sent_times: bytes(sent.times),
    sent_positions: bytes(sent.positions),
    sent_accuracies_m: bytesOfSome(sent.accuracies_m),
    sent_headings_deg: bytesOfSome(sent.headings_deg),
    sent_speeds_m_s: bytesOfSome(sent.speeds_m_s),
  };
}

/** The fixes in the order of time, at seconds since 1970, their positions through `transform`. */
export function fixesOf(raw: RawTrack, transform: Crs['toWgs84']): Fix[] {
  const times = doubles(raw.sent_times);
  const positions = doubles(raw.sent_positions);
  const accuracies = raw.sent_accuracies_m && floats(raw.sent_accuracies_m);
  const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  return order.map((i) => {
    const [x, y] = transform([positions[2 * i]!, positions[2 * i + 1]!]);
    const accuracy_m = accuracies?.[i] ?? NaN;
    const fix: Fix = { at_s: times[i]! / 1000, x, y };
    if (accuracy_m > 0 && accuracy_m < Infinity) fix.accuracy_m = accuracy_m;
    return fix;
  });
}

const bytes = ({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
const bytesOfSome = (values: Float32Array): Uint8Array | null => (values.every(Number.isNaN) ? null : bytes(values));

/** Copied, because what comes from the database need not begin at a multiple of eight. */
const doubles = (from: Uint8Array): Float64Array => new Float64Array(Uint8Array.from(from).buffer);
const floats = (from: Uint8Array): Float32Array => new Float32Array(Uint8Array.from(from).buffer);
