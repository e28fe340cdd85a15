/** POST /api/imports takes a file as it is, as the body; GET /api/imports lists what came in. */
import { rm } from 'node:fs/promises';
import type { Request, Response } from 'express';
import type { Context } from '../context.ts';
import { problemDocument } from '../http/answer-problem.ts';
import { operation, type Operation } from '../http/operation.ts';
import { Problem } from '../problems.ts';
import { importList, importQuery, importReport, type ImportReport } from './imports.contract.ts';
import { listImports, onWire } from './import-report.ts';
import { importFile } from './imports.ts';
import { readColumns } from './read-columns.ts';
import type { Progress } from './read-rows.ts';
import { receiveUpload } from '../http/receive-upload.ts';

export const importOperations: Operation[] = [
  operation(
    {
      method: 'post',
      path: '/api/imports',
      tag: 'imports',
      summary: 'Import a file of roads, zones, chiefs, assignments or issues',
      description:
        'The body is the file itself. All or nothing: what can be taken is written in one transaction, with every rejected row in the report. The same file sent again updates and adds nothing twice. With Accept: application/x-ndjson the answer is a stream of lines, {"progress": {"step", "done", "total"}} while it works and {"report": …} or {"problem": …} at the end.',
      query: importQuery,
      rawBody: [
        'application/octet-stream',
        'application/geo+json',
        'application/geo+json-seq',
        'text/csv',
        'application/zip',
      ],
      answer: importReport,
      problems: [409, 413, 415, 503],
    },
    async ({ query, actor, context, request, response }) => {
      const columns = query.columns === undefined ? undefined : readColumns(query.columns);
      const { path } = await receiveUpload(request, context.config, hints);
      try {
        const work = (progress: Progress) =>
          oneAtATime(context, () => importFile(context.db, path, { ...query, columns }, { actor, progress }));
        if (request.get('accept')?.includes('application/x-ndjson')) {
          await answerInLines(context, request, response, work);
          return undefined;
        }
        return onWire(await work(() => {}));
      } finally {
        await rm(path, { force: true });
      }
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/imports',
      tag: 'imports',
      summary: 'The last 100 imports with their reports, the newest first',
      answer: importList,
    },
    async ({ context }) => ({ imports: await listImports(context.db) }),
  ),
];

const hints = {
  tooLarge: 'Split it, or import it on the server with npm run import; the limit is the setting MAX_UPLOAD_MB.',
  empty: 'With curl: --data-binary @roads.geojson.',
};

/** Per server; imports of other processes on the same database are seen by a lock in the database. */
const under_way = new WeakSet<Context>();

async function oneAtATime<Result>(context: Context, work: () => Promise<Result>): Promise<Result> {
  if (under_way.has(context)) {
    throw new Problem('busy', 'Another import is under way.', {
      hint: 'Send this one again when it is done; /api/imports lists what came in.',
    });
  }
  under_way.add(context);
  try {
    return await work();
  } finally {
    under_way.delete(context);
  }
}

/** A line at most every 100 ms. The first comes once the file is open: what cannot be read at all is a plain problem. */
async function answerInLines(
  { log }: Context,
  request: Request,
  response: Response,
  work: (progress: Progress) => Promise<ImportReport>,
): Promise<void> {
  const write = (line: object): void => {
    if (!response.headersSent) response.status(200).type('application/x-ndjson').set('Cache-Control', 'no-store');
    response.write(`${JSON.stringify(line)}\n`);
    (response as Response & { flush?: () => void }).flush?.(); // compression holds lines back otherwise
  };
  let said = { step: '', at: 0 };
  const progress: Progress = (step, done, total) => {
    const now = Date.now();
    if (step === said.step && now - said.at < 100) return;
    said = { step, at: now };
    write({ progress: { step, done, total } });
  };
  try {
    write({ report: onWire(await work(progress)) });
  } catch (error) {
    if (!response.headersSent) throw error;
    const problem = problemDocument(error, request.originalUrl);
    if (problem.status === 500) log.error({ err: error, url: request.originalUrl }, 'a fault of ours');
    write({ problem });
  }
  response.end();
}
