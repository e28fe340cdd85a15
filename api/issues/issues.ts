/** Rules of issues: how a report becomes one, and what may change afterwards. */
import type { Knex } from 'knex';
import { openChange, remember, touch } from '../database/change-log.ts';
import { sqlFile } from '../database/sql-file.ts';
import { notFound, Problem, type FieldError } from '../problems.ts';
import { currentNetwork } from '../roads/road-network.ts';
import { categoriesOfCode, findIssue, type Category } from './issues.queries.ts';
import type {
  Candidate,
  Issue,
  IssueChange,
  IssueStatus,
  NewIssue,
  SnapRequest,
  SnapResult,
} from './issues.contract.ts';
import { step } from './issue-states.ts';
import { chosenPlace, placeOf, placesInZone, snapAt } from './place-issues.ts';
import { readPosition } from '../roads/read-position.ts';

/** GPS of a phone in a street: 68 % of the fixes lie within 10 m. */
const usualAccuracy_m = 10;

const keepReport = sqlFile<{ id: number }>(new URL('./report-issue.sql', import.meta.url));

/** Where on the roads a position is; nothing is kept. @throws Problem `invalid` for a position that cannot be meant. */
export async function snapPosition(db: Knex, asked: SnapRequest): Promise<SnapResult> {
  const roads = await currentNetwork(db);
  const { wgs84, metric } = await readPosition(db, roads.place, asked);
  const accuracy_m = asked.accuracy_m ?? usualAccuracy_m;
  const inZone = asked.zone_id === undefined ? undefined : await placesInZone(db, asked.zone_id, metric);
  const snapped = snapAt(roads, { ...asked, position: metric, accuracy_m, ...(inZone && { inZone }) });
  return { ...snapped, position: wgs84, network_version: roads.version };
}

/**
 * Keeps a report as an issue. The same report sent twice (same `external_id`, same content) is one issue.
 * @returns the issue, and whether it was made now.
 * @throws Problem `invalid` for an unknown category, a position that cannot be meant, a road that is no candidate;
 * `conflict` for another report under a known `external_id`.
 */
export async function reportIssue(db: Knex, actor: string, sent: NewIssue): Promise<{ issue: Issue; made: boolean }> {
  const [category, roads] = await Promise.all([findCategory(db, sent), currentNetwork(db)]);
  const report = { ...sent, accuracy_m: sent.accuracy_m ?? usualAccuracy_m, surface: sent.surface ?? category.surface };
  requirePast(report.reported_at);
  const known = await knownReport(db, report);
  if (known) return { issue: known, made: false };

  const { metric, crs } = await readPosition(db, roads.place, report);
  const inZone = report.zone_id === undefined ? undefined : await placesInZone(db, report.zone_id, metric);
  const snapped = snapAt(roads, { ...report, position: metric, ...(inZone && { inZone }) });
  const place = report.road_id === undefined ? placeOf(snapped) : chosenPlace(snapped.candidates, report.road_id);

  const [kept] = await keepReport(db, {
    external_id: report.external_id ?? null,
    kind: report.kind,
    code: report.code,
    surface: report.surface,
    says: report.text,
    reported_at: report.reported_at ?? null,
    x: metric[0],
    y: metric[1],
    srid: roads.place.srid,
    sent_x: report.position[0],
    sent_y: report.position[1],
    crs,
    accuracy_m: report.accuracy_m,
    ...place,
    candidates: JSON.stringify(snapped.candidates),
    actor,
    details: JSON.stringify({ report: comparable(report) }),
  });
  if (kept) return { issue: await findIssue(db, kept.id), made: true };
  return { issue: (await knownReport(db, report))!, made: false };
}

/**
 * Moves an issue on, corrects its text, or puts it on the road that a person chose. What it was is kept.
 * @throws Problem `not_found`, `conflict` for a step that is not possible, `invalid` for a road that is no candidate.
 */
export async function changeIssue(db: Knex, actor: string, id: number, change: IssueChange): Promise<Issue> {
  await db.transaction(async (trx) => {
    const kept = await trx('issues')
      .where({ id })
      .forUpdate()
      .first<
        | { status: IssueStatus; text: string; road_id: number | null; verdict: string; candidates: Candidate[] }
        | undefined
      >('status', 'text', 'road_id', 'verdict', 'candidates');
    if (!kept) throw notFound('issue', id, 'The issues are at /api/issues.');
    const columns = {
      ...(change.status !== undefined &&
        change.status !== kept.status &&
        stepColumns(trx, id, kept.status, change.status)),
      ...(change.text !== undefined && change.text !== kept.text && { text: change.text }),
      ...(change.road_id !== undefined &&
        !(change.road_id === kept.road_id && kept.verdict === 'chosen') &&
        chosenPlace(kept.candidates, change.road_id)),
    };
    if (Object.keys(columns).length === 0) return; // sent twice, or as it is already
    const change_id = await openChange(trx, { actor, kind: 'change_issue', details: change });
    await remember(trx, change_id, 'issues', [id]);
    await trx('issues')
      .where({ id })
      .update({ ...columns, change_id });
    await touch(trx, 'issues');
  });
  return findIssue(db, id);
}

function stepColumns(
  trx: Knex,
  id: number,
  from: IssueStatus,
  to: IssueStatus,
): { status: IssueStatus; closed_at: Knex.Raw | null } {
  const { status, closes } = step(id, from, to);
  return { status, closed_at: closes ? trx.raw('now()') : null };
}

async function findCategory(db: Knex, { kind, code }: NewIssue): Promise<Category> {
  const categories = await categoriesOfCode(db, code);
  const category = categories.find((each) => each.kind === kind);
  if (category) return category;
  const other = categories[0];
  throw new Problem('invalid', `There is no category ${code} of kind ${kind}.`, {
    hint: other
      ? `${code} is the ${other.kind} ${other.name_zh} (${other.name_en}); send kind ${other.kind} if you mean that.`
      : 'The categories are at /api/categories.',
    errors: [{ path: 'code', message: `a code of kind ${kind}`, came: code }],
  });
}

type Report = NewIssue & { accuracy_m: number };

/** What makes two reports the same: everything but the id, defaults filled in, times as moments. */
const comparable = ({ external_id: _key, reported_at, crs, ...rest }: Report): Record<string, unknown> => ({
  ...rest,
  crs: crs.toLowerCase(),
  ...(reported_at !== undefined && { reported_at: new Date(reported_at).toISOString() }),
});

/** The issue that a report with this `external_id` already became. @throws Problem `conflict` when that report was another. */
async function knownReport(db: Knex, report: Report): Promise<Issue | null> {
  if (report.external_id === undefined) return null;
  const { rows } = await db.raw<{ rows: { id: number; first: Record<string, unknown> | null }[] }>(
    `select i.id, l.details -> 'report' as first
     from issues i
     join change_log l on l.id = coalesce(
       (select (h.before ->> 'change_id')::bigint from history h where h.table_name = 'issues' and h.row_id = i.id order by h.id limit 1),
       i.change_id)
     where i.external_id = ?`,
    [report.external_id],
  );
  const known = rows[0];
  if (!known) return null;
  const now = comparable(report);
  const differing = known.first
    ? differences(known.first, now)
    : [{ path: 'external_id', message: 'came in by an import' }];
  if (differing.length === 0) return findIssue(db, known.id);
  throw new Problem(
    'conflict',
    `external_id "${report.external_id}" is already issue ${known.id}, from a report that was not the same.`,
    {
      hint: `Give a new report a new external_id; to change that issue use PATCH /api/issues/${known.id}.`,
      errors: differing,
      more: { issue_id: known.id },
    },
  );
}

function differences(first: Record<string, unknown>, now: Record<string, unknown>): FieldError[] {
  return [...new Set([...Object.keys(first), ...Object.keys(now)])].flatMap((path) =>
    JSON.stringify(first[path]) === JSON.stringify(now[path])
      ? []
      : [{ path, message: `was ${JSON.stringify(first[path]) ?? 'not sent'}`, came: now[path] }],
  );
}

/** A clock may be wrong by hours (local time sent as UTC is 8 h ahead in China), not by more than a day. */
function requirePast(reported_at: string | undefined): void {
  if (reported_at === undefined) return;
  const time = Date.parse(reported_at);
  const tomorrow = Date.now() + 86_400_000;
  if (time >= Date.UTC(1990, 0, 1) && time <= tomorrow) return;
  throw new Problem('invalid', `reported_at is ${reported_at}; a report is made between 1990 and now.`, {
    hint: 'Check the clock of the sender, or leave reported_at out: then it is now.',
    errors: [{ path: 'reported_at', message: 'a moment between 1990 and now', came: reported_at }],
  });
}
