/**
 * npm run import -- KIND FILE: a file into the district, on this machine.
 * Where a server owns the embedded data folder the file goes through its API; else this process opens the database itself.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig, type Config } from '../api/config.ts';
import { connect, DatabaseUnusable } from '../api/database/connect.ts';
import { holdDataFolder, holderOf } from '../api/database/data-folder.ts';
import { importKind, importQuery, type ImportReport } from '../api/interop/imports.contract.ts';
import type { Progress } from '../api/interop/read-rows.ts';
import { Problem } from '../api/problems.ts';

const help = `npm run import -- KIND FILE [options]

KIND   ${importKind.options.join(', ')}
FILE   GeoJSON (also one feature a line), OSM PBF or XML, zipped Shapefile, GeoPackage, TopoJSON, CSV or .xlsx

  --crs CRS          wgs84, cgcs2000, gcj02, bd09 or EPSG:nnnn; default: what the file says
  --encoding NAME    utf-8 or gbk; default: what the bytes look like
  --layer NAME       layer, table or sheet of a file that has several
  --columns A=B,…    which column is what, ours=theirs; the rest is guessed and shown
  --level LEVEL      of all zones in the file: district, town, community, grid or bureau
  --status STATUS    of all roads in the file: planned, built or handed_over (default)
  --rejected FILE    writes every rejected row and its reason there, as CSV
  --help             this

The same file again updates what changed and adds nothing twice. Nothing is written when something breaks on the way.
Settings come from the environment as for npm start: DATABASE_URL, DATA_DIR, DISTRICT, DISTRICT_SRID, OPERATOR.`;

type Asked = ReturnType<typeof readAsked>;
type Failed = { detail: string; hint?: string | undefined; report?: ImportReport | undefined };

/** What was typed is wrong, or cannot be done; one sentence. */
class Refused extends Error {}

/** The step that was shown last, and when. Here and not below: the run begins before the lines below are reached. */
let last = { step: '', at: 0 };

try {
  const asked = readAsked(process.argv.slice(2));
  if (asked.help) console.log(help);
  else process.exitCode = await run(asked, readConfig(process.env));
} catch (error) {
  const plain = error instanceof Refused || error instanceof ConfigError || error instanceof DatabaseUnusable;
  console.error(plain ? error.message : error);
  process.exitCode = 1;
}

function readAsked(given: string[]) {
  const string = { type: 'string' } as const;
  const names = { crs: string, encoding: string, layer: string, columns: string, level: string, status: string };
  let parsed;
  try {
    parsed = parseArgs({
      args: given,
      allowPositionals: true,
      options: { ...names, rejected: string, help: { type: 'boolean' } },
    });
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n\n${help}`);
  }
  const { help: wantsHelp, rejected, ...options } = parsed.values;
  if (wantsHelp || given.length === 0) return { help: true as const };
  const [kind, file, ...more] = parsed.positionals;
  if (!kind || !file || more.length > 0) throw new Refused(`Expected a kind and one file.\n\n${help}`);
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  if (!existsSync(path) || !statSync(path).isFile()) throw new Refused(`There is no file ${path}.`);
  const query = importQuery.safeParse({ kind, name: basename(path), ...options });
  if (!query.success)
    throw new Refused(
      `${query.error.issues.map(({ path: [name], message }) => `${String(name)}: ${message}`).join('\n')}\n\n${help}`,
    );
  return {
    help: false as const,
    path,
    query: query.data,
    rejected: rejected && resolve(process.env.INIT_CWD ?? '.', rejected),
  };
}

async function run(asked: Exclude<Asked, { help: true }>, config: Config): Promise<number> {
  const holder = config.database_url ? null : await holderOf(config.data_dir);
  const result = holder?.url ? await throughServer(asked, holder.url) : await directly(asked, config);
  endProgress();
  if ('detail' in result) {
    if (result.report) await show(result.report, asked.rejected);
    console.error(result.detail);
    if (result.hint) console.error(result.hint);
    return 1;
  }
  await show(result, asked.rejected);
  return 0;
}

async function directly(
  { path, query }: Exclude<Asked, { help: true }>,
  config: Config,
): Promise<ImportReport | Failed> {
  const folder = config.database_url ? null : await holdDataFolder(config.data_dir);
  // Loaded here, because a file that goes through the server needs none of it, nor does --help.
  const { migrate } = await import('../api/database/migrate.ts');
  const { loadCategories } = await import('../api/issues/load-categories.ts');
  const { importFile } = await import('../api/interop/imports.ts');
  const { readColumns } = await import('../api/interop/read-columns.ts');
  try {
    const { db, close } = await connect({
      ...config,
      folder: config.data_dir,
      schema: config.district,
      tell: (step) => progress(step, 0, null),
    });
    try {
      await migrate(db, { ...config, schema: config.district });
      await loadCategories(db);
      const columns = query.columns === undefined ? undefined : readColumns(query.columns);
      return await importFile(db, path, { ...query, columns }, { actor: config.operator, progress });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { detail: error.message, hint: error.hint, report: error.more.report as ImportReport | undefined };
    } finally {
      await close();
    }
  } finally {
    folder?.release();
  }
}

type Line =
  { progress: { step: string; done: number; total: number | null } } | { report: ImportReport } | { problem: Failed };

async function throughServer(
  { path, query }: Exclude<Asked, { help: true }>,
  url: string,
): Promise<ImportReport | Failed> {
  console.log(`The server at ${url} owns the data folder; the file goes through it.`);
  const address = new URL('/api/imports', url);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      Accept: 'application/x-ndjson',
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(statSync(path).size),
    },
    body: Readable.toWeb(createReadStream(path)) as unknown as BodyInit,
    duplex: 'half',
  } as RequestInit).catch((error: Error) => {
    throw new Refused(
      `The server at ${url} does not answer (${(error.cause as Error | undefined)?.message ?? error.message}); stop it, or try again.`,
    );
  });
  if (!response.ok) return (await response.json()) as Failed;
  let rest = '';
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    rest += text;
    const lines = rest.split('\n');
    rest = lines.pop()!;
    for (const line of lines.filter(Boolean)) {
      const said = JSON.parse(line) as Line;
      if ('progress' in said) progress(said.progress.step, said.progress.done, said.progress.total);
      else return 'report' in said ? said.report : said.problem;
    }
  }
  throw new Refused(`The server at ${url} broke off; nothing was written unless /api/imports lists it.`);
}

/** On a terminal one line that moves; elsewhere a line for each step. */
function progress(...[step, done, total]: Parameters<Progress>): void {
  const now = Date.now();
  const terminal = process.stdout.isTTY;
  if (step === last.step && (now - last.at < 100 || !terminal)) return;
  const share = total
    ? ` ${bar(done / total)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
    : done > 0
      ? ` ${done.toLocaleString('en')}`
      : '';
  if (terminal) process.stdout.write(`${step === last.step ? '\r\x1b[K' : last.step ? '\n' : ''}  … ${step}${share}`);
  else console.log(`  … ${step}`);
  last = { step, at: now };
}

function bar(share: number): string {
  return '█'.repeat(Math.round(share * 20)).padEnd(20, '·');
}

function endProgress(): void {
  if (process.stdout.isTTY && last.step) process.stdout.write('\n');
}

async function show(report: ImportReport, rejectedFile: string | undefined): Promise<void> {
  const list = (title: string, lines: string[]): void => {
    if (lines.length > 0) console.log([`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  };
  console.log(`${report.file}: ${report.format}, ${report.crs}${report.encoding ? `, ${report.encoding}` : ''}`);
  list(
    'Columns taken',
    Object.entries(report.columns).map(([ours, theirs]) => `${ours} = ${theirs}`),
  );
  list('Notes', report.notes);
  list(
    `Rejected (${report.rejected.toLocaleString('en')} rows)`,
    report.rejections.slice(0, 20).map(({ row, reason }) => `row ${row}: ${reason}`),
  );
  if (rejectedFile) {
    await writeRejections(rejectedFile, report.rejections);
    console.log(`  all of them are in ${rejectedFile}`);
  } else if (report.rejections.length > 20) {
    console.log(
      `  and ${(report.rejected - 20).toLocaleString('en')} more; --rejected FILE writes them all to a CSV file`,
    );
  }
  list('For a person to decide', report.needs_decision);
  const counts = [
    `${report.rows.toLocaleString('en')} rows`,
    ...(['created', 'updated', 'unchanged', 'rejected'] as const).map(
      (name) => `${report[name].toLocaleString('en')} ${name}`,
    ),
  ];
  const length =
    report.length_m === null
      ? ''
      : `, ${(report.length_m / 1000).toLocaleString('en', { maximumFractionDigits: 3 })} km`;
  console.log(`${counts.join(', ')}${length}; ${report.seconds.toFixed(1)} s`);
}

async function writeRejections(file: string, rejections: ImportReport['rejections']): Promise<void> {
  const lines = rejections.map(({ row, reason }) => `${row},"${reason.replaceAll('"', '""')}"`);
  await writeFile(file, `\uFEFF${['row,reason', ...lines].join('\r\n')}\r\n`); // the mark makes Excel read it as UTF-8
}
