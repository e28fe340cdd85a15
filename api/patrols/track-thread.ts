/**
 * Reads and matches tracks in a thread of its own: 200,000 fixes are seconds of work, and on the main thread they would
 * stop every request. One job at a time, in the order they came.
 */
import { parentPort } from 'node:worker_threads';
import { readCrs } from '../geometry/crs.ts';
import type { Extent } from '../geometry/extent.ts';
import { createTrackMatcher, type TrackMatcher } from '../network/match-track.ts';
import type { Network } from '../network/network.ts';
import type { Fix } from '../network/track.ts';
import { Problem } from '../problems.ts';
import type { DistrictPlace } from '../roads/load-road-network.ts';
import { genuinenessOf, type Doubt } from './genuineness.ts';
import { matchedRows, type MatchedRows } from './matched.ts';
import { fixesOf, rawTrack, type RawTrack } from './raw-track.ts';
import type { Dropped } from './read-track/gather-fixes.ts';
import { readTrack, type TrackFormat } from './read-track/read-track.ts';
import { sketchOf } from './sketch.ts';
import { trackOnWire } from './track-on-wire.ts';
import { usableFixes } from './usable-fixes.ts';

/** A place without its functions, which cannot be sent. */
export type SentPlace = { srid: number; definition: string; extent: Extent | null };

export type UploadedTrack = {
  raw: Omit<RawTrack, 'sent_crs'>;
  fixes: number;
  started_s: number;
  ended_s: number;
  /** Box in metres of the district's CRS. */
  extent: [number, number, number, number];
  dropped: Dropped[];
  doubts: Doubt[];
  sketch: number[];
  matched: MatchedRows;
};

export type Jobs = {
  /** The roads to match with from now on. */
  network: { ask: { network: Network }; answer: null };
  upload: {
    ask: { path: string; format: TrackFormat; crs: string; place: SentPlace; now: number };
    answer: UploadedTrack;
  };
  match: { ask: { raw: RawTrack; crs: string; place: SentPlace }; answer: MatchedRows };
  show: { ask: { id: number; raw: RawTrack; crs: string }; answer: string };
};
export type JobName = keyof Jobs;

const port = parentPort!;
let roads: { network: Network; matcher: TrackMatcher } | null = null;

const work: { [Name in JobName]: (ask: Jobs[Name]['ask']) => Promise<Jobs[Name]['answer']> | Jobs[Name]['answer'] } = {
  network({ network }) {
    roads = null; // should the next line fail, nothing may be matched with the roads of before
    roads = { network, matcher: createTrackMatcher(network) };
    return null;
  },
  upload: ({ path, format, crs, place, now }) => upload(path, format, crs, placeOf(place), now),
  match: ({ raw, crs, place }) => {
    const { fromWgs84 } = placeOf(place);
    const { toWgs84 } = readCrs(crs);
    return match(fixesOf(raw, (position) => fromWgs84(toWgs84(position))));
  },
  show: ({ id, raw, crs }) => JSON.stringify(trackOnWire(id, raw, crs)),
};

const match = (fixes: readonly Fix[]): MatchedRows => matchedRows(roads!.network, fixes, roads!.matcher(fixes));

async function upload(
  path: string,
  format: TrackFormat,
  crs: string,
  place: DistrictPlace,
  now: number,
): Promise<UploadedTrack> {
  const declared = readCrs(crs);
  const { sent, fixes, accuracies_m, dropped, late } = await usableFixes(
    await readTrack(path, format, now),
    declared,
    place,
  );
  const box: UploadedTrack['extent'] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of fixes) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return {
    raw: rawTrack(sent),
    fixes: fixes.length,
    started_s: fixes[0]!.at_s,
    ended_s: fixes.at(-1)!.at_s,
    extent: box,
    dropped,
    doubts: genuinenessOf(fixes, accuracies_m, late),
    sketch: sketchOf(fixes),
    matched: match(fixes),
  };
}

function placeOf({ srid, definition, extent }: SentPlace): DistrictPlace {
  const { toWgs84, fromWgs84 } = readCrs(definition);
  return { srid, definition, extent, toWgs84, fromWgs84 };
}

let queue: Promise<void> = Promise.resolve();
port.on('message', ({ number, job, ask }: { number: number; job: JobName; ask: never }) => {
  queue = queue.then(async () => {
    try {
      port.postMessage({ number, answer: await work[job](ask) });
    } catch (error) {
      port.postMessage({ number, ...failure(error) });
    }
  });
});

/** A problem crosses as its members: an error would come over as a plain one. */
function failure(error: unknown): object {
  if (error instanceof Problem) {
    const { kind, message, hint, errors, more } = error;
    return { problem: { kind, message, hint, errors, more } };
  }
  return { failed: error };
}
