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

const tops = [1, 2, 5, 10, 20, 50, 100];

/** What a full bar stands for, in percent: a day's walk is a few percent of a district, and is to be seen all the same. */
export function topOf({ days }: Walked, only: Role | null): number {
  const shares = days.flatMap(({ roles: cells }) =>
    cells.filter(({ role }) => only === null || role === only).map(({ walked_percent }) => walked_percent ?? 0),
  );
  const most = Math.max(0, ...shares);
  return tops.find((top) => top >= most) ?? 100;
}
