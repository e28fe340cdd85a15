/** Questions about issues and their categories. */
import type { Knex } from 'knex';
import { page, readCursor } from '../http/paging.ts';
import { metres } from '../http/units.ts';
import { notFound } from '../problems.ts';
import { askedIssues, askedIssuesSql } from './asked-issues.ts';
import type { CategoryList, Issue, IssueList, IssueQuery } from './issues.contract.ts';

export type Category = CategoryList['categories'][number];

type Row = {
  id: number;
  geometry: Issue['geometry'];
  reported_at: Date;
  reported_us: number;
  closed_at: Date | null;
  measure_cm: number | null;
  offset_cm: number | null;
} & Omit<Issue['properties'], 'reported_at' | 'closed_at' | 'measure_m' | 'offset_m'>;

/** An issue as the screen shows it, from rows `i` of issues. */
const shown = `
  select i.id, i.external_id, i.kind, i.code, c.name_zh as category_zh, c.name_en as category_en, i.surface, i.text,
    i.status, i.reported_at, i.closed_at, i.accuracy_m, i.verdict, i.road_id, r.name as road_name, i.measure_cm, i.side,
    i.offset_cm, i.candidates, l.actor as reported_by,
    -- Microseconds since 1970, the sort key of the cursor: a JavaScript date would cut it to milliseconds.
    (extract(epoch from i.reported_at) * 1000000)::bigint as reported_us,
    -- Seven decimals of a degree are a centimetre.
    st_asgeojson(st_transform(i.geom, 4326), 7)::json as geometry
  from wanted i
  join categories c on c.kind = i.kind and c.code = i.code
  left join roads r on r.id = i.road_id
  -- Who reported it: the change of its first state, which history keeps once it was changed in place.
  left join lateral (
    select (h.before ->> 'change_id')::bigint as change_id
    from history h where h.table_name = 'issues' and h.row_id = i.id
    order by h.id limit 1
  ) first on true
  join change_log l on l.id = coalesce(first.change_id, i.change_id)
  order by i.reported_at desc, i.id desc`;

const wantedSql = `
  from ${askedIssuesSql} i
  where (:verdict::text is null or i.verdict = :verdict)
    and (:road_id::integer is null or i.road_id = :road_id)
    and (:west::double precision is null or st_intersects(i.geom, (select asked_area(:west, :south, :east, :north))))`;

export const issuesSql = `
  with wanted as (
    select i.* ${wantedSql}
      and (:after_us::bigint is null
        or (i.reported_at, i.id) < (timestamptz 'epoch' + :after_us::bigint * interval '1 microsecond', :after_id::bigint))
    order by i.reported_at desc, i.id desc
    limit :limit
  ) ${shown}`;

/** The bindings of `issuesSql`. */
export async function issueBindings(db: Knex, query: IssueQuery): Promise<Record<string, Knex.RawBinding>> {
  const after = readCursor(query.cursor, ['number', 'number']);
  const [west, south, east, north] = query.bbox ?? [null, null, null, null];
  return {
    ...(await askedIssues(db, query)),
    verdict: query.verdict ?? null,
    road_id: query.road_id ?? null,
    west,
    south,
    east,
    north,
    after_us: after?.[0] ?? null,
    after_id: after?.[1] ?? null,
    limit: query.limit + 1,
  } as Record<string, Knex.RawBinding>;
}

/** Issues, the latest first; `count` is that of the whole list. */
export async function listIssues(db: Knex, query: IssueQuery): Promise<IssueList> {
  const bindings = await issueBindings(db, query);
  const { rows } = await db.raw<{ rows: Row[] }>(issuesSql, bindings);
  const counted = await db.raw<{ rows: { count: number }[] }>(`select count(*) as count ${wantedSql}`, bindings);
  const { rows: kept, next_cursor } = page(rows, query.limit, (row) => [row.reported_us, row.id]);
  return { type: 'FeatureCollection', features: kept.map(feature), count: counted.rows[0]!.count, next_cursor };
}

/** @throws Problem `not_found`. */
export async function findIssue(db: Knex, id: number): Promise<Issue> {
  const { rows } = await db.raw<{ rows: Row[] }>(`with wanted as (select * from issues where id = ?) ${shown}`, [id]);
  if (!rows[0]) throw notFound('issue', id, 'The issues are at /api/issues.');
  return feature(rows[0]);
}

function feature({ id, geometry, reported_us: _sortKey, measure_cm, offset_cm, ...row }: Row): Issue {
  return {
    type: 'Feature',
    id,
    geometry,
    properties: {
      ...row,
      reported_at: row.reported_at.toISOString(),
      closed_at: row.closed_at?.toISOString() ?? null,
      measure_m: measure_cm === null ? null : metres(measure_cm),
      offset_m: offset_cm === null ? null : metres(offset_cm),
    },
  };
}

/** Every category of the code list, parts before matters. */
export async function listCategories(db: Knex): Promise<Category[]> {
  return db('categories')
    .orderBy([{ column: 'kind', order: 'desc' }, 'code'])
    .select<Category[]>(
      'kind',
      'code',
      'class_code',
      'class_name_zh',
      'class_name_en',
      'name_zh',
      'name_en',
      'surface',
    );
}

/** The category, and whether the other kind has one of this code (parts and matters share codes). */
export async function categoriesOfCode(db: Knex, code: string): Promise<Category[]> {
  return db('categories').where({ code }).select<Category[]>('*');
}
