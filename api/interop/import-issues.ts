/** Issues from a register: a position, a category, when and in which state. */
import { createHash } from 'node:crypto';
import { fromWgs84, type Position } from '../geometry/crs.ts';
import { takeIssues, type IssueDraft, type TakenIssues } from '../issues/take-issues.ts';
import { listCategories, type Category } from '../issues/issues.queries.ts';
import { moment, number, RowRefused, text, word, type Cells } from './cells.ts';
import type { SourceRow } from './files/source-file.ts';
import type { ImportKind, ImportWork, Refusal } from './import-kind.ts';
import { noticeShiftFromRoads } from './notice-shift.ts';
import { outOfReach } from './reach.ts';
import { issueStatusWords } from './words.ts';

type Draft = Omit<IssueDraft, 'kind' | 'code' | 'surface' | 'sent_x' | 'sent_y' | 'sent_crs'> & {
  kind: Category['kind'] | null;
  /** Code or name of the category. */
  category: string;
  surface: Category['surface'] | null;
};

export const importIssues: ImportKind<Draft> = {
  touches: ['issues'],
  read: (row, cells) => [readIssue(row, cells)],
  async write(work, drafts) {
    const { trx, change_id, progress } = work;
    progress('comparing issues', 0, drafts.length);
    const { resolved, refused } = await resolve(work, drafts);
    const shift = await noticeShiftFromRoads(
      trx,
      resolved.map(({ x, y }) => [x, y]),
      work.crs,
    );
    const taken = await takeIssues(trx, change_id, resolved, (done) =>
      progress('snapping to roads', done, resolved.length),
    );
    const undated = resolved.filter(({ reported_at }) => reported_at === null).length;
    const notes = [
      ...(shift ? [shift] : []),
      ...(undated > 0 ? [`${undated} issues have no time of report; they count as reported now.`] : []),
      ...placeNotes(taken),
    ];
    return { ...taken, refused: [...refused, ...taken.refused], notes, needs_decision: [], length_m: null };
  },
};

const kindWords = { part: 'part', matter: 'matter', 部件: 'part', 事项: 'matter', 事件: 'matter' } as const;
const surfaceWords = {
  ground: 'ground',
  facade: 'facade',
  roof: 'roof',
  地面: 'ground',
  立面: 'facade',
  屋面: 'roof',
} as const;

function readIssue(row: SourceRow, cells: Cells): Draft {
  const [x, y] = point(row);
  const draft = {
    row: row.row,
    kind: word<Category['kind']>(cells, 'kind', kindWords),
    category: text(cells, 'code') ?? refuse('code is empty'),
    surface: word<Category['surface']>(cells, 'surface', surfaceWords),
    text: text(cells, 'text', 4000) ?? '',
    status: word(cells, 'status', issueStatusWords) ?? ('reported' as const),
    reported_at: moment(cells, 'reported_at'),
    closed_at: moment(cells, 'closed_at'),
    x,
    y,
    accuracy_m: number(cells, 'accuracy_m', 0.1, 5000) ?? 10,
  };
  return { ...draft, external_id: text(cells, 'external_id', 100) ?? ownId(draft) };
}

const refuse = (reason: string): never => {
  throw new RowRefused(reason);
};

function point({ geometry }: SourceRow): Position {
  if (geometry?.type !== 'Point')
    throw new RowRefused(`a Point was expected, ${geometry ? `a ${geometry.type}` : 'no position'} came`);
  return [geometry.coordinates[0]!, geometry.coordinates[1]!];
}

/** For a register without ids: what a report says makes it the same report when the file comes again. */
function ownId({ x, y, category, text: words, reported_at }: Omit<Draft, 'external_id'>): string {
  const content = JSON.stringify([x.toFixed(7), y.toFixed(7), category, words, reported_at]);
  return `h-${createHash('sha256').update(content).digest('hex').slice(0, 20)}`;
}

async function resolve(
  { trx, crs, reach }: ImportWork,
  drafts: Draft[],
): Promise<{ resolved: IssueDraft[]; refused: Refusal[] }> {
  const categories = await listCategories(trx);
  const sentAs = sentPosition(crs);
  const resolved: IssueDraft[] = [];
  const refused: Refusal[] = [];
  const first = new Map<string, number>();
  for (const draft of drafts) {
    try {
      const before = first.get(draft.external_id);
      if (before !== undefined) throw new RowRefused(`the issue ${draft.external_id} stands in row ${before} already`);
      const far = outOfReach(reach, [draft.x, draft.y]);
      if (far) throw new RowRefused(far);
      const { category: named, ...rest } = draft;
      const category = findCategory(categories, named, draft.kind);
      resolved.push({
        ...rest,
        kind: category.kind,
        code: category.code,
        surface: draft.surface ?? category.surface,
        ...sentAs([draft.x, draft.y]),
      });
      first.set(draft.external_id, draft.row);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      refused.push({ row: draft.row, reason: error.message });
    }
  }
  return { resolved, refused };
}

function findCategory(categories: Category[], named: string, kind: Category['kind'] | null): Category {
  // A spreadsheet takes 01001 for a number and drops the zero.
  const code = /^\d{4}$/.test(named) ? `0${named}` : named;
  const found = categories.filter(
    (category) =>
      (kind === null || category.kind === kind) &&
      [category.code, category.name_zh, category.name_en.toLowerCase()].includes(
        /^\d+$/.test(code) ? code : code.toLowerCase(),
      ),
  );
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new RowRefused(
      `${named} is ${found.map((one) => `the ${one.kind} ${one.name_zh}`).join(' and ')}; a kind column (part or matter, 部件 or 事项) must say which`,
    );
  }
  throw new RowRefused(
    `there is no category "${named}"${kind ? ` of kind ${kind}` : ''}; the list is at /api/categories`,
  );
}

/** The position as it stood in the file: back from WGS84, to the digit that matters. */
function sentPosition(crs: string): (position: Position) => Pick<IssueDraft, 'sent_x' | 'sent_y' | 'sent_crs'> {
  const named = /^(wgs84|cgcs2000|gcj02|bd09|EPSG:\d+)$/i.test(crs);
  const back = fromWgs84(named ? crs : 'wgs84');
  const round = (value: number): number =>
    Math.abs(value) > 400 ? Math.round(value * 1e3) / 1e3 : Math.round(value * 1e8) / 1e8;
  return (position) => {
    const [x, y] = back(position);
    return { sent_x: round(x), sent_y: round(y), sent_crs: named ? crs : 'wgs84' };
  };
}

function placeNotes({ ambiguous, no_road }: TakenIssues): string[] {
  return [
    ...(ambiguous > 0 ? [`${ambiguous} issues lie between roads (ambiguous): a person can choose.`] : []),
    ...(no_road > 0 ? [`${no_road} issues lie on no road that is registered here.`] : []),
  ];
}
