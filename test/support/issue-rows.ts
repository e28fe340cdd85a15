/** Puts categories and issues straight into a test district, placed as the test says. */
import type { Knex } from 'knex';
import { openChange } from '../../api/database/change-log.ts';
import type { IssueStatus } from '../../api/issues/issues.contract.ts';
import { origin } from './rows.ts';

/** Five categories; part 01001 and matter 01001 share their code, as in the national list. */
export async function addCategories(db: Knex): Promise<void> {
  const category = (kind: string, code: string, name_zh: string, name_en: string, surface = 'ground') => ({
    kind,
    code,
    class_code: code.slice(0, 2),
    class_name_zh: '大类',
    class_name_en: 'Class',
    name_zh,
    name_en,
    surface,
  });
  await db('categories').insert([
    category('part', '01001', '供水井盖', 'Water manhole cover'),
    category('matter', '01001', '私搭乱建', 'Unlicensed building', 'roof'),
    category('matter', '01002', '暴露垃圾', 'Exposed rubbish'),
    category('matter', '01003', '店外经营', 'Trading outside the shop'),
    category('matter', '04001', '广告招牌破损', 'Broken shop sign', 'facade'),
  ]);
}

export type IssueRow = {
  kind: 'part' | 'matter';
  code: string;
  surface: 'ground' | 'facade' | 'roof';
  status: IssueStatus;
  reported_at: string;
  closed_at: string | null;
  /** Metres from `origin` of the test rows. */
  at: [x: number, y: number];
  road_id: number | null;
  measure_cm: number | null;
  side: 'left' | 'right' | null;
};

export async function addIssues(db: Knex, rows: IssueRow[]): Promise<void> {
  const change_id = await openChange(db, { actor: 'tester', kind: 'test' });
  const values = rows.map(({ at: [x, y], ...row }) => ({
    ...row,
    x: origin[0] + x,
    y: origin[1] + y,
    verdict: row.road_id === null ? 'no_road' : 'matched',
  }));
  await db.raw(
    `insert into issues (kind, code, surface, status, reported_at, closed_at, geom, sent_x, sent_y, sent_crs, accuracy_m,
       verdict, road_id, measure_cm, side, offset_cm, change_id)
     select kind, code, surface, status, reported_at, closed_at, st_setsrid(st_point(x, y), (select srid from district)),
       x, y, 'EPSG:4549', 10, verdict, road_id, measure_cm, side, 100, ?
     from jsonb_to_recordset(?::jsonb) as row (kind text, code text, surface text, status text, reported_at timestamptz,
       closed_at timestamptz, x double precision, y double precision, verdict text, road_id integer, measure_cm integer, side text)`,
    [change_id, JSON.stringify(values)],
  );
}
