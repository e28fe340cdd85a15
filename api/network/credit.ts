/**
 * Adds up how probable it is that each metre of road was walked, and when: every pair of states that the matcher holds
 * possible brings its probability to the metres between them. A metre is passed in one step or in the next, so the sum
 * over the steps of one pass is the probability of the pass.
 *
 * Metres of a link are counted in half cells, because a step goes from the middle of one cell to that of another.
 */
import type { Cells } from './cells.ts';
import type { Links } from './links.ts';
import type { Network } from './network.ts';
import type { Pass } from './track.ts';

/** Somebody who comes again after this time walks it a second time. */
const SAME_PASS_S = 90;
/** Below it a pass is not worth a word. */
const WORTH_TELLING = 0.2;
/**
 * From this confidence on a metre counts as walked: of what is credited beside a street and what is missed on it the sum is
 * nearly least, and little is credited that was not walked (npm run bench -- match).
 */
export const CREDITED = 0.6;
/** Of metres walked one way, more is one direction, less is both. */
const ONE_WAY = 0.5;
/** What is doubtful and shorter than this is not told. */
const DOUBTFUL_CM = 500;
/** A step that passes a metre with less probability does not tell when it was passed. */
const NOTED = 0.02;
/** A pass is cut where its confidence crosses one of these, and tells the least within. */
const LEVELS = [WORTH_TELLING, CREDITED, 0.9];

type Mass = {
  /** Probability, and probability forward less backward; as differences from half cell to half cell. */
  passed: Float64Array;
  forward: Float64Array;
  /** When it was first and last passed with some probability, by half cell. */
  first: Float64Array;
  last: Float64Array;
  /** When it was first and last added to. */
  from_s: number;
  to_s: number;
};

/** With the metres of it walked forward less those walked backward. */
type Piece = Pass & { forward: number };

export type Credit = {
  /** Somebody stood at a half cell of a link: of the pass that he was on, this is the time, too. */
  stood(link: number, half: number, at_s: number): void;
  /** Metres from half cell `from` up to `to` of a link, walked steadily from one time to the other. */
  add(
    link: number,
    from: number,
    to: number,
    begins_s: number,
    ends_s: number,
    probability: number,
    forward: boolean,
  ): void;
  passes(): Pass[];
};

export function createCredit(
  network: Network,
  { lengths, starts }: Links,
  cells: Cells,
  idle_s: number = SAME_PASS_S,
): Credit {
  const masses = new Map<number, Mass>();
  const pieces: Piece[] = [];

  function close(link: number, mass: Mass): void {
    const half = lengths[link]! / mass.passed.length;
    const road = network.passageRoads[link]!;
    const perMetre = network.roadLengths_cm[road]! / network.along[network.roadVertices[road + 1]! - 1]!;
    let [passed, forward] = [0, 0];
    let piece: Piece | null = null;
    let level = -1;
    for (let i = 0; i < mass.passed.length; i++) {
      passed += mass.passed[i]!;
      forward += mass.forward[i]!;
      const confidence = Math.min(1, passed);
      const own = LEVELS.findLastIndex((least) => confidence >= least);
      if (own === -1) {
        piece = null;
        level = -1;
        continue;
      }
      if (!piece || own !== level) {
        piece = {
          road,
          from_cm: Math.round((starts[link]! + i * half) * perMetre),
          to_cm: 0,
          from_s: Infinity,
          to_s: -Infinity,
          direction: 'both',
          confidence,
          forward: 0,
        };
        pieces.push(piece);
        level = own;
      }
      piece.to_cm = Math.round((starts[link]! + (i + 1) * half) * perMetre);
      // Where only many improbable steps came by, nothing is known but the time of the whole.
      const noted = mass.first[i]! < Infinity;
      piece.from_s = Math.min(piece.from_s, noted ? mass.first[i]! : mass.from_s);
      piece.to_s = Math.max(piece.to_s, noted ? mass.last[i]! : mass.to_s);
      piece.confidence = Math.min(piece.confidence, confidence);
      piece.forward += (half * forward) / passed;
    }
  }

  /** Of the pass of a link that goes on at a time, or that begins with it. */
  function massAt(link: number, at_s: number): Mass {
    let mass = masses.get(link);
    if (mass && (at_s < mass.from_s - idle_s || at_s > mass.to_s + idle_s)) {
      close(link, mass);
      mass = undefined;
    }
    if (!mass) {
      cells.firstOf(link);
      const halves = 2 * cells.counts[link]!;
      mass = {
        passed: new Float64Array(halves),
        forward: new Float64Array(halves),
        first: new Float64Array(halves).fill(Infinity),
        last: new Float64Array(halves).fill(-Infinity),
        from_s: at_s,
        to_s: at_s,
      };
      masses.set(link, mass);
    }
    mass.from_s = Math.min(mass.from_s, at_s);
    mass.to_s = Math.max(mass.to_s, at_s);
    return mass;
  }

  return {
    stood(link, half, at_s) {
      const mass = massAt(link, at_s);
      if (at_s < mass.first[half]!) mass.first[half] = at_s;
      if (at_s > mass.last[half]!) mass.last[half] = at_s;
    },
    add(link, from, to, begins_s, ends_s, probability, forward) {
      if (to <= from) return;
      const mass = massAt(link, (begins_s + ends_s) / 2);
      const signed = forward ? probability : -probability;
      mass.passed[from]! += probability;
      mass.forward[from]! += signed;
      if (probability >= NOTED) {
        const each = (ends_s - begins_s) / (to - from);
        for (let i = from; i < to; i++) {
          const enters_s = begins_s + each * (forward ? i - from : to - 1 - i);
          if (enters_s < mass.first[i]!) mass.first[i] = enters_s;
          if (enters_s + each > mass.last[i]!) mass.last[i] = enters_s + each;
        }
      }
      if (to === mass.passed.length) return;
      mass.passed[to]! -= probability;
      mass.forward[to]! -= signed;
    },
    passes() {
      for (const [link, mass] of masses) close(link, mass);
      masses.clear();
      return joined(pieces, idle_s)
        .filter((pass) => pass.confidence >= CREDITED || pass.to_cm - pass.from_cm >= DOUBTFUL_CM)
        .map(({ forward, ...pass }) => ({
          ...pass,
          direction: directionOf(forward / ((pass.to_cm - pass.from_cm) / 100)),
        }));
    },
  };
}

/** @param share of the metres walked forward, less those walked backward. */
function directionOf(share: number): Pass['direction'] {
  if (Math.abs(share) < ONE_WAY) return 'both';
  return share > 0 ? 'forward' : 'backward';
}

const levelOf = ({ confidence }: Pass): number => LEVELS.findLastIndex((least) => confidence >= least);

/** Pieces of a road that follow each other across a junction as one, in order of time. */
function joined(pieces: Piece[], idle_s: number): Piece[] {
  const sorted = pieces.toSorted((a, b) => a.road - b.road || a.from_cm - b.from_cm || a.from_s - b.from_s);
  const result: Piece[] = [];
  for (const piece of sorted) {
    const before = result.findLast(
      (one, i) =>
        i >= result.length - 4 &&
        one.road === piece.road &&
        one.to_cm === piece.from_cm &&
        levelOf(one) === levelOf(piece) &&
        piece.from_s <= one.to_s + idle_s &&
        one.from_s <= piece.to_s + idle_s,
    );
    if (!before) {
      result.push({ ...piece });
      continue;
    }
    before.forward += piece.forward;
    before.to_cm = piece.to_cm;
    before.from_s = Math.min(before.from_s, piece.from_s);
    before.to_s = Math.max(before.to_s, piece.to_s);
    before.confidence = Math.min(before.confidence, piece.confidence);
  }
  return result.toSorted((a, b) => a.from_s - b.from_s);
}
