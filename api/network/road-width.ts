/**
 * How far a street reaches from its centreline: carriageway, cycle lane and pavement together, metres. Half of the usual
 * widths between red lines, main roads 40-50 m, secondary 20-35 m and branches 14-20 m (after GB/T 51328-2018); what
 * has no red lines by looking at hutongs, frontage lanes and footpaths. A report about a street lies anywhere within.
 */
const halfWidths: Readonly<Record<string, number>> = {
  main: 22,
  secondary: 14,
  branch: 8,
  alley: 3,
  service: 5,
  path: 2,
};

/** Of 'other', and of classes nobody told us about. */
const USUAL = 5;

export const halfWidth = (roadClass: string): number => halfWidths[roadClass] ?? USUAL;
