/**
 * A track made ready for matching: fixes a second apart tell little more than one in twelve seconds, and cost twelve times
 * as much, so they are gathered; what no walker does cuts the track into legs.
 */
import type { Fix, Unmatched } from './track.ts';
import type { Observation } from './trellis.ts';

/** Fixes within it become one observation. A walker makes 17 m in it, less than a block. */
const GATHERED_S = 12;
/** After as long without a fix nothing is known of the way between: a walker makes 200 m. */
const LONGEST_GAP_S = 150;
/** A fix off the line between its neighbours by so much, and as fast, is a device's mistake; a fast express train is not on foot. */
const JUMP_M = 150;
const JUMP_M_S = 15;

export type Leg = Observation[];

/** Whole: what a track says of its own rhythm and of the error that differs from fix to fix. */
export type Observed = { legs: Leg[]; unmatched: Unmatched[]; interval_s: number; white_m: number };

/** @param fixes in order of time, no two at one time. */
export function observe(fixes: readonly Fix[]): Observed {
  const unmatched: Unmatched[] = [];
  const kept = withoutJumps(fixes, unmatched);
  const legs: Leg[] = [];
  let leg: Leg = [];
  const scatter = { square: 0, freedom: 0 };
  for (let i = 0; i < kept.length;) {
    const before = kept[i - 1];
    if (before && breaks(before, kept[i]!)) {
      const because = kept[i]!.at_s - before.at_s > LONGEST_GAP_S ? 'gap' : 'jump';
      tell(unmatched, before.at_s, kept[i]!.at_s, because);
      legs.push(leg);
      leg = [];
    }
    const from = i;
    do i++;
    while (i < kept.length && kept[i]!.at_s - kept[from]!.at_s < GATHERED_S && !breaks(kept[i - 1]!, kept[i]!));
    leg.push(gathered(kept, from, i, scatter));
  }
  if (leg.length > 0) legs.push(leg);
  return {
    legs,
    unmatched,
    interval_s: medianInterval(kept),
    white_m: scatter.freedom > 0 ? Math.sqrt(scatter.square / scatter.freedom) : 0,
  };
}

/** Jumps that follow each other are told as one: a device that is mad for an hour is one piece of news, not a thousand. */
function tell(unmatched: Unmatched[], from_s: number, to_s: number, because: 'gap' | 'jump'): void {
  const last = unmatched.at(-1);
  const follows = last && from_s >= last.from_s && from_s - last.to_s <= GATHERED_S;
  if (because === 'jump' && last?.because === 'jump' && follows) last.to_s = Math.max(last.to_s, to_s);
  else unmatched.push({ from_s, to_s, because });
}

const breaks = (a: Fix, b: Fix): boolean => {
  const distance = Math.hypot(b.x - a.x, b.y - a.y);
  return b.at_s - a.at_s > LONGEST_GAP_S || (distance > JUMP_M && distance > 3 * JUMP_M_S * (b.at_s - a.at_s));
};

function withoutJumps(fixes: readonly Fix[], unmatched: Unmatched[]): Fix[] {
  const kept: Fix[] = [];
  for (const [i, fix] of fixes.entries()) {
    const [before, after] = [kept.at(-1), fixes[i + 1]];
    if (before && after && jumps(before, fix, after)) {
      tell(unmatched, fix.at_s, fix.at_s, 'jump');
    } else kept.push(fix);
  }
  return kept;
}

/** There and back again, faster than anybody. */
function jumps(before: Fix, fix: Fix, after: Fix): boolean {
  const there = Math.hypot(fix.x - before.x, fix.y - before.y);
  const back = Math.hypot(after.x - fix.x, after.y - fix.y);
  const straight = Math.hypot(after.x - before.x, after.y - before.y);
  return (
    there + back - straight > 2 * JUMP_M &&
    there > JUMP_M_S * (fix.at_s - before.at_s) &&
    back > JUMP_M_S * (after.at_s - fix.at_s)
  );
}

/** The middle of fixes `from` up to `to`; adds what they scatter about a steady walk to `scatter`. */
function gathered(
  fixes: readonly Fix[],
  from: number,
  to: number,
  scatter: { square: number; freedom: number },
): Observation {
  const n = to - from;
  let [t, x, y] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    t += fixes[i]!.at_s / n;
    x += fixes[i]!.x / n;
    y += fixes[i]!.y / n;
  }
  if (n >= 4) {
    let [tt, tx, ty, xx, yy] = [0, 0, 0, 0, 0];
    for (let i = from; i < to; i++) {
      const [dt, dx, dy] = [fixes[i]!.at_s - t, fixes[i]!.x - x, fixes[i]!.y - y];
      tt += dt * dt;
      tx += dt * dx;
      ty += dt * dy;
      xx += dx * dx;
      yy += dy * dy;
    }
    scatter.square += xx + yy - (tx * tx + ty * ty) / tt;
    scatter.freedom += 2 * (n - 2);
  }
  return { at_s: t, x, y, from_s: fixes[from]!.at_s, to_s: fixes[to - 1]!.at_s, fixes: n };
}

function medianInterval(fixes: readonly Fix[]): number {
  const intervals = Float64Array.from(
    { length: Math.max(0, fixes.length - 1) },
    (_, i) => fixes[i + 1]!.at_s - fixes[i]!.at_s,
  );
  return intervals.sort()[intervals.length >> 1] ?? 0;
}
