/** The filters of the issue panel as the API asks them: the same for the list, the tiles, the heat map and the hot spots. */
import { today } from '../i18n/format.ts';
import type { IssuesState } from './state.ts';

export type IssueFilters = {
  kind: string | null;
  code: string | null;
  status: string | null;
  from: string | null;
  zone_id: number | null;
};

export function issueQuery(
  { category, status, period, zone }: Pick<IssuesState, 'category' | 'status' | 'period' | 'zone'>,
  now?: Date,
): IssueFilters {
  const [kind, code] = category?.split('-') ?? [];
  return {
    kind: kind ?? null,
    code: code ?? null,
    status: status.length > 0 ? status.join(',') : null,
    from: period === 'all' ? null : today(Number(period) - 1, now),
    zone_id: zone,
  };
}
