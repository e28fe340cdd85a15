/**
 * A few hashes by which copies of a track are known: shifted in time or in place, cut, or sent again by somebody else.
 *
 * Every 16 moves in a row, rounded to a decimetre, make a hash, and the 64 least of a track are kept (the bottom-k sketch
 * of Broder, "On the resemblance and containment of documents", 1997): of a track that is the half of another, about
 * half of that one's hashes are among them. The errors of a receiver never repeat 16 times to the decimetre, so tracks
 * that were walked share none. Standing still gives no moves and so no hash.
 */
import type { Fix } from '../network/track.ts';
import { hashOf } from './hash.ts';

const MOVES = 16;
const KEPT = 64;
/** A way that comes again by chance needs moves that all look alike, as those of a made-up straight line do. */
const LEAST_DIFFERENT = 6;

/** At most 64 whole numbers below 2^52, growing. @param fixes in the order of time, in metres. */
export function sketchOf(fixes: readonly Fix[]): number[] {
  const moves = movesOf(fixes);
  const least: number[] = [];
  const seen = new Set<number>();
  for (let i = 0; i + MOVES <= moves.length; i += 1) {
    if (new Set(moves.slice(i, i + MOVES)).size < LEAST_DIFFERENT) continue;
    const hash = hashOf(moves, i, MOVES);
    if (least.length === KEPT && hash >= least[KEPT - 1]!) continue;
    if (seen.has(hash)) continue;
    seen.add(hash);
    insert(least, hash);
    if (least.length > KEPT) seen.delete(least.pop()!);
  }
  return least;
}

/** Moves of at least a decimetre, east and north in decimetres, as one number each. */
function movesOf(fixes: readonly Fix[]): Int32Array {
  const moves = new Int32Array(fixes.length);
  let count = 0;
  for (let i = 1; i < fixes.length; i += 1) {
    const east = Math.round(10 * (fixes[i]!.x - fixes[i - 1]!.x));
    const north = Math.round(10 * (fixes[i]!.y - fixes[i - 1]!.y));
    if (east !== 0 || north !== 0) moves[count++] = Math.imul(east, 1_000_003) + north;
  }
  return moves.subarray(0, count);
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at -= 1;
  sorted.splice(at, 0, value);
}
