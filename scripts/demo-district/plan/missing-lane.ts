import type { Point } from '../drawing/shapes.ts';

/**
 * A lane between two rows of houses that people use and the register does not have. Its ends lie on streets; it keeps eight
 * metres from the houses. Local metres.
 */
export const missingLane = {
  from: '北园路',
  to: '红旗路',
  points: [
    [42, 173],
    [110, 180],
    [190, 179],
    [277, 186],
  ] as Point[],
  /** Who came through it, how many days before the reference date, at which hour, and from which end. */
  walks: [
    { chiefId: 'C037', daysBefore: 11, hour: 7.7, backwards: false, every_s: 10, error_m: 4 },
    { chiefId: 'C039', daysBefore: 7, hour: 15.4, backwards: true, every_s: 10, error_m: 5 },
    { chiefId: 'C037', daysBefore: 4, hour: 8.1, backwards: true, every_s: 10, error_m: 4 },
  ],
  /** How far along it something was reported. */
  reports: [
    { at: 0.4, code: '06010', text: '北园路后面的小巷有暴露垃圾' },
    { at: 0.6, code: '06036', text: '两排楼之间的小巷里乱堆杂物' },
  ],
};
