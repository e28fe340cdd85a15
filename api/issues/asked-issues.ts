/** The filters that the list, the heat map, the hot spots and the tiles share, as bindings of `asked_issues` in SQL. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { parse } from '../http/parse.ts';
import { notFound } from '../problems.ts';
import { issueStatus, type issueFilters, type IssueStatus } from './issues.contract.ts';

export type IssueFilters = z.output<z.ZodObject<typeof issueFilters>>;

export type AskedIssues = {
  kind: string | null;
  codes: string[] | null;
  surface: string | null;
  statuses: IssueStatus[] | null;
  from: string | null;
  to: string | null;
  zone_id: number | null;
};

/** The call that takes these bindings, for a query or a .sql file with named bindings. */
export const askedIssuesSql = 'asked_issues(:kind, :codes, :surface, :statuses, :from, :to, :zone_id)';

/** Statuses of what is or was trouble: a void report never was. What the heat map and the hot spots count unless asked. */
export const notVoid = issueStatus.options.filter((status) => status !== 'void');

const listed = z.object({
  code: z.array(z.string().regex(/^\d{5}$/, 'five digits, several with commas')),
  status: z.array(issueStatus),
});

/** @throws Problem `invalid` for a code or status that cannot be, `not_found` for an unknown zone. */
export async function askedIssues(db: Knex, filters: IssueFilters): Promise<AskedIssues> {
  const { code, status } = parse(
    listed.partial(),
    { code: words(filters.code), status: words(filters.status) },
    'query',
  ) as {
    code?: string[];
    status?: IssueStatus[];
  };
  if (filters.zone_id !== undefined && !(await db('zones').where({ id: filters.zone_id }).first('id'))) {
    throw notFound('zone', filters.zone_id, 'The zones are at /api/zones.');
  }
  return {
    kind: filters.kind ?? null,
    codes: code ?? null,
    surface: filters.surface ?? null,
    statuses: status ?? null,
    from: filters.from ?? null,
    to: filters.to ?? null,
    zone_id: filters.zone_id ?? null,
  };
}

/** `a, b` → ['a', 'b']; an empty filter, as a form sends it, asks for nothing. */
function words(text: string | undefined): string[] | undefined {
  const found = (text ?? '').split(',').flatMap((word) => word.trim() || []);
  return found.length > 0 ? found : undefined;
}
