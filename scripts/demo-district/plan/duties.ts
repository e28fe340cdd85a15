import type { RoadClass } from '../drawing/network.ts';

/** How somebody walks what he holds, day after day. */
export interface Habits {
  /** Of all days; 1 is every day, 0 never. */
  diligence: number;
  /** Classes of road that he leaves out. */
  skips?: readonly RoadClass[];
  /** Part of his metres after which he goes home. */
  share?: number;
}

/** Communities, or towns where the community is not named itself, by the beginning of their code. The longest one decides. */
// prettier-ignore
export const communityHabits: Readonly<Record<string, Habits>> = {
  '329901001':    { diligence: 0.95 },
  // The old town: more lanes than anybody goes through in a day, so these two keep to the streets.
  '329901001001': { diligence: 0.9, skips: ['alley'] },
  '329901001002': { diligence: 0.9, skips: ['alley', 'service'] },
  '329901002':    { diligence: 0.9 },
  '329901002005': { diligence: 0.85, share: 0.8 },
  '329901002006': { diligence: 0.9, skips: ['alley', 'service'] },
  '329901003':    { diligence: 1 },
  // Has a telephone and never took it along.
  '329901003004': { diligence: 0 },
  '329901100':    { diligence: 1 },
  // The town that lags: every other day, and not to the end.
  '329901101':    { diligence: 0.5, share: 0.7 },
  '329901101001': { diligence: 0.75 },
  '329901102':    { diligence: 1 },
  '329901102005': { diligence: 0.4, share: 0.5 },
};

/** The last week, which is what the cadence of the last seven days asks for; the nine who began earlier have a fortnight (`patrols.ts`). */
export const communityDays = 7;

/** The days before the reference date on which the squad of a town goes with its first office; with its second it went two days before. */
export const jointDays = [10, 3];

/** The sub-districts whose other chiefs carry telephones too. */
export const teams = [
  { town: '329901001', squad: 'C005', offices: ['C003', 'C004'], collector: 'C006', sweeper: 'C007' },
  { town: '329901003', squad: 'C016', offices: ['C015'], collector: 'C017', sweeper: 'C018' },
] as const;

/** Rounds of general chiefs to their key points: days before the reference date. Each month has one of each. */
export const inspections: Readonly<Record<string, readonly number[]>> = {
  C001: [6, 20, 34, 48],
  C008: [20, 48],
};
