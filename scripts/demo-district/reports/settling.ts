import type { Chance } from '../drawing/random.ts';
import type { Point } from '../drawing/shapes.ts';
import type { IssueKind } from '../plan/issue-kinds.ts';
import { dayMs, hourMs, now } from './calendar.ts';

export type IssueStatus = 'reported' | 'filed' | 'dispatched' | 'resolved' | 'closed' | 'void';

export interface Issue {
  point: Point;
  accuracyM: number;
  kind: IssueKind;
  text: string;
  status: IssueStatus;
  reportedAt: number;
  closedAt: number | null;
}

/** Adds what the phone adds: an error of a few metres, more between houses, and the accuracy it believes it has. */
export function settled(
  truth: Point,
  kind: IssueKind,
  text: string,
  reportedAt: number,
  slowness: number,
  chance: Chance,
  blur: number,
): Issue {
  const accuracyM =
    Math.round(chance.weighted([3, 4, 5, 6, 8, 10, 12, 16], (metres) => 8 / metres + 1) * blur * 10) / 10;
  const error = Math.min(15, Math.abs(chance.normal()) * accuracyM * 0.7);
  const towards = chance.between(0, 2 * Math.PI);
  const point: Point = [truth[0] + Math.cos(towards) * error, truth[1] + Math.sin(towards) * error];
  // One in eight gets stuck between departments and takes ten times as long.
  const stuck = chance.happens(0.13) ? 10 : 1;
  const took = Math.max(0.4, kind.hours * slowness * stuck * Math.exp(0.4 + chance.normal() * 0.8)) * hourMs;
  const fate = fateOf(reportedAt, took, chance);
  return { point, accuracyM, kind, text, reportedAt, ...fate };
}

function fateOf(reportedAt: number, took: number, chance: Chance): { status: IssueStatus; closedAt: number | null } {
  if (chance.happens(0.025) && now - reportedAt > dayMs) return { status: 'void', closedAt: null };
  if (reportedAt + took < now) return { status: 'closed', closedAt: reportedAt + took };
  const share = (now - reportedAt) / took;
  const status = share > 0.75 ? 'resolved' : share > 0.25 ? 'dispatched' : share > 0.08 ? 'filed' : 'reported';
  return { status, closedAt: null };
}
