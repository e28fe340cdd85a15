/** What the matcher found, as rows of the tables. */
import { lineToWkb, pairs } from '../geometry/wkb.ts';
import type { Network } from '../network/network.ts';
import { offRoadWalks } from '../network/off-road.ts';
import type { Fix, TrackMatch } from '../network/track.ts';

/** Matched rows as JSON texts: made in the worker, they pass the main thread as they are. */
export type MatchedRows = { passes: string; estimate: string | null; unmatched: string; off_road: string };

/** Of a track whose times are seconds since 1970; a pass shorter than a centimetre is none. */
export function matchedRows(
  network: Network,
  fixes: readonly Fix[],
  { passes, estimate, unmatched }: TrackMatch,
): MatchedRows {
  const rows = passes
    .map((pass) => ({
      road_id: network.roadIds[pass.road]!,
      from_cm: Math.max(0, Math.round(pass.from_cm)),
      to_cm: Math.min(network.roadLengths_cm[pass.road]!, Math.round(pass.to_cm)),
      from_s: pass.from_s,
      to_s: pass.to_s,
      direction: pass.direction,
      confidence: Math.min(1, Math.max(0, pass.confidence)),
    }))
    .filter(({ from_cm, to_cm }) => from_cm < to_cm);
  return {
    passes: JSON.stringify(rows.map((row, number) => ({ number, ...row }))),
    // Far from every road the track tells nothing about its errors.
    estimate: estimate && Object.values(estimate).every(Number.isFinite) ? JSON.stringify(estimate) : null,
    unmatched: JSON.stringify(
      unmatched.map(({ from_s, to_s, because }) => ({ from: momentText(from_s), to: momentText(to_s), because })),
    ),
    off_road: JSON.stringify(
      offRoadWalks(fixes, unmatched).map(({ from_s, to_s, coordinates }, number) => ({
        number,
        from_s,
        to_s,
        wkb: lineToWkb(pairs(coordinates)),
      })),
    ),
  };
}

export const momentText = (at_s: number): string => new Date(Math.round(at_s * 1000)).toISOString();
