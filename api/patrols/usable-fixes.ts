/**
 * Of the fixes that were sent, those that can be meant: on earth, near the district, one at a time. Kept as they were
 * sent and in the order in which they came; for the matcher in metres and in the order of time.
 */
import type { Crs, Position } from '../geometry/crs.ts';
import type { Fix } from '../network/track.ts';
import { Problem } from '../problems.ts';
import type { DistrictPlace } from '../roads/load-road-network.ts';
import { explainFault, positionFault, type PositionFault } from '../roads/read-position.ts';
import type { DroppedBecause } from './patrols.contract.ts';
import type { Dropped, Gathering, SentTrack } from './read-track/gather-fixes.ts';

export type UsableTrack = {
  /** As sent, in the order in which it came. */
  sent: SentTrack;
  /** In the order of time; seconds since 1970, metres of the district's CRS. */
  fixes: Fix[];
  /** As stated, in the same order; NaN where nothing is. */
  accuracies_m: Float32Array;
  dropped: Dropped[];
  /** Fixes that came after a later one. */
  late: { from_s: number; to_s: number; fixes: number } | null;
};

const reasons: Record<PositionFault, DroppedBecause> = {
  off_earth: 'off_earth',
  zero: 'null_island',
  far_away: 'far_away',
};

/** A round-the-clock shift and half of another; who sends more has joined patrols into one, or a clock went wrong. */
const LONGEST_S = 48 * 3600;

/** @throws Problem `invalid` when fewer than two fixes are left, or they lie more than 48 hours apart. */
export async function usableFixes(gathering: Gathering, declared: Crs, place: DistrictPlace): Promise<UsableTrack> {
  const { track } = gathering;
  const usable: number[] = [];
  const metric: Position[] = [];
  let firstFault: { fault: PositionFault; position: Position } | null = null;
  for (let i = 0; i < track.times.length; i += 1) {
    const position: Position = [track.positions[2 * i]!, track.positions[2 * i + 1]!];
    const wgs84 = declared.toWgs84(position);
    const fault = positionFault(position, declared, wgs84, place);
    if (fault) {
      firstFault ??= { fault, position };
      gathering.countDropped(reasons[fault], track.places[i]!);
    } else {
      usable.push(i);
      metric.push(place.fromWgs84(wgs84));
    }
  }
  const order = Array.from(usable.keys()).sort((a, b) => track.times[usable[a]!]! - track.times[usable[b]!]! || a - b);
  const kept: number[] = [];
  for (const i of order) {
    const before = kept.at(-1);
    if (before !== undefined && track.times[usable[before]!] === track.times[usable[i]!]) {
      gathering.countDropped('same_time', track.places[usable[i]!]!);
    } else kept.push(i);
  }
  await requireTwo(kept.length, gathering.dropped, firstFault, declared, place);
  const fixes = kept.map((i) => fixOf(track, usable[i]!, metric[i]!));
  requireOneWalk(fixes);
  const sentOrder = kept.toSorted((a, b) => a - b).map((i) => usable[i]!);
  return {
    sent: picked(track, sentOrder),
    fixes,
    accuracies_m: Float32Array.from(kept, (i) => track.accuracies_m[usable[i]!]!),
    dropped: gathering.dropped,
    late: lateIn(track.times, sentOrder),
  };
}

function fixOf(track: SentTrack, i: number, [x, y]: Position): Fix {
  const accuracy_m = track.accuracies_m[i]!;
  const fix: Fix = { at_s: track.times[i]! / 1000, x, y };
  if (accuracy_m > 0 && accuracy_m < Infinity) fix.accuracy_m = accuracy_m;
  return fix;
}

async function requireTwo(
  fixes: number,
  dropped: Dropped[],
  first: { fault: PositionFault; position: Position } | null,
  declared: Crs,
  place: DistrictPlace,
): Promise<void> {
  if (fixes >= 2) return;
  const why = dropped.map((one) => `${one.fixes.toLocaleString('en')} ${one.because} (first: ${one.first})`).join(', ');
  const explained = first && (await explainFault(first.fault, first.position, declared, place));
  throw new Problem(
    'invalid',
    `${fixes === 1 ? 'Only one fix' : 'No fix'} of the track can be used${why ? `; left out: ${why}` : ''}.` +
      (explained ? ` The position [${first.position.join(', ')}] in ${declared.name} ${explained.fault}.` : ''),
    {
      hint:
        explained?.hint ??
        'A patrol needs two fixes or more, each with its time (ISO 8601 with an offset) and position.',
      more: { dropped },
    },
  );
}

function requireOneWalk(fixes: Fix[]): void {
  const [first, last] = [fixes[0]!, fixes.at(-1)!];
  if (last.at_s - first.at_s <= LONGEST_S) return;
  const day = (at_s: number): string => new Date(at_s * 1000).toISOString();
  throw new Problem(
    'invalid',
    `The fixes reach from ${day(first.at_s)} to ${day(last.at_s)}; a patrol lasts 48 hours at most.`,
    {
      hint: 'Send each patrol by itself; a single fix with a wrong clock has to be taken out.',
    },
  );
}

/** Fixes that came behind one of a later time. */
function lateIn(times: Float64Array, order: number[]): UsableTrack['late'] {
  let latest = -Infinity;
  let late: UsableTrack['late'] = null;
  for (const i of order) {
    const at = times[i]!;
    if (at >= latest) latest = at;
    else {
      const at_s = at / 1000;
      late = late
        ? { from_s: Math.min(late.from_s, at_s), to_s: Math.max(late.to_s, at_s), fixes: late.fixes + 1 }
        : { from_s: at_s, to_s: at_s, fixes: 1 };
    }
  }
  return late;
}

function picked(track: SentTrack, order: number[]): SentTrack {
  const floats = (values: Float32Array): Float32Array => Float32Array.from(order, (i) => values[i]!);
  const positions = new Float64Array(2 * order.length);
  for (const [to, from] of order.entries()) positions.set(track.positions.subarray(2 * from, 2 * from + 2), 2 * to);
  return {
    times: Float64Array.from(order, (i) => track.times[i]!),
    positions,
    accuracies_m: floats(track.accuracies_m),
    headings_deg: floats(track.headings_deg),
    speeds_m_s: floats(track.speeds_m_s),
    places: Uint32Array.from(order, (i) => track.places[i]!),
  };
}
