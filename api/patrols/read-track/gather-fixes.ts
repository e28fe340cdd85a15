/**
 * Where the readers of all formats put what they read: flat growing arrays, so that a million fixes are 40 MB and not
 * a million objects, and a tally of what could not be used.
 */
import { Problem } from '../../problems.ts';
import type { DroppedBecause } from '../patrols.contract.ts';

/** A walk of eleven days with a fix each second; whoever sends more has joined many patrols into one file. */
const MOST_FIXES = 1_000_000;

/** What a fix says; NaN where it says nothing. */
export type SentFix = {
  /** Milliseconds since 1970. */
  time: number;
  x: number;
  y: number;
  accuracy_m: number;
  heading_deg: number;
  speed_m_s: number;
};

export type SentTrack = {
  times: Float64Array;
  /** x, y, x, y, … in the declared CRS. */
  positions: Float64Array;
  accuracies_m: Float32Array;
  headings_deg: Float32Array;
  speeds_m_s: Float32Array;
  /** Line or position in the file of each fix, from 1. */
  places: Uint32Array;
};

export type Dropped = { because: DroppedBecause; fixes: number; first: string };

export type Gathering = ReturnType<typeof gatherFixes>;

/**
 * @param unit what `place` counts: 'line', 'position', 'track point'.
 * @param now milliseconds since 1970; fixes from later than a day after it are dropped.
 */
export function gatherFixes(unit: string, now: number) {
  let capacity = 1024;
  let count = 0;
  let seen = 0;
  let track = allocate(capacity);
  const dropped = new Map<DroppedBecause, Dropped>();

  /** @throws Problem `too_large` when there are more than a million. */
  function requireRoom(fixes: number): void {
    if (fixes > MOST_FIXES) {
      throw new Problem('too_large', `The track has more than ${MOST_FIXES.toLocaleString('en')} fixes.`, {
        hint: 'Send each patrol by itself: a day with a fix each second has 86,400. Nothing was kept.',
      });
    }
  }

  function countDropped(because: DroppedBecause, place: number, fixes = 1): void {
    const before = dropped.get(because);
    if (before) before.fixes += fixes;
    else dropped.set(because, { because, fixes, first: `${unit} ${place}` });
  }

  return {
    /** For readers that hold fixes back until they know more of them. */
    requireRoom,
    add(fix: SentFix, place: number): void {
      requireRoom((seen += 1));
      const because = faultOf(fix, now);
      if (because) return countDropped(because, place);
      if (count === capacity) track = moved(track, (capacity *= 2));
      track.times[count] = fix.time;
      track.positions[2 * count] = fix.x;
      track.positions[2 * count + 1] = fix.y;
      track.accuracies_m[count] = fix.accuracy_m;
      track.headings_deg[count] = fix.heading_deg;
      track.speeds_m_s[count] = fix.speed_m_s;
      track.places[count] = place;
      count += 1;
    },
    drop(because: DroppedBecause, place: number): void {
      requireRoom((seen += 1));
      countDropped(because, place);
    },
    /** Of a fix that was read. */
    countDropped,
    get track(): SentTrack {
      return part(track, count);
    },
    get dropped(): Dropped[] {
      return [...dropped.values()];
    },
  };
}

const DAY_MS = 86_400_000;
/** Patrols of before 2000 were not tracked by phones; 1970 and 1980 are clocks that were never set. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);

function faultOf({ time, x, y, accuracy_m }: SentFix, now: number): DroppedBecause | null {
  if (Number.isNaN(time)) return 'no_time';
  if (time < EARLIEST_MS || time > now + DAY_MS) return 'impossible_time';
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 'no_position';
  if (accuracy_m < 0) return 'invalid_by_device'; // iOS says so with a radius below zero
  return null;
}

const allocate = (length: number): SentTrack => ({
  times: new Float64Array(length),
  positions: new Float64Array(2 * length),
  accuracies_m: new Float32Array(length),
  headings_deg: new Float32Array(length),
  speeds_m_s: new Float32Array(length),
  places: new Uint32Array(length),
});

function moved(track: SentTrack, length: number): SentTrack {
  const larger = allocate(length);
  for (const name of Object.keys(track) as (keyof SentTrack)[]) larger[name].set(track[name]);
  return larger;
}

const part = (track: SentTrack, count: number): SentTrack => ({
  times: track.times.slice(0, count),
  positions: track.positions.slice(0, 2 * count),
  accuracies_m: track.accuracies_m.slice(0, count),
  headings_deg: track.headings_deg.slice(0, count),
  speeds_m_s: track.speeds_m_s.slice(0, count),
  places: track.places.slice(0, count),
});
