/** The words of track matching: what a walker's device sent, and what may be concluded from it. */

/** Where a device thought it was. Times and places are plain numbers: seconds of any epoch, metres of the network's CRS. */
export type Fix = {
  at_s: number;
  x: number;
  y: number;
  /** 68 % radius as the device states it; devices flatter themselves, so it only starts the estimate. */
  accuracy_m?: number;
};

/**
 * A stretch of one road that was walked without leaving it.
 * `confidence` is the posterior probability that the metres were walked in this interval, of the least certain of them.
 */
export type Pass = {
  /** Number of the road in the network, not its id. */
  road: number;
  /** From < to, whatever the direction. */
  from_cm: number;
  to_cm: number;
  from_s: number;
  to_s: number;
  direction: 'forward' | 'backward' | 'both';
  confidence: number;
};

/** Why fixes became no pass: no road there, too long without a fix, a jump no walker makes, or roads that cannot be told apart. */
export type Unmatched = {
  from_s: number;
  to_s: number;
  because: 'off_network' | 'gap' | 'jump' | 'unclear';
};

/** What the track told about itself, and the matcher went by. */
export type TrackEstimate = {
  /** Median time between fixes. */
  interval_s: number;
  /** Standard deviation of the error on each axis, all of it and the part that differs from fix to fix. */
  noise_m: number;
  white_m: number;
  /** Time in which the lasting part of the error falls to 1/e; 0 where it has none. */
  correlation_s: number;
  /** Usual speed while moving. */
  speed_m_s: number;
};

export type TrackMatch = {
  /** In order of time. */
  passes: Pass[];
  unmatched: Unmatched[];
  /** null for a track without two fixes that could be used. */
  estimate: TrackEstimate | null;
};
