/** What was walked each day, turned from days of roles into roles of days. */
import type { Walked } from '../../../api/patrols/patrols.contract.ts';
import type { Role } from '../../../api/http/shapes.ts';
import { roles } from '../../state/state.ts';

export type Cell = Walked['days'][number]['roles'][number] | undefined;

/** One row a role, for the roles that are required anywhere. The mean is that of the metres, not of the days. */
export function walkedRows({ days }: Walked, only: Role | null): { role: Role; days: Cell[]; mean: number | null }[] {
  return roles
    .filter((role) => only === null || role === only)
    .map((role) => {
      const cells = days.map((one) => one.roles.find((cell) => cell.role === role));
      const sum = (figure: 'required_m' | 'walked_m'): number =>
        cells.reduce((total, cell) => total + (cell?.[figure] ?? 0), 0);
      const required = sum('required_m');
      return { role, days: cells, mean: required > 0 ? (sum('walked_m') / required) * 100 : null };
    })
    .filter((row) => row.mean !== null);
}
