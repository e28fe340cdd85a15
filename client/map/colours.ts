/**
 * The colours that mean something, once for the map and the panels (the panels get them as CSS variables). The names are
 * those of Chinese mineral pigments. Checked for deuteranopia and protanopia: whatever is held is blue, whatever is
 * missing is cinnabar, and nothing rests on red against green. Text colours reach 4.5:1 on paper.
 */
import type { CoverageChanges, GapKind } from '../../api/coverage/coverage.contract.ts';
import type { IssueStatus } from '../../api/issues/issues.contract.ts';
import type { Role } from '../../api/http/shapes.ts';

export const ink = '#1b2831';
export const azurite = '#1f5f8b';
export const cinnabar = '#c8391b';
export const ochre = '#d98a1f';

export const roleColours: Record<Role, string> = {
  general: '#5b4a8f',
  town_l1: '#1f5f8b',
  management_l1: '#27859c',
  community_l2: '#2c7a5a',
  management_l2: '#71812f',
  sanitation_l2: '#97702a',
};

/** Each kind of blind spot; apart from each other under every colour blindness (tested), and dashed in its own way besides. */
export const gapColours: Record<GapKind, string> = {
  unheld: cinnabar,
  unwalked: '#4a3fb0',
  unzoned: '#00796b',
  unregistered: '#a81c8c',
  inventory: '#2f3a44',
};

/** Between two dates. */
export const changeColours: Record<CoverageChanges['features'][number]['properties']['change'], string> = {
  opened: cinnabar,
  closed: azurite,
  still: '#6b6f72',
};

/** Is a segment complete, lacking some of what it needs, or all of it? */
export const completeness = { complete: '#8db4cb', partly: ochre, nobody: '#cb5339' };

/** Neighbouring holders are told apart by these, taken in turn by the chief's number; none is near cinnabar. */
export const holderColours = ['#3d7fb5', '#8b6bb0', '#3a9a8c', '#b58a2c', '#5a6fb8', '#6f9a3e', '#a86a93', '#4d9fc4'];

/** Share held, from little to all: dark where work is to be done. */
export const shareSteps: { from: number; colour: string }[] = [
  { from: 0, colour: '#b4472f' },
  { from: 60, colour: '#d08363' },
  { from: 75, colour: '#e2b795' },
  { from: 90, colour: '#d3dbd9' },
  { from: 98, colour: '#a9c4d2' },
];

export const statusColours: Record<IssueStatus, string> = {
  reported: '#c8391b',
  filed: '#d9701f',
  dispatched: '#b0861a',
  resolved: '#2b84a8',
  closed: '#6b7c88',
  void: '#a7a7a2',
};

/**
 * How sure it is that a stretch was walked, in percent from: straw over sea green to ink blue. Each step is darker than
 * the one before and differs from it under every colour blindness (tested); what does not count is dashed besides.
 */
export const confidenceSteps: { from: number; colour: string }[] = [
  { from: 0, colour: '#e0b93f' },
  { from: 50, colour: '#8fa24e' },
  { from: 80, colour: '#358a80' },
  { from: 90, colour: '#1f5f8b' },
  { from: 97, colour: '#12305c' },
];
/** Required, and nobody was there: quiet, under everything that was walked. */
export const notWalked = '#a9a69d';

/** Heat from nothing to the most: light to dark, so that it reads in grey print too. */
export const heatRamp = ['#fff7e000', '#fde3a7', '#f6b36b', '#e2733f', '#b8341f', '#6d1020'];

export const water = '#c4dbe4';
export const waterEdge = '#9fc0cd';
export const green = '#dde7d0';
export const bureau = '#7a4d9e';
export const boundary = '#8f7a9c';
/** The outline of the zone that is looked at: a boundary, in ink. */
export const pickedZone = '#4a3558';

/** For the panels: `--role-general`, `--status-filed`, … */
export function coloursAsVariables(): Record<string, string> {
  const variables: Record<string, string> = { '--azurite': azurite, '--cinnabar': cinnabar, '--ochre': ochre };
  for (const [role, colour] of Object.entries(roleColours)) variables[`--role-${role}`] = colour;
  for (const [status, colour] of Object.entries(statusColours)) variables[`--status-${status}`] = colour;
  for (const [kind, colour] of Object.entries(gapColours)) variables[`--gap-${kind}`] = colour;
  for (const [change, colour] of Object.entries(changeColours)) variables[`--change-${change}`] = colour;
  return variables;
}
