/**
 * Step by step, whether the walker was on the network at all, and whether one road can be told: what a track proves
 * nothing about is said, not left out.
 */
import { roadCount } from './lines.ts';
import type { Network } from './network.ts';
import type { Unmatched } from './track.ts';
import type { Observation } from './trellis.ts';

/** A step between, shorter than this, is no news: a look round a corner, a parked car. */
const WORTH_TELLING_S = 30;

export type Whereabouts = {
  /** The walker was on this road at a step, or off the network (-1), with a part of its probability. Steps come in any order, each in one go. */
  add(step: number, road: number, probability: number): void;
  /** Stretches of time, of the steps that were added. */
  unmatched(leg: readonly Observation[]): Unmatched[];
};

export function createWhereabouts(network: Network): Whereabouts {
  const probabilities = new Float64Array(roadCount(network) + 1);
  let touched: number[] = [];
  let present = -1;
  let kinds: (Unmatched['because'] | null)[] = [];

  function close(): void {
    let best = 0;
    for (const road of touched) {
      if (road > 0) best = Math.max(best, probabilities[road]!);
    }
    const off = probabilities[0]!;
    for (const road of touched) probabilities[road] = 0;
    touched = [];
    if (present >= 0) kinds[present] = off >= 0.5 ? 'off_network' : best < 0.5 ? 'unclear' : null;
  }

  return {
    add(step, road, probability) {
      if (step !== present) close();
      present = step;
      if (probabilities[road + 1] === 0) touched.push(road + 1);
      probabilities[road + 1]! += probability;
    },
    unmatched(leg) {
      close();
      present = -1;
      const result: Unmatched[] = [];
      for (let k = 0; k < leg.length; k++) {
        const because = kinds[k];
        if (!because) continue;
        const from = k;
        while (kinds[k + 1] === because) k++;
        const span: Unmatched = { from_s: leg[from]!.from_s, to_s: leg[k]!.to_s, because };
        if (span.to_s - span.from_s >= WORTH_TELLING_S || k - from > 1) result.push(span);
      }
      kinds = [];
      return result;
    },
  };
}
