/** The life of an issue: which status may follow which. */
import { Problem } from '../problems.ts';
import type { IssueStatus } from './issues.contract.ts';

/**
 * 上报 → 立案 → 派遣 → 处置 → 结案, one step at a time. Returns: a case filed in error goes back to its report, a department
 * sends a case back (退单), a check finds the disposal wanting (返工), a closed case turns out undone. What is void or was
 * disposed of cannot become void: it was trouble.
 */
const following: Record<IssueStatus, IssueStatus[]> = {
  reported: ['filed', 'void'],
  filed: ['dispatched', 'reported', 'void'],
  dispatched: ['resolved', 'filed', 'void'],
  resolved: ['closed', 'dispatched'],
  closed: ['dispatched'],
  void: ['reported'],
};

/**
 * `closed_at` of an issue after a step: the moment it was closed while it is closed, else nothing (history keeps earlier ones).
 * @throws Problem `conflict` for a step that is not possible, with the steps that are in `possible`.
 */
export function step(id: number, from: IssueStatus, to: IssueStatus): { status: IssueStatus; closes: boolean } {
  const possible = following[from];
  if (!possible.includes(to)) {
    throw new Problem('conflict', `Issue ${id} is ${from}; from there it cannot become ${to}.`, {
      hint: `It can become ${possible.join(' or ')}.`,
      more: { possible },
    });
  }
  return { status: to, closes: to === 'closed' };
}
